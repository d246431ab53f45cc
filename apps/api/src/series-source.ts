import {
  lastFlagChange,
  lastMeasured,
  readExchangeMarkets,
  readExchangePricesAt,
  readExchangeMoves,
  readExchangeSeries,
  readFeedSeries,
  readFlagChanges,
  readFlags,
  readIndexSeries,
  readLastMeasures,
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
  type FlagsWanted,
  type HeardMoves,
  type IndexPoint,
  type IndexWanted,
  type LastMeasuresWanted,
  type LegPoint,
  type LiquidationPoint,
  type LiquidationsWanted,
  type Measure,
  type MeasuredBook,
  type MeasurePoint,
  type MeasureValue,
  type MeasureWanted,
  type OwnerWanted,
  type PoolPoint,
  type PoolWanted,
  type PositionEvent,
  type PricesAtWanted,
  type MovesWanted,
  type SaidAnswer,
  type SaidPrice,
  type SeriesPart,
  type Store,
  type StoredFlag,
  type StoredFlagChange,
  type ToldFlagChange,
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
  /** What markets of exchanges are or were watched. Like their prices they are of no chain. */
  exchangeMarkets(): Promise<readonly ExchangeMarket[]>;
  /** The newest price of each of them up to a time. */
  exchangePrices(wanted: PricesAtWanted): Promise<readonly SaidPrice[]>;
  /** How the prices that they said in a time moved: one row each. */
  heardMoves(wanted: MovesWanted): Promise<readonly HeardMoves[]>;
  exchange(wanted: ExchangeWanted): Promise<SeriesPart<ExchangePoint>>;
  measure(wanted: OfChain<MeasureWanted>): Promise<SeriesPart<MeasurePoint>>;
  measureNames(): Promise<readonly Pick<Measure, 'name' | 'subject'>[]>;
  /** The newest block that was measured. */
  lastMeasured(): Promise<number | undefined>;
  /** The newest values of measures before a moment, of every subject. */
  lastMeasures(wanted: OfChain<LastMeasuresWanted>): Promise<readonly MeasureValue[]>;
  /** Flags of oracles as they stood at a block: those that stand first. */
  flags(wanted: OfChain<FlagsWanted>): Promise<readonly StoredFlag[]>;
  /** What was done to flags after a change that is known. */
  flagChanges(wanted: { readonly after: number; readonly most: number }): Promise<readonly ToldFlagChange[]>;
  /** The newest change of a flag; 0 when there is none. */
  lastFlagChange(): Promise<number>;
  /** Keeps measures of a block and what they did to flags, each once, unless the chain no longer has it; gives how many measures were new. */
  keep(
    of: OfChain<MeasuredBook>,
    measures: readonly Measure[],
    flags?: readonly StoredFlagChange[],
  ): Promise<number>;
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
    heardMoves: (wanted) => readExchangeMoves(store, wanted),
    exchange: (wanted) => readExchangeSeries(store, wanted),
    measure: (wanted) => readMeasureSeries(store, { ...wanted, chainId }),
    measureNames: () => readMeasureNames(store, chainId),
    lastMeasured: () => lastMeasured(store, chainId),
    lastMeasures: (wanted) => readLastMeasures(store, { ...wanted, chainId }),
    flags: (wanted) => readFlags(store, { ...wanted, chainId }),
    flagChanges: (wanted) => readFlagChanges(store, { ...wanted, chainId }),
    lastFlagChange: () => lastFlagChange(store, chainId),
    keep: (of, measures, flags) => writeMeasures(store, { ...of, chainId }, measures, flags),
  };
}
