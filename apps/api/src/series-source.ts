import {
  lastMeasured,
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
  type SaidAnswer,
  type SeriesPart,
  type Store,
} from '@undertow/store';

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
    measure: (wanted) => readMeasureSeries(store, { ...wanted, chainId }),
    measureNames: () => readMeasureNames(store, chainId),
    lastMeasured: () => lastMeasured(store, chainId),
    keep: (of, measures) => writeMeasures(store, { ...of, chainId }, measures),
  };
}
