import {
  emptyPerpetualGrowth,
  fundingAt,
  indexPriceWad,
  initialSettlementTerms,
  markPriceWad,
  orderFundingWad,
  pendingFeeWad,
  wadPerUnit,
  type FundingGrowth,
  type IndexAnswer,
  type MakerOrder,
  type MakerState,
  type MarginAccount,
  type MarginCollateral,
  type MarginCollateralTerms,
  type MarginExposure,
  type MarketId,
  type PerpetualTerms,
  type PoolRanges,
  type SettlementTerms,
  type VenueId,
} from '@undertow/market';
import type { Ledger, LedgerAccount, LedgerMarket } from '../ledger.ts';

/** Averaging window of the price of collateral. Source: `Vault._COLLATERAL_TWAP_INTERVAL`. */
export const COLLATERAL_WINDOW_SECONDS = 900;

/** A perpetual at one time: what every position in it is valued with. */
export interface PerpetualMarket {
  readonly terms: PerpetualTerms;
  readonly markWad: bigint;
  readonly funding: FundingGrowth;
  /** Where its pool stands, and what orders in it earn. */
  readonly sqrtPriceX96: bigint;
  readonly ranges: PoolRanges;
}

/** Collateral other than the settlement token at one time. */
export interface CollateralMarket {
  readonly terms: MarginCollateralTerms;
  readonly priceWad: bigint;
}

/** A venue of margin accounts at one time; a market that cannot be valued is there with its reason. */
export interface MarginVenue {
  readonly settlement: MarketId;
  readonly terms: SettlementTerms;
  readonly perpetuals: ReadonlyMap<MarketId, PerpetualMarket | { readonly reason: string }>;
  readonly collaterals: ReadonlyMap<MarketId, CollateralMarket | { readonly reason: string }>;
}

/** A margin account and the markets of its parts, in their order. */
export interface MarginReading {
  readonly account: MarginAccount;
  readonly exposureMarkets: readonly MarketId[];
  readonly collateralMarkets: readonly MarketId[];
}

/** Everything that the accounts of a venue are valued with at a time (unix seconds), or why it cannot be said. */
export function marginVenue(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly time: number },
): MarginVenue | { readonly reason: string } {
  const markets = [...(ledger.venues.get(at.venue)?.markets ?? [])];
  const settlement = markets.find(([, { terms }]) => terms?.form === 'settlement');
  const terms = settlement && wholeSettlement(settlement[1]);
  if (!terms) return { reason: 'terms of the margin accounts are not known' };
  const perpetuals = new Map<MarketId, PerpetualMarket | { readonly reason: string }>();
  const collaterals = new Map<MarketId, CollateralMarket | { readonly reason: string }>();
  for (const [id, market] of markets) {
    if (market.terms?.form === 'perpetual') perpetuals.set(id, perpetualAt(ledger, market, terms, at.time));
    if (market.terms?.form === 'margin-collateral')
      collaterals.set(id, collateralAt(ledger, market, at.time));
  }
  return { settlement: settlement[0], terms, perpetuals, collaterals };
}

const SETTLEMENT_FIELDS = [
  'asset',
  'decimals',
  'quoteAsset',
  'insuranceFund',
  'collateralMarginBufferE6',
  'debtToCollateralE6',
  'debtThreshold',
  'collateralLiquidationE6',
  'collateralDust',
  'collateralFundFeeE6',
] as const satisfies readonly (keyof SettlementTerms)[];

function wholeSettlement({ terms }: LedgerMarket): SettlementTerms | undefined {
  if (terms?.form !== 'settlement' || SETTLEMENT_FIELDS.some((field) => terms[field] === undefined)) {
    return undefined;
  }
  return { ...initialSettlementTerms, ...terms } as SettlementTerms;
}

/** A perpetual at a time; markets that no price of is known, in words that add up over accounts. */
export function perpetualAt(
  ledger: Pick<Ledger, 'prices'>,
  { terms: patch, growth: stored }: LedgerMarket,
  windows: SettlementTerms,
  time: number,
): PerpetualMarket | { readonly reason: string } {
  const terms = patch as PerpetualTerms;
  if (!terms.baseAsset) return { reason: 'terms of a perpetual are not known' };
  if (terms.status !== 'open') return { reason: `market ${terms.baseAsset} is ${terms.status}` };
  const growth = stored?.form === 'perpetual' ? stored : emptyPerpetualGrowth;
  const index = answerOf(ledger, terms);
  if (!index) return { reason: `the index of ${terms.baseAsset} has no price` };
  const markWad = markPriceWad(growth, index, { time, ...windows });
  if (markWad === undefined || markWad === 0n) {
    return { reason: `the mark price of ${terms.baseAsset} cannot be said` };
  }
  const funding = fundingAt(growth, index, time);
  if (!funding) return { reason: `the funding of ${terms.baseAsset} cannot be said` };
  return { terms, markWad, funding, sqrtPriceX96: growth.sqrtPriceX96, ranges: growth.ranges };
}

/** A collateral at a time, or why it has no price. */
export function collateralAt(
  ledger: Pick<Ledger, 'prices'>,
  { terms: patch, growth: stored }: LedgerMarket,
  time: number,
): CollateralMarket | { readonly reason: string } {
  const terms = patch as MarginCollateralTerms;
  if (!terms.asset) return { reason: 'terms of a collateral are not known' };
  const growth = stored?.form === 'perpetual' ? stored : emptyPerpetualGrowth;
  const index = answerOf(ledger, terms);
  const priceWad = index && indexPriceWad(growth, index, { time, seconds: COLLATERAL_WINDOW_SECONDS });
  return priceWad === undefined ? { reason: `collateral ${terms.asset} has no price` } : { terms, priceWad };
}

function answerOf(
  ledger: Pick<Ledger, 'prices'>,
  { feed, feedDecimals: decimals }: Pick<PerpetualTerms, 'feed' | 'feedDecimals'>,
): IndexAnswer | undefined {
  const price = ledger.prices.get(feed);
  if (!price || price.answer <= 0n) return undefined;
  return { answer: price.answer, updatedAt: price.updatedAt, decimals };
}

const BELOW_ZERO = 'below zero: facts before the first block read are missing';

/** An account as the venue would value it, or why it cannot be. */
export function marginAccount(
  venue: MarginVenue,
  { positions, legs }: Pick<LedgerAccount, 'positions' | 'legs'>,
): MarginReading | { readonly reason: string } {
  const exposures: [MarketId, MarginExposure][] = [];
  const collaterals: [MarketId, MarginCollateral][] = [];
  let [balance, owedWad] = [0n, 0n];
  for (const { market: id, position } of positions.values()) {
    if (position.form !== 'perpetual') return { reason: 'a position of another mechanism' };
    if (position.part === 'cash') {
      ({ balance, owedWad } = position);
      continue;
    }
    if (position.orders.some(({ liquidity }) => liquidity < 0n)) return { reason: `liquidity ${BELOW_ZERO}` };
    const market = venue.perpetuals.get(id);
    if (!market) return { reason: `terms of ${id} are not known` };
    if ('reason' in market) return market;
    const { sizeWad, openNotionalWad, premiumX96, orders } = position;
    const maker = makerState(market, orders);
    if (maker && 'reason' in maker) return maker;
    const { markWad, funding } = market;
    const premiumNowX96 = funding.premiumX96;
    exposures.push([
      id,
      { sizeWad, openNotionalWad, premiumX96, markWad, premiumNowX96, ...(maker && { maker }) },
    ]);
  }
  for (const [id, { collateralShares: amount }] of legs) {
    const market = venue.collaterals.get(id);
    if (!market) return { reason: `terms of collateral ${id} are not known` };
    if ('reason' in market) return market;
    if (amount < 0n) return { reason: `shares ${BELOW_ZERO}` };
    const { decimals, ratioE6, discountE6 } = market.terms;
    collaterals.push([id, { amount, decimals, priceWad: market.priceWad, ratioE6, discountE6 }]);
  }
  return {
    account: {
      ...{ balance, owedWad, terms: venue.terms },
      exposures: exposures.map(([, exposure]) => exposure),
      collaterals: collaterals.map(([, collateral]) => collateral),
    },
    exposureMarkets: exposures.map(([id]) => id),
    collateralMarkets: collaterals.map(([id]) => id),
  };
}

function makerState(
  { terms, sqrtPriceX96, ranges, funding }: PerpetualMarket,
  orders: readonly MakerOrder[],
): MakerState | { readonly reason: string } | undefined {
  if (orders.length === 0) return undefined;
  if (!ranges.areFeesKnown) return { reason: `the fees of orders in ${terms.baseAsset} cannot be said` };
  return {
    ...{ orders, sqrtPriceX96 },
    pendingFeeWad: pendingFeeWad(orders, ranges),
    fundingWad: orderFundingWad(orders, ranges, funding),
  };
}

/** What the insurance fund holds and is owed, wad (`InsuranceFund.getInsuranceFundCapacity` before its rounding). */
export function fundCashWad(ledger: Ledger, id: VenueId, { terms, settlement }: MarginVenue): bigint {
  const positions = ledger.venues.get(id)?.accounts.get(terms.insuranceFund)?.positions;
  const cash = [...(positions?.values() ?? [])].find(({ market }) => market === settlement)?.position;
  if (cash?.form !== 'perpetual' || cash.part !== 'cash') return 0n;
  return cash.balance * wadPerUnit(terms) + cash.owedWad;
}
