import type {
  Advice,
  CascadeDate,
  CascadeDates,
  Judgement,
  MarketFrontier,
  Parameter,
  ParameterPlace,
  Together,
} from '@undertow/advice';
import type { TermsOverride } from '@undertow/book';
import type {
  BookMeasure,
  CascadeResult,
  CellName,
  EngineKind,
  HeatmapCell,
  HeatmapRow,
  MadeDue,
  NamedMove,
  OraclesStand,
  ReproductionPoint,
  Scenario,
} from '@undertow/cascade';
import type {
  ClearingReport,
  ClearingReportWanted,
  MarginReport,
  MarginReportWanted,
} from '@undertow/margin';
import type { Address } from '@undertow/market';
import type {
  IndexRange,
  ScenarioLosses,
  SweepChunk,
  SweepSummary,
  SweepTail,
  TailMeasures,
  TailScenario,
  WholeReproduction,
  WorstScenario,
} from '@undertow/sweep';
import type { MadeBook, MadeReport, ReportItem } from './do-report.ts';
import type { NamedCoordinates } from './named-stress.ts';
import type { SharedPlan } from './shared-plan.ts';
import type { SharedPrices } from './shared-prices.ts';
import type { SharedQuestion } from './shared-question.ts';
import type { AdviceWanted } from './wanted-places.ts';

/** One cascade, and what is wanted of it. */
export interface SimulateItem {
  readonly scenario: Scenario;
  /** As `SimulateOptions.band`. */
  readonly band: boolean;
  /** How many of the accounts that lose most are listed: of a large book there may be a hundred thousand. */
  readonly accounts: number;
}

/** Whom changed terms alone let be liquidated. */
export interface MadeDueAnswer {
  readonly accounts: number;
  readonly debtUsd: number;
  /** The largest debts first, as many as were asked for. */
  readonly first: readonly MadeDue[];
}

/** Whose margins are told, and how; the venues' own shares hold for positions of any size. */
export type MarginItem = WithSharedPrices<Omit<MarginReportWanted, 'bracketsOf'>> & {
  readonly owner: string;
};

/** How the view of a clearing house is told. */
export type ClearingItem = WithSharedPrices<ClearingReportWanted>;

type WithSharedPrices<Wanted> = Omit<Wanted, 'prices'> & { readonly prices: SharedPrices | undefined };
/** A parameter of a book, as it is told outside of threads. */
export type NamedPlace = Pick<ParameterPlace, 'parameter' | 'label' | 'current' | 'absent'>;

/** What is done of advices; every piece has a question. */
export interface AdviceKinds {
  /** What is asked about, and how many scenarios are swept for it. */
  readonly advicePlaces: {
    readonly item: AdviceWanted;
    readonly result: { readonly places: readonly NamedPlace[]; readonly scenarios: number };
  };
  /** As `sweep`, of the question's plan on the book of its trials. */
  readonly trial: { readonly item: number; readonly result: RanTogether | undefined };
  readonly advice: { readonly item: { readonly parameter: Parameter } & Chunks; readonly result: Advice };
  readonly together: {
    readonly item: { readonly advices: readonly Advice[] } & Chunks;
    readonly result: Together | undefined;
  };
  readonly judged: {
    readonly item: { readonly overrides: readonly TermsOverride[] } & Chunks;
    readonly result: Judgement;
  };
  readonly frontier: {
    readonly item: { readonly parameter: Parameter; readonly bonuses?: readonly number[] | undefined };
    readonly result: MarketFrontier | undefined;
  };
  /** The advice with the backtest of its standalone line, or why there is none. */
  readonly backtest: { readonly item: PricesOfPast & { readonly advice: Advice }; readonly result: Advice };
  /** The dates at which the question's advice can be made and held. */
  readonly cascadeDates: {
    readonly item: PricesOfPast & { readonly most: number };
    readonly result: CascadeDates;
  };
  /** One of them. */
  readonly cascadeDate: {
    readonly item: PricesOfPast & {
      readonly parameter: Parameter;
      readonly memory: number;
      readonly at: number;
    };
    readonly result: CascadeDate;
  };
}

/** Prices that an advice is held against, in windows of one length. */
export interface PricesOfPast {
  readonly prices: SharedPrices;
  readonly horizonSeconds: number;
  /** Where they come from, in words. */
  readonly source: string;
}

/** What threads do, by name: an item of it, and what comes of each item. Every result is a function of the book and the item alone. */
export interface Kinds extends AdviceKinds {
  readonly simulate: { readonly item: SimulateItem; readonly result: CascadeResult };
  readonly cell: { readonly item: CellName; readonly result: HeatmapCell };
  readonly reproduction: {
    readonly item: { readonly asset: Address; readonly drop: number };
    readonly result: ReproductionPoint;
  };
  readonly madeDue: { readonly item: { readonly most: number }; readonly result: MadeDueAnswer };
  /** Scenarios of a plan by their indices, which follow each other. The first of those that are run at once has the results of all. */
  readonly sweep: { readonly item: number; readonly result: RanTogether | undefined };
  /** Chunks that lie side by side, as the one chunk of a range. */
  readonly joined: { readonly item: IndexRange & Chunks; readonly result: SweepChunk };
  /** What a scenario costs, all and by venue. */
  readonly losses: { readonly item: Scenario; readonly result: ScenarioLosses };
  /** The whole story of a scenario, as far as a tail needs it. */
  readonly tail: { readonly item: Scenario; readonly result: TailScenario };
  readonly summary: { readonly item: Chunks; readonly result: SummedSweep };
  /** Which scenarios are the tail of a sweep at a level. */
  readonly tailOf: { readonly item: Chunks & { readonly level: number }; readonly result: SweepTail };
  /** As `tail`, of a scenario of a plan by its index. */
  readonly tailStory: { readonly item: number; readonly result: TailScenario };
  readonly tailMeasures: { readonly item: TailStories; readonly result: TailMeasures };
  /** What a reverse stress needs of a plan and the book; there is one item of it. */
  readonly stressCoordinates: { readonly item: 'all'; readonly result: NamedCoordinates };
  readonly wholeReproduction: {
    readonly item: { readonly drop: number };
    readonly result: WholeReproduction;
  };
  readonly margin: { readonly item: MarginItem; readonly result: MarginReport };
  readonly clearing: { readonly item: ClearingItem; readonly result: ClearingReport };
  readonly standing: { readonly item: OraclesStand; readonly result: readonly BookMeasure[] };
  /** The heatmap of a state of risk. */
  readonly stateRows: {
    readonly item: { readonly moves: readonly number[] };
    readonly result: readonly HeatmapRow[];
  };
  /** A report with what was run for it before. */
  readonly report: { readonly item: ReportItem; readonly result: MadeReport };
  /** The book as `export` writes it. */
  readonly exported: { readonly item: 'all'; readonly result: MadeBook };
}

/** Scenarios that one run of the engine did. */
export interface RanTogether {
  readonly chunk: SweepChunk;
  readonly milliseconds: number;
}

/** What came of a sweep, with what its worst scenarios move, and what of its plan the book does not have. */
export type SummedSweep = Omit<SweepSummary, 'worst'> & {
  readonly worst: readonly (WorstScenario & { readonly moves: readonly NamedMove[] })[];
  readonly unused: readonly string[];
};

/** The tail of a sweep that was found before, and the stories of its scenarios in its order. */
export interface TailStories {
  readonly tail: SweepTail;
  readonly stories: readonly TailScenario[];
  /** How many accounts are named. */
  readonly accounts: number;
}

/** Results of a sweep, in any order. */
export interface Chunks {
  readonly chunks: readonly SweepChunk[];
}

export type Kind = keyof Kinds;
export type ItemOf<K extends Kind> = Kinds[K]['item'];
export type ResultOf<K extends Kind> = Kinds[K]['result'];

/** What a thread is sent: some items over one book. The buffer of the book is shared, not copied. */
export interface Piece<K extends Kind = Kind> {
  readonly kind: K;
  readonly bookHash: string;
  readonly buffer: SharedArrayBuffer;
  readonly overrides: readonly TermsOverride[];
  /** Default `POOL_ENGINE`. Of what does not run an engine of this kind, it changes nothing. */
  readonly engine?: EngineKind | undefined;
  /** What a sweep runs. */
  readonly plan?: SharedPlan | undefined;
  /** What an advice is asked for. */
  readonly question?: SharedQuestion | undefined;
  readonly items: readonly ItemOf<K>[];
  /** No item is begun after so many milliseconds; the first always is. */
  readonly budgetMs: number;
}

/** What it answers: results of the first items, of at least one; or what is wrong with what was asked. */
export type Reply<K extends Kind = Kind> =
  { readonly results: readonly ResultOf<K>[] } | { readonly problem: string };
