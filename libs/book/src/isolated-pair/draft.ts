import {
  accruePair,
  pairAssetsUp,
  pairDebtUp,
  pairIncentiveFactorWad,
  type Address,
  type MarketId,
  type PairTerms,
  type PairTotals,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import {
  accountGap,
  type DraftAccount,
  type DraftBy,
  type DraftGap,
  type DraftLeg,
  type DraftVenue,
} from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import { pairMarket, readPairAccount, type PairMarket } from './account.ts';
import type { UsdPrices } from '../prices/usd-prices.ts';
import { PAIR_RULE } from './rule.ts';

/** What a venue of isolated pairs gives to the book: one account per owner and pair with debt. */
export function draftPairs(ledger: Ledger, venue: VenueId, by: DraftBy): DraftVenue {
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  const marketState = new Map<MarketId, readonly bigint[]>();
  let knownDebtUsd = 0;
  const markets = ledger.venues.get(venue)?.markets ?? new Map<MarketId, never>();
  const owners = ownersInDebt(ledger, venue);
  for (const market of [...markets.keys()].sort(compareText)) {
    const at = { venue, market, time: by.time };
    const source = `${venue} ${market}`;
    const read = pricedPair(ledger, at, by.prices);
    const debt = pairDebt(ledger, at, 'pair' in read ? read.pair.debt : by.prices);
    knownDebtUsd += debt?.totalUsd ?? 0;
    const unread = (debt?.totals ?? markets.get(market)!.totals).debtShares - markets.get(market)!.debtShares;
    if (unread > 0n)
      gaps.push({
        ...{ source, reason: 'accounts that were not read', count: 1, unit: 'market' },
        debtUsd: debt?.usdOf(unread),
      });
    if ('reason' in read) {
      const owing = owners.get(market) ?? [];
      const debtUsd = debt?.usdOf(markets.get(market)!.debtShares);
      if (owing.length > 0) gaps.push({ source, reason: read.reason, count: owing.length, debtUsd });
      continue;
    }
    marketState.set(market, [read.pair.scale]);
    const found = readAccounts(ledger, { venue, market, debt, owners: owners.get(market) ?? [] }, read.pair);
    accounts.push(...found.accounts);
    gaps.push(...found.gaps);
  }
  return { rule: PAIR_RULE, accounts, gaps, marketState, knownDebtUsd };
}

/** What is owed in a pair; the price of its collateral need not be known for that. */
interface PairDebt {
  readonly totals: PairTotals;
  readonly totalUsd: number;
  readonly usdOf: (shares: bigint) => number;
}

/**
 * The debt of a pair at the price that it is modelled with, or any; with interest where its rate model is known.
 * Undefined when the debt asset has no USD price.
 */
function pairDebt(
  ledger: Ledger,
  { venue, market, time }: { readonly venue: VenueId; readonly market: MarketId; readonly time: number },
  by: UsdPrices | DraftPrice,
): PairDebt | undefined {
  const state = ledger.venues.get(venue)?.markets.get(market);
  const terms = state?.terms;
  if (!state || terms?.form !== 'pair' || terms.debtAsset === undefined) return undefined;
  const price = 'usd' in by ? by : by.byAsset(terms.debtAsset);
  const decimals = ledger.reference.assets.get(terms.debtAsset)?.decimals;
  if (!price || decimals === undefined) return undefined;
  const totals = accruePair(state.totals, terms.rateModel?.form ?? 'unknown', time) ?? state.totals;
  const { debtAssets: assets, debtShares: shares } = totals;
  const usdOf = (amount: bigint) => (Number(amount) / 10 ** decimals) * price.usd;
  return {
    totals,
    totalUsd: usdOf(assets),
    usdOf: (owed) => (owed > 0n ? usdOf(pairAssetsUp(owed, { assets, shares })) : 0),
  };
}

/** A pair with USD prices of both legs and how its oracle's price follows from them. */
interface PricedPair {
  readonly market: PairMarket;
  readonly collateral: DraftPrice;
  readonly debt: DraftPrice;
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
  if (shared) return { pair: { market, ...shared } };
  const debt = prices.byAsset(terms.debtAsset);
  if (!debt) return { reason: `no USD price of ${terms.debtAsset}` };
  const own = ownPrice(market, { feed: `${at.venue}:${at.market}`, ratio, debt, prices });
  return 'reason' in own ? own : { pair: { market, collateral: own.price, debt, scale: 1n } };
}

/**
 * A pair's own price of its collateral: what its oracle says in units of the debt asset, times what that is worth. The venue
 * judges in units of the debt asset, so that both legs move with its price and the health factor does not.
 */
function ownPrice(
  { terms, priceE36 }: PairMarket,
  of: {
    readonly feed: string;
    readonly ratio: number;
    readonly debt: DraftPrice;
    readonly prices: UsdPrices;
  },
): { readonly price: DraftPrice } | { readonly reason: string } {
  const { feed, ratio, debt, prices } = of;
  const { oracle } = terms;
  if (oracle.form === 'ratio' && oracle.isRefuted)
    return { reason: 'its oracle answers something else than its feeds say: nobody knows what moves it' };
  const product =
    oracle.form === 'ratio'
      ? prices.productOf({ times: [...oracle.base, debt.feed], over: oracle.quote, usd: ratio * debt.usd })
      : undefined;
  if (oracle.form !== 'ratio' || !product) {
    const asked = oracle.form === 'ratio' ? [...oracle.base, ...oracle.quote] : [];
    const why = asked.map((one) => prices.whyUnknown(one)).find((reason) => reason !== undefined);
    return { reason: why ?? 'its oracle is not understood: nobody knows what moves it' };
  }
  const answer = priceE36 * debt.answer;
  return {
    price: {
      feed,
      answer,
      usd: ratio * debt.usd,
      formula: product,
      source: { form: 'pair', ratio: oracle, debt },
    },
  };
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
  of: {
    readonly venue: VenueId;
    readonly market: MarketId;
    readonly debt: PairDebt | undefined;
    readonly owners: readonly Address[];
  },
  pair: PricedPair,
): { accounts: DraftAccount[]; gaps: DraftGap[] } {
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  const { venue, market, debt, owners } = of;
  for (const owner of owners) {
    const leg = ledger.venues.get(venue)?.accounts.get(owner)?.legs.get(market);
    const reading = readPairAccount(pair.market, leg);
    if ('reason' in reading) gaps.push(accountGap(venue, reading.reason, debt?.usdOf(leg?.debtShares ?? 0n)));
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
    role: 'debt',
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
    role: 'collateral',
    side: 1,
    amount: position.collateral,
    threshold,
    liquidationThreshold: Number(threshold) / 1e18,
    loanToValue: Number(threshold) / 1e18,
    liquidationBonus: Number(pairIncentiveFactorWad(threshold)) / 1e18 - 1,
    liquidationProtocolFee: 0,
  };
  return position.collateral > 0n ? [collateral, debt] : [debt];
}

/** Who owes something in each market: accounts are gone through once, not once for every market. */
function ownersInDebt(ledger: Ledger, venue: VenueId): ReadonlyMap<MarketId, readonly Address[]> {
  const owners = new Map<MarketId, Address[]>();
  for (const [owner, { legs }] of ledger.venues.get(venue)?.accounts ?? []) {
    for (const [market, { debtShares }] of legs) {
      if (debtShares === 0n) continue;
      const known = owners.get(market);
      if (known) known.push(owner);
      else owners.set(market, [owner]);
    }
  }
  return owners;
}
