import { addressOf } from '@undertow/chain';
import type { FeedFormula, FeedId } from '@undertow/market';
import type { SourceView } from './abi.ts';

/** What a contract said to views: signed words. */
export type SaidWords = (view: SourceView) => bigint;

/** A kind of price source: how it is recognised, and the formula that its own views say. */
export interface SourceKind {
  /** The contract, as its authors call it. */
  readonly name: string;
  /** Immutable views that a contract of this kind answers, all of them. */
  readonly marks: readonly SourceView[];
  /** Views of what may change, read at every look; one that does not answer has no word. */
  readonly live: readonly SourceView[];
  /** What it is made of; undefined = its views do not say. `has`: whether a live view answered. Decimals are usable ones. */
  readonly formula: (said: SaidWords, has: (view: SourceView) => boolean) => FeedFormula | undefined;
}

const YEAR = 365n * 86_400n;
const WAD = 10n ** 18n;

/**
 * The kinds that are understood, the more particular before those that share their marks. Sources: aave-price-feeds at
 * dc025aa5 (bgd-labs), morpho-blue-oracles at e32d8902, GhoOracle of aave/gho-core, PendleSparkLinearDiscountOracle of
 * pendle-core-v2.
 */
export const SOURCE_KINDS: readonly SourceKind[] = [
  {
    name: 'EURPriceCapAdapterStable',
    marks: ['ASSET_TO_USD_AGGREGATOR', 'BASE_TO_USD_AGGREGATOR', 'RATIO_DECIMALS'],
    live: ['getPriceCapRatio'],
    formula: (said, has) =>
      has('getPriceCapRatio')
        ? {
            ...{ form: 'capped-by', base: feedAt(said, 'ASSET_TO_USD_AGGREGATOR') },
            ...{ ceiling: feedAt(said, 'BASE_TO_USD_AGGREGATOR'), ratio: said('getPriceCapRatio') },
            ratioDecimals: Number(said('RATIO_DECIMALS')),
          }
        : undefined,
  },
  {
    name: 'PriceCapAdapterBase',
    marks: ['BASE_TO_USD_AGGREGATOR', 'RATIO_DECIMALS'],
    live: [
      ...(['getRatio', 'getSnapshotRatio', 'getSnapshotTimestamp'] as const),
      ...(['getMaxRatioGrowthPerSecond', 'getMaxRatioGrowthPerSecondScaled'] as const),
    ],
    formula: cappedRateOf,
  },
  {
    name: 'PendlePriceCapAdapter',
    marks: ['ASSET_TO_USD_AGGREGATOR', 'MATURITY'],
    live: ['discountRatePerYear'],
    formula: (said, has) =>
      has('discountRatePerYear')
        ? {
            ...{ form: 'discounted', base: feedAt(said, 'ASSET_TO_USD_AGGREGATOR') },
            ...{ maturity: said('MATURITY'), discountPerYear: said('discountRatePerYear') },
            ...{ secondsPerYear: YEAR, one: WAD },
          }
        : undefined,
  },
  {
    name: 'PriceCapAdapterStable',
    marks: ['ASSET_TO_USD_AGGREGATOR'],
    // The first release (before May 2024) does not say its cap.
    live: ['getPriceCap'],
    formula: (said, has) =>
      has('getPriceCap')
        ? { form: 'capped', base: feedAt(said, 'ASSET_TO_USD_AGGREGATOR'), greatest: said('getPriceCap') }
        : undefined,
  },
  {
    name: 'CLSynchronicityPriceAdapterPegToBase',
    marks: ['ASSET_TO_PEG', 'PEG_TO_BASE', 'DECIMALS', 'DENOMINATOR'],
    live: [],
    formula: (said) => ({
      ...{ form: 'product', times: [feedAt(said, 'ASSET_TO_PEG'), feedAt(said, 'PEG_TO_BASE')], over: [] },
      ...{ multiplier: unitOf(said), divisor: said('DENOMINATOR') },
    }),
  },
  {
    name: 'CLSynchronicityPriceAdapterBaseToPeg',
    marks: ['ASSET_TO_PEG', 'BASE_TO_PEG', 'DECIMALS'],
    live: [],
    formula: (said) => ({
      ...{ form: 'product', times: [feedAt(said, 'ASSET_TO_PEG')], over: [feedAt(said, 'BASE_TO_PEG')] },
      ...{ multiplier: unitOf(said), divisor: 1n },
    }),
  },
  {
    name: 'FixedRatioSynchronicityPriceAdapterBaseToPeg',
    marks: ['BASE_TO_PEG', 'PRICE_RATIO', 'MULTIPLIER'],
    live: [],
    formula: (said) => ({
      ...{ form: 'product', times: [], over: [feedAt(said, 'BASE_TO_PEG')] },
      ...{ multiplier: said('PRICE_RATIO') * said('MULTIPLIER'), divisor: 10_000n },
    }),
  },
  {
    name: 'DiscountedMKRSKYAdapter',
    marks: ['REFERENCE_FEED', 'EXCHANGE_RATE'],
    live: ['discount'],
    formula: (said, has) =>
      has('discount') && said('discount') <= WAD
        ? {
            ...{ form: 'product', times: [feedAt(said, 'REFERENCE_FEED')], over: [] },
            ...{ multiplier: said('EXCHANGE_RATE') * (WAD - said('discount')), divisor: WAD },
          }
        : undefined,
  },
  {
    name: 'FixedPriceAdapter',
    marks: ['ACL_MANAGER', 'DECIMALS'],
    live: ['price'],
    formula: (said, has) => (has('price') ? { form: 'constant', answer: said('price') } : undefined),
  },
  {
    name: 'OneUSDFixedAdapter',
    marks: ['ONE_USD'],
    live: [],
    formula: (said) => ({ form: 'constant', answer: said('ONE_USD') }),
  },
  {
    name: 'GhoOracle',
    marks: ['GHO_PRICE'],
    live: [],
    formula: (said) => ({ form: 'constant', answer: said('GHO_PRICE') }),
  },
  {
    name: 'PendleSparkLinearDiscountOracle',
    marks: ['PT', 'maturity', 'baseDiscountPerYear'],
    live: [],
    formula: (said) => ({
      ...{ form: 'discounted', maturity: said('maturity'), discountPerYear: said('baseDiscountPerYear') },
      ...{ secondsPerYear: YEAR, one: WAD },
    }),
  },
];

/** Views of which a base feed answers one: its answers come from outside the chain. */
export const BASE_MARKS: readonly SourceView[] = [
  ...(['aggregator', 'getPriceFeedAdapter', 'dapiName', 'priceId'] as const),
];

/** The mark of a contract whose answer is itself a rate that is read from the chain. */
export const RATE_MARK: SourceView = 'ST_ETH';

/** Views that say a number of decimals, which is at most `MAX_DECIMALS`: what says more is of no kind. */
export const PLACES: ReadonlySet<SourceView> = new Set(['DECIMALS', 'RATIO_DECIMALS']);

/** Every view that tells kinds apart. */
export const MARKS: readonly SourceView[] = [
  ...new Set([...SOURCE_KINDS.flatMap(({ marks }) => marks), ...BASE_MARKS, RATE_MARK]),
];

/** Its cap on growth has been scaled by a million since 2025-09; before, it was in whole units of the rate. */
function cappedRateOf(said: SaidWords, has: (view: SourceView) => boolean): FeedFormula | undefined {
  const isScaled = has('getMaxRatioGrowthPerSecondScaled');
  const growth = isScaled ? 'getMaxRatioGrowthPerSecondScaled' : 'getMaxRatioGrowthPerSecond';
  const needed = ['getRatio', 'getSnapshotRatio', 'getSnapshotTimestamp', growth] as const;
  if (!needed.every(has)) return undefined;
  return {
    ...{ form: 'rate', base: feedAt(said, 'BASE_TO_USD_AGGREGATOR') },
    ...{ rate: said('getRatio'), rateDecimals: Number(said('RATIO_DECIMALS')) },
    cap: {
      ...{ rate: said('getSnapshotRatio'), since: said('getSnapshotTimestamp') },
      ...{ growthPerSecond: said(growth), growthScale: isScaled ? 1_000_000n : 1n },
    },
  };
}

const unitOf = (said: SaidWords) => 10n ** said('DECIMALS');

const feedAt = (said: SaidWords, view: SourceView): FeedId => addressOf(BigInt.asUintN(256, said(view)));
