import {
  pairAssetsUp,
  pairDebtUp,
  pairIncentiveFactorWad,
  type MarketId,
  type PairTerms,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { DraftAccount, DraftBy, DraftGap, DraftLeg, DraftPrice, DraftVenue } from '../draft.ts';
import type { Ledger } from '../ledger.ts';
import { pairMarket, readPairAccount, type PairMarket } from './account.ts';
import type { UsdPrices } from '../usd-prices.ts';

/** What a venue of isolated pairs gives to the book: one account per owner and pair with debt. */
export function draftPairs(ledger: Ledger, venue: VenueId, by: DraftBy): DraftVenue {
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  const marketState = new Map<MarketId, readonly bigint[]>();
  let knownDebtUsd = 0;
  const markets = ledger.venues.get(venue)?.markets ?? new Map<MarketId, never>();
  for (const market of [...markets.keys()].sort(compareText)) {
    const read = pricedPair(ledger, { venue, market, time: by.time }, by.prices);
    if ('reason' in read) {
      const count = ownersInDebt(ledger, venue, market).length;
      if (count > 0)
        gaps.push({ source: `${venue} ${market}`, reason: read.reason, count, debtUsd: undefined });
      continue;
    }
    const { pair } = read;
    const usdOf = (amount: bigint) => (Number(amount) / 10 ** pair.debtDecimals) * pair.debt.usd;
    knownDebtUsd += usdOf(pair.market.totals.debtAssets);
    marketState.set(market, [pair.scale]);
    const found = readAccounts(ledger, { venue, market }, pair);
    accounts.push(...found.accounts);
    gaps.push(...found.gaps);
    const { debtAssets: assets, debtShares: shares } = pair.market.totals;
    const unread = shares - markets.get(market)!.debtShares;
    if (unread > 0n) {
      const debtUsd = usdOf(pairAssetsUp(unread, { assets, shares }));
      gaps.push({ source: `${venue} ${market}`, reason: 'accounts that were not read', count: 1, debtUsd });
    }
  }
  return { accounts, gaps, marketState, knownDebtUsd };
}

/** A pair with USD prices of both legs and how its oracle's price follows from them. */
interface PricedPair {
  readonly market: PairMarket;
  readonly collateral: DraftPrice;
  readonly debt: DraftPrice;
  readonly debtDecimals: number;
  /** See `BookExact.marketState`. */
  readonly scale: bigint;
}

function pricedPair(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly market: MarketId; readonly time: number },
  prices: UsdPrices,
): { readonly pair: PricedPair } | { readonly reason: string } {
  const read = pairMarket(ledger, at);
  if ('reason' in read) return read;
  const { market } = read;
  const { terms } = market;
  const collateralDecimals = ledger.reference.assets.get(terms.collateralAsset)?.decimals;
  const debtDecimals = ledger.reference.assets.get(terms.debtAsset)?.decimals;
  if (collateralDecimals === undefined || debtDecimals === undefined) {
    return { reason: `decimals of ${terms.collateralAsset} or ${terms.debtAsset} are not known` };
  }
  const ratio = (Number(market.priceE36) / 1e36) * 10 ** (collateralDecimals - debtDecimals);
  const shared = sharedFeeds(terms, ratio, prices);
  if (shared) return { pair: { market, debtDecimals, ...shared } };
  const debt = prices.byAsset(terms.debtAsset);
  if (!debt) return { reason: `no USD price of ${terms.debtAsset}` };
  const feed = `${at.venue}:${at.market}`;
  const collateral = { feed, answer: market.priceE36 * debt.answer, usd: ratio * debt.usd, isRatio: true };
  return { pair: { market, debtDecimals, collateral, debt, scale: 1n } };
}

/** Both legs by USD feeds that other venues may share, when the oracle is one over the other and nothing else. */
function sharedFeeds({ oracle }: PairTerms, ratio: number, prices: UsdPrices) {
  if (oracle.form !== 'ratio' || oracle.base.length !== 1 || oracle.quote.length !== 1) return undefined;
  const collateral = prices.byFeed(oracle.base[0]!);
  const debt = prices.byFeed(oracle.quote[0]!);
  if (!collateral || !debt) return undefined;
  // The scale may hide more than units, such as a vault's conversion rate: then the pair gets a row of its own.
  const isPlain = Math.abs((ratio * debt.usd) / collateral.usd - 1) < 1e-9;
  return isPlain ? { collateral, debt, scale: oracle.scaleFactor } : undefined;
}

function readAccounts(
  ledger: Ledger,
  { venue, market }: { readonly venue: VenueId; readonly market: MarketId },
  pair: PricedPair,
): { accounts: DraftAccount[]; gaps: DraftGap[] } {
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  for (const owner of ownersInDebt(ledger, venue, market)) {
    const leg = ledger.venues.get(venue)?.accounts.get(owner)?.legs.get(market);
    const reading = readPairAccount(pair.market, leg);
    if ('reason' in reading)
      gaps.push({ source: venue, reason: reading.reason, count: 1, debtUsd: undefined });
    else accounts.push({ venue, owner, market, legs: legsOf(market, pair, reading.account.position) });
  }
  return { accounts, gaps };
}

function legsOf(
  market: MarketId,
  pair: PricedPair,
  position: { collateral: bigint; debtShares: bigint },
): DraftLeg[] {
  const { terms, totals } = pair.market;
  const threshold = terms.liquidationThresholdWad;
  const debt: DraftLeg = {
    market,
    asset: terms.debtAsset,
    price: pair.debt,
    side: -1,
    amount: pairDebtUp(position, totals),
    threshold: 0n,
    liquidationThreshold: 0,
    liquidationBonus: 0,
    liquidationProtocolFee: 0,
  };
  const collateral: DraftLeg = {
    market,
    asset: terms.collateralAsset,
    price: pair.collateral,
    side: 1,
    amount: position.collateral,
    threshold,
    liquidationThreshold: Number(threshold) / 1e18,
    liquidationBonus: Number(pairIncentiveFactorWad(threshold)) / 1e18 - 1,
    liquidationProtocolFee: 0,
  };
  return position.collateral > 0n ? [collateral, debt] : [debt];
}

function ownersInDebt(ledger: Ledger, venue: VenueId, market: MarketId) {
  const accounts = ledger.venues.get(venue)?.accounts ?? [];
  return [...accounts]
    .filter(([, account]) => (account.legs.get(market)?.debtShares ?? 0n) !== 0n)
    .map(([owner]) => owner);
}
