import {
  floorToSettlement,
  isMaker,
  marginFigures,
  type MarginFigures,
  type Address,
  type MarginExposure,
  type MarketId,
  type VenueId,
} from '@undertow/market';
import { WAD } from '@undertow/units';
import { compareText } from '../compare-text.ts';
import {
  accountGap,
  type DraftAccount,
  type DraftBy,
  type DraftFund,
  type DraftGap,
  type DraftLeg,
  type DraftTie,
  type DraftVenue,
} from '../draft.ts';
import { fixedPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import { fundCashWad, marginAccount, marginVenue, type MarginReading, type MarginVenue } from './account.ts';
import { marginDebtUsd } from './known-debt.ts';
import { canFallShort } from './liquidation-mark.ts';
import { collateralPrice, ownFeeds, ownPrice, quotePrice, type Drafting } from './own-prices.ts';
import { collateralState, marginRule, settlementState } from './state.ts';

/**
 * What a venue of margin accounts gives to the book: one account per owner with a position or a debt. A position is a
 * leg of the base token at the mark price and, on the other side, its open notional; cash (balance, realised profit,
 * pending funding) is a leg of the quote token on either side. Quote tokens have a fixed price of one US dollar. Makers
 * whose margin could fall short are gaps with what they owe; those who could not are left out, as nothing can befall them.
 */
export function draftPerpetuals(ledger: Ledger, venue: VenueId, by: DraftBy): DraftVenue {
  const accounts = ledger.venues.get(venue)?.accounts ?? new Map<Address, never>();
  const read = marginVenue(ledger, { venue, time: by.time });
  if ('reason' in read) {
    const gaps = [...accounts.keys()].map(() => accountGap(venue, read.reason, undefined));
    return { rule: undefined, accounts: [], gaps, knownDebtUsd: 0 };
  }
  const drafts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  let knownDebtUsd = 0;
  for (const [owner, held] of accounts) {
    if (owner === read.terms.insuranceFund) continue;
    const reading = marginAccount(read, held);
    if ('reason' in reading) {
      const debt = marginDebtUsd(ledger, { id: venue, venue: read }, held);
      knownDebtUsd += debt ?? 0;
      gaps.push(accountGap(venue, reading.reason, debt));
      continue;
    }
    if (isMaker(reading.account)) {
      if (!canFallShort(reading.account)) continue;
      const debt = makerDebtUsd(marginFigures(reading.account));
      knownDebtUsd += debt;
      gaps.push(accountGap(venue, MAKER, debt));
      continue;
    }
    const unknown = whyNotModelled(read, reading, by);
    if (unknown !== undefined) {
      const debt = marginDebtUsd(ledger, { id: venue, venue: read }, held);
      knownDebtUsd += debt ?? 0;
      gaps.push(accountGap(venue, unknown, debt));
      continue;
    }
    const legs = legsOf({ venue, of: read, by }, reading);
    if (legs.length > 0) drafts.push({ venue, owner, market: '', legs });
  }
  return {
    rule: marginRule(read.terms),
    accounts: drafts,
    gaps,
    feeds: ownFeeds(ledger, { venue, of: read, by }),
    marketState: stateOf({ venue, of: read, by }),
    funds: [fundOf(ledger, venue, read, by)],
    ties: tiesOf(read),
    clearedAssets: basesOf(read),
    labels: labelsOf(ledger, read),
    knownDebtUsd: drafts.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + debtUsd(leg), knownDebtUsd),
  };
}

/** A feed behind a price of an account of which nobody knows what moves it; undefined when there is none. */
function whyNotModelled(
  { perpetuals, collaterals }: MarginVenue,
  { exposureMarkets, collateralMarkets }: MarginReading,
  { prices }: DraftBy,
): string | undefined {
  const markets = [
    ...exposureMarkets.map((id) => perpetuals.get(id)),
    ...collateralMarkets.map((id) => collaterals.get(id)),
  ];
  return markets
    .flatMap((market) => (market && !('reason' in market) ? [prices.whyUnknown(market.terms.feed)] : []))
    .find((reason) => reason !== undefined);
}

/** What a maker holds changes with every move of the price, which legs cannot say. */
const MAKER = 'provides liquidity to a perpetual: its orders are valued, but not modelled in a cascade';

/** What a maker owes, orders and a lack of cash included. A virtual dollar is a dollar. */
const makerDebtUsd = ({ debtWad, cashWad }: MarginFigures): number =>
  Number(debtWad + (cashWad < 0n ? -cashWad : 0n)) / 1e18;

const QUOTE_DECIMALS = 18;

function legsOf(
  drafting: Drafting,
  { account, exposureMarkets, collateralMarkets }: MarginReading,
): DraftLeg[] {
  const { of } = drafting;
  const { cashWad } = marginFigures(account);
  const isOpen = account.exposures.length > 0 || cashWad < 0n;
  if (!isOpen) return [];
  const legs = account.exposures.flatMap((exposure, i) =>
    exposureLegs(drafting, exposureMarkets[i]!, exposure),
  );
  const quote = quoteLeg(drafting);
  legs.push({ ...quote(of.settlement, cashWad > 0n ? cashWad : 0n, 1), role: 'cash' });
  legs.push({ ...quote(of.settlement, cashWad < 0n ? -cashWad : 0n, -1), role: 'cash' });
  for (const [i, { amount, ratioE6, discountE6 }] of account.collaterals.entries()) {
    const market = of.collaterals.get(collateralMarkets[i]!)!;
    if ('reason' in market) continue;
    legs.push({
      market: collateralMarkets[i]!,
      asset: market.terms.asset,
      price: collateralPrice(drafting, market).price,
      role: 'collateral',
      side: 1,
      amount,
      threshold: ratioE6,
      liquidationThreshold: Number(ratioE6) / 1e6,
      loanToValue: Number(ratioE6) / 1e6,
      liquidationBonus: 1 / (1 - Number(discountE6) / 1e6) - 1,
      liquidationProtocolFee: 0,
    });
  }
  return legs.toSorted((a, b) => compareText(a.market, b.market) || b.side - a.side);
}

function exposureLegs(
  drafting: Drafting,
  market: MarketId,
  { sizeWad, openNotionalWad, markWad }: MarginExposure,
): DraftLeg[] {
  const { of } = drafting;
  const margin = Number(of.terms.maintenanceMarginE6) / 1e6;
  const isLong = sizeWad >= 0n;
  const base: DraftLeg = {
    market,
    asset: market as Address,
    price: ownPrice(drafting, market, markWad),
    role: 'base',
    side: isLong ? 1 : -1,
    amount: isLong ? sizeWad : -sizeWad,
    threshold: of.terms.maintenanceMarginE6,
    liquidationThreshold: isLong ? 1 - margin : 0,
    maintenanceMargin: margin,
    liquidationBonus: 0,
    liquidationProtocolFee: 0,
  };
  const isOwed = openNotionalWad < 0n;
  return [base, quoteLeg(drafting)(market, isOwed ? -openNotionalWad : openNotionalWad, isOwed ? -1 : 1)];
}

function quoteLeg({ venue, of }: Drafting) {
  return (market: MarketId, amount: bigint, side: 1 | -1): DraftLeg => ({
    market,
    asset: of.terms.quoteAsset,
    price: quotePrice(venue),
    role: 'notional',
    side,
    amount,
    threshold: 0n,
    liquidationThreshold: side === 1 ? 1 : 0,
    liquidationBonus: 0,
    liquidationProtocolFee: 0,
  });
}

function stateOf(drafting: Drafting) {
  const { settlement, terms, collaterals } = drafting.of;
  const state = new Map<MarketId, readonly bigint[]>([[settlement, settlementState(terms)]]);
  for (const [id, market] of collaterals) {
    if ('reason' in market) continue;
    state.set(id, collateralState(market.terms, collateralPrice(drafting, market).decimals));
  }
  return state;
}

function fundOf(ledger: Ledger, venue: VenueId, of: MarginVenue, by: DraftBy): DraftFund {
  const { asset } = of.terms;
  const price = by.prices.byAsset(asset) ?? fixedPrice(`${venue}:settlement`, WAD, 1);
  return {
    kind: 'insurance-fund',
    asset,
    price,
    amount: floorToSettlement(fundCashWad(ledger, venue, of), of.terms),
  };
}

/**
 * Only the clearing house trades in a base token's pool. It charges its own fee, on what a sale brings and on what a purchase costs.
 * Source: `OrderBook.replaySwap` (of a sale a share of `amountOut`), `Exchange._swap` (all base that is sold reaches the pool).
 */
const basesOf = ({ perpetuals }: MarginVenue): Address[] =>
  [...perpetuals.values()].flatMap((market) => ('reason' in market ? [] : [market.terms.baseAsset]));

/** A base token's price follows its index, but nobody can turn it into the token. */
function tiesOf({ perpetuals }: MarginVenue) {
  return new Map(
    [...perpetuals.values()].flatMap((market): [Address, DraftTie][] =>
      'reason' in market
        ? []
        : [[market.terms.baseAsset, { kind: 'pegged', to: market.terms.underlying, capacity: 0 }]],
    ),
  );
}

function labelsOf(ledger: Ledger, { settlement, terms, perpetuals, collaterals }: MarginVenue) {
  const symbol = (asset: Address) => ledger.reference.assets.get(asset)?.symbol ?? asset.slice(0, 10);
  return new Map<MarketId, string>([
    [
      settlement,
      `cash: ${symbol(terms.asset)} deposit, realised profit and funding, in ${symbol(terms.quoteAsset)}`,
    ],
    ...[...perpetuals.keys()].map((id) => [id, `${symbol(id as Address)} perpetual`] as const),
    ...[...collaterals.keys()].map((id) => [id, symbol(id as Address)] as const),
  ]);
}

function debtUsd({ side, amount, price }: DraftLeg): number {
  return side === -1 ? (Number(amount) / 10 ** QUOTE_DECIMALS) * price.usd : 0;
}
