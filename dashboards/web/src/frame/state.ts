import type { Theme } from '../chart/palette.ts';
import type { HeadsAnswer } from '../graph/answers.ts';
import type { Explained } from '../glossary/explained.ts';
import type { Connection } from '../graph/listen.ts';
import { DEFAULT_SETTINGS, type Move, type Scenario, type Settings } from '../scenario/scenario.ts';
import type { Tab } from '../scenario/tabs.ts';
import { DEFAULT_ADVICE, type AdviceChoice } from '../sections/advice-form/choice.ts';
import type { Download } from '../sections/downloads/download.ts';
import type { AccountChoice } from '../sections/accounts/load.ts';
import type { CapUpdateChoice } from '../sections/cap-update/choice.ts';
import type { CellPlace } from '../sections/heatmap/chart.ts';
import type { Heatmap } from '../sections/heatmap/load.ts';
import type { Measure } from '../sections/heatmap/measure.ts';
import { DEFAULT_REPORTS, type ReportsChoice } from '../sections/report-form/choice.ts';
import { DEFAULT_SWEEP, type SweepChoice } from '../sections/sweep-plan/sweep-choice.ts';
import type { Doing } from '../sections/sweep-run/doing.ts';
import type { TableViews } from '../table/view.ts';
import type { Loaded } from './loaded.ts';
import type { Place } from './place.ts';
import type { Rejected } from './rejected.ts';
import type { At } from './router.ts';

export type ThemeChoice = 'auto' | Theme;

/** All that the page shows is a function of this. */
export interface State {
  /** When the last change came, unix seconds: it does not tick, see `clock.ts`. */
  readonly now: number;
  /** Where the pages and the API are: scheme, host and port. */
  readonly origin: string;
  readonly themeChoice: ThemeChoice;
  readonly systemTheme: Theme;
  readonly connection: Connection;
  /** The newest head heard of; undefined until the first. */
  readonly head: HeadsAnswer['heads'] | undefined;
  /** When it was heard of, unix seconds on this machine's clock. */
  readonly heardAt: number;
  /** Web address of the network's block explorer; undefined while it is not known, and where there is none. */
  readonly explorer: string | undefined;
  /** What is known of all that was asked, by `Asked.key`: see `answerOf`. */
  readonly answers: Readonly<Record<string, Loaded<unknown>>>;
  /** Which page is on screen. */
  readonly at: At;
  /** Whether its code is here; `failed` when it could not be loaded. */
  readonly pageIs: 'loading' | 'here' | 'failed';
  /** What every link within the page carries along, made of the fields below: a query, or nothing. */
  readonly carried: string;
  readonly measure: Measure;
  /** Undefined until someone, or the first heatmap, chose. */
  readonly moves: readonly Move[] | undefined;
  readonly settings: Settings;
  /** Changes of terms, as people write them. */
  readonly overrides: readonly string[];
  /** The scenario by the book's own names, and as it was typed: see `scenarioText`. */
  readonly renamed: { readonly from: string; readonly to: string } | undefined;
  /** The market whose terms are shown to be changed, by `marketKey`. */
  readonly editedMarket: string | undefined;
  /** A second scenario, to compare with. */
  readonly other: Scenario | undefined;
  /** Which part of the scenario's answer is shown; undefined: the first. */
  readonly tab: Tab | undefined;
  /** What is shown while nobody chose. */
  readonly suggested: readonly Move[] | undefined;
  /** True once a person chose; until then the address does not have it and the choice follows the data. */
  readonly isChosen: boolean;
  readonly pinned: number | undefined;
  /** The head at which everything is asked while no block is pinned; undefined before any is known. */
  readonly screen: Place | undefined;
  /** What somebody searches for, and which of those found is marked; undefined while nobody searches. */
  readonly search: { readonly text: string; readonly at: number } | undefined;
  /** What was typed last and could not be taken. */
  readonly rejected: Rejected | undefined;
  readonly linkProblems: readonly string[];
  /** Those for which no scenario can be answered until another is chosen. */
  readonly scenarioProblems: readonly string[];
  /** What the API refused to several sections with the same words: found when it is drawn. */
  readonly refusals: readonly string[];
  readonly changed: {
    readonly keys: ReadonlySet<string>;
    readonly generation: number;
    /** The map that was shown last. */
    readonly of: Heatmap | undefined;
  };
  /** The cell that the Tab key reaches. */
  readonly reachable: CellPlace;
  /** The cell whose tooltip is open. */
  readonly hinted: CellPlace | undefined;
  /** Pixels that each chart has, by the name in its `data-measure-width`; absent before the first drawing. */
  readonly widths: Readonly<Record<string, number>>;
  readonly accountChoice: AccountChoice;
  /** The update of a cap that the page of oracles plays; undefined: none. */
  readonly capUpdate: CapUpdateChoice | undefined;
  /** The feed whose day is shown, by its id; undefined: none. */
  readonly openFeed: string | undefined;
  /** What the page of sweeps shows. */
  readonly sweep: SweepChoice;
  /** What is being done with a sweep, or could not be; undefined: nothing. */
  readonly sweepDoing: Doing | undefined;
  /** What the page of advices shows. */
  readonly advice: AdviceChoice;
  /** What is being done with a run of advices, or could not be; undefined: nothing. */
  readonly adviceDoing: Doing | undefined;
  /** What the page of reports shows. */
  readonly reports: ReportsChoice;
  /** What is being done with a report, or could not be; undefined: nothing. */
  readonly reportDoing: Doing | undefined;
  /** Accounts whose legs are shown, by `accountKey`. */
  readonly openAccounts: ReadonlySet<string>;
  /** What is being loaded down; undefined when nothing is. */
  readonly download: Download | undefined;
  /** The word whose meaning was asked for last. */
  readonly explained: Explained | undefined;
  /** How each table is sorted and scrolled, by its id. */
  readonly tables: TableViews;
  /** Shown for a moment in a corner; `until` in unix seconds. */
  readonly notice: { readonly text: string; readonly until: number };
  /** Read out by screen readers. */
  readonly said: string;
}

export const ACCOUNTS_AT_ONCE = 25;

/** The page before anything is known. */
export function openingState(now: number): State {
  return {
    now,
    origin: '',
    themeChoice: 'auto',
    systemTheme: 'light',
    connection: 'opening',
    head: undefined,
    heardAt: 0,
    explorer: undefined,
    answers: {},
    at: { page: undefined, path: '', parts: {} },
    pageIs: 'loading',
    carried: '',
    measure: 'loss',
    moves: undefined,
    settings: DEFAULT_SETTINGS,
    overrides: [],
    renamed: undefined,
    editedMarket: undefined,
    other: undefined,
    tab: undefined,
    suggested: undefined,
    isChosen: false,
    pinned: undefined,
    screen: undefined,
    search: undefined,
    rejected: undefined,
    linkProblems: [],
    scenarioProblems: [],
    refusals: [],
    changed: { keys: new Set(), generation: 0, of: undefined },
    reachable: { asset: 0, move: 0 },
    hinted: undefined,
    widths: {},
    accountChoice: { first: ACCOUNTS_AT_ONCE, venue: undefined, orderBy: 'health', isAtRisk: true },
    capUpdate: undefined,
    openFeed: undefined,
    sweep: DEFAULT_SWEEP,
    sweepDoing: undefined,
    advice: DEFAULT_ADVICE,
    adviceDoing: undefined,
    reports: DEFAULT_REPORTS,
    reportDoing: undefined,
    openAccounts: new Set(),
    download: undefined,
    explained: undefined,
    tables: {},
    notice: { text: '', until: 0 },
    said: '',
  };
}

export const themeOf = ({ themeChoice, systemTheme }: Pick<State, 'themeChoice' | 'systemTheme'>): Theme =>
  themeChoice === 'auto' ? systemTheme : themeChoice;
