import {
  lastMeasured,
  readExchangeMarkets,
  readExchangePricesAt,
  readExchangeSeries,
  readFeedSeries,
  readIndexSeries,
  readLegSeries,
  readLiquidationSeries,
  readMeasureNames,
  readMeasureSeries,
  readNewestAnswers,
  readPoolSeries,
  readPositionEvents,
  writeMeasures,
  type AnswersWanted,
  type ExchangeMarket,
  type ExchangePoint,
  type ExchangeWanted,
  type FeedPoint,
  type FeedWanted,
  type IndexPoint,
  type IndexWanted,
  type LegPoint,
  type LiquidationPoint,
  type LiquidationsWanted,
  type Measure,
  type MeasuredBook,
  type MeasurePoint,
  type MeasureWanted,
  type OwnerWanted,
  type PoolPoint,
  type PoolWanted,
  type PositionEvent,
  type PricesAtWanted,
  type SaidAnswer,
  type SaidPrice,
  type SeriesPart,
  type Store,
} from '@undertow/store';

/** Exchanges that have said nothing for a day are not asked what something trades at, seconds. */
export const HEARD_WITHIN = 86_400;

/** The same without the chain, which is the source's. */
type OfChain<Wanted> = Omit<Wanted, 'chainId'>;

/** What the API reads and keeps of one chain over time: the store in production. */
export interface SeriesSource {
  /** The newest answers of feeds up to a block, each in order of time. */
  newestAnswers(wanted: OfChain<AnswersWanted>): Promise<ReadonlyMap<string, readonly SaidAnswer[]>>;
  feed(wanted: OfChain<FeedWanted>): Promise<SeriesPart<FeedPoint>>;
  pool(wanted: OfChain<PoolWanted>): Promise<SeriesPart<PoolPoint>>;
  index(wanted: OfChain<IndexWanted>): Promise<SeriesPart<IndexPoint>>;
  legs(wanted: OfChain<OwnerWanted>): Promise<SeriesPart<LegPoint>>;
  positions(wanted: OfChain<OwnerWanted>): Promise<SeriesPart<PositionEvent>>;
  liquidations(wanted: OfChain<LiquidationsWanted>): Promise<SeriesPart<LiquidationPoint>>;
  /** What markets of exchanges are or were watched. Like their prices they are of no chain. */
  exchangeMarkets(): Promise<readonly ExchangeMarket[]>;
  /** The newest price of each of them up to a time. */
  exchangePrices(wanted: PricesAtWanted): Promise<readonly SaidPrice[]>;
  exchange(wanted: ExchangeWanted): Promise<SeriesPart<ExchangePoint>>;
  measure(wanted: OfChain<MeasureWanted>): Promise<SeriesPart<MeasurePoint>>;
  measureNames(): Promise<readonly Pick<Measure, 'name' | 'subject'>[]>;
  /** The newest block that was measured. */
  lastMeasured(): Promise<number | undefined>;
  /** Keeps measures of a block, each once, unless the chain no longer has it; gives how many were new. */
  keep(of: OfChain<MeasuredBook>, measures: readonly Measure[]): Promise<number>;
}

/** The series of one chain of a store. */
export function seriesOf(store: Store, chainId: number): SeriesSource {
  return {
    newestAnswers: (wanted) => readNewestAnswers(store, { ...wanted, chainId }),
    feed: (wanted) => readFeedSeries(store, { ...wanted, chainId }),
    pool: (wanted) => readPoolSeries(store, { ...wanted, chainId }),
    index: (wanted) => readIndexSeries(store, { ...wanted, chainId }),
    legs: (wanted) => readLegSeries(store, { ...wanted, chainId }),
    positions: (wanted) => readPositionEvents(store, { ...wanted, chainId }),
    liquidations: (wanted) => readLiquidationSeries(store, { ...wanted, chainId }),
    exchangeMarkets: () => readExchangeMarkets(store),
    exchangePrices: (wanted) => readExchangePricesAt(store, wanted),
    exchange: (wanted) => readExchangeSeries(store, wanted),
    measure: (wanted) => readMeasureSeries(store, { ...wanted, chainId }),
    measureNames: () => readMeasureNames(store, chainId),
    lastMeasured: () => lastMeasured(store, chainId),
    keep: (of, measures) => writeMeasures(store, { ...of, chainId }, measures),
  };
}
