import type { Owner } from '../sections/account/load.ts';
import type { AccountChoice, AccountPage } from '../sections/accounts/load.ts';
import type { Cascade } from '../sections/cascade/load.ts';
import type { Theme } from '../chart/palette.ts';
import type { Exposures } from '../sections/exposure/load.ts';
import type { Connection } from '../graph/listen.ts';
import type { CellPlace } from '../sections/heatmap/chart.ts';
import type { Heatmap } from '../sections/heatmap/load.ts';
import type { Measure } from '../sections/heatmap/measure.ts';
import type { MeasureLine } from '../sections/history/load.ts';
import type { Incident } from '../sections/incidents/load.ts';
import type { SeenLiquidation } from '../sections/liquidations/load.ts';
import type { Market } from '../sections/markets/load.ts';
import type { Reproduction } from '../sections/reproduction/load.ts';
import { DEFAULT_SETTINGS, type Move, type Settings } from '../scenario/scenario.ts';
import type { Head, Status } from '../sections/status/load.ts';
import type { Venue } from '../sections/venues/load.ts';
import type { WhatIf } from '../sections/what-if/load.ts';
import type { TableViews } from '../table/view.ts';
import { nothingLoaded, type Loaded } from './loaded.ts';
import type { Place } from './place.ts';
import type { Rejected } from './rejected.ts';

export type ThemeChoice = 'auto' | Theme;

/** All that the page shows is a function of this. */
export interface State {
  /** When the last change came, unix seconds: it does not tick, see `clock.ts`. */
  readonly now: number;
  readonly themeChoice: ThemeChoice;
  readonly systemTheme: Theme;
  readonly connection: Connection;
  /** The newest head heard of; undefined until the first. */
  readonly head: Head | undefined;
  /** When it was heard of, unix seconds on this machine's clock. */
  readonly heardAt: number;
  readonly status: Loaded<Status>;
  readonly heatmap: Loaded<Heatmap>;
  readonly cascade: Loaded<Cascade>;
  /** Asked only while terms are changed. */
  readonly whatIf: Loaded<WhatIf>;
  readonly accounts: Loaded<AccountPage>;
  readonly owner: Loaded<Owner>;
  readonly venues: Loaded<readonly Venue[]>;
  readonly exposures: Loaded<Exposures>;
  readonly reproduction: Loaded<Reproduction>;
  readonly markets: Loaded<readonly Market[]>;
  readonly liquidations: Loaded<readonly SeenLiquidation[]>;
  readonly incidents: Loaded<readonly Incident[]>;
  readonly history: Loaded<readonly MeasureLine[]>;
  readonly measure: Measure;
  /** Undefined until someone, or the first heatmap, chose. */
  readonly moves: readonly Move[] | undefined;
  readonly settings: Settings;
  /** Changes of terms, as people write them. */
  readonly overrides: readonly string[];
  /** The market whose terms are shown to be changed, by `marketKey`. */
  readonly editedMarket: string | undefined;
  /** The address that is looked up over all venues; undefined when none is. */
  readonly lookedUp: string | undefined;
  /** True once a person chose; until then the link stays empty and the choice follows the data. */
  readonly isChosen: boolean;
  readonly pinned: number | undefined;
  /** The head at which everything is asked while no block is pinned; undefined before any is known. */
  readonly screen: Place | undefined;
  /** What was typed last and could not be taken. */
  readonly rejected: Rejected | undefined;
  readonly linkProblems: readonly string[];
  /** Those for which no scenario can be answered until another is chosen. */
  readonly scenarioProblems: readonly string[];
  readonly changed: { readonly keys: ReadonlySet<string>; readonly generation: number };
  /** The cell that the Tab key reaches. */
  readonly reachable: CellPlace;
  /** The cell whose tooltip is open. */
  readonly hinted: CellPlace | undefined;
  /** Pixels that each chart has, by the name in its `data-measure-width`; absent before the first drawing. */
  readonly widths: Readonly<Record<string, number>>;
  readonly accountChoice: AccountChoice;
  /** Accounts whose legs are shown, by `accountKey`. */
  readonly openAccounts: ReadonlySet<string>;
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
    themeChoice: 'auto',
    systemTheme: 'light',
    connection: 'opening',
    head: undefined,
    heardAt: 0,
    status: nothingLoaded,
    heatmap: nothingLoaded,
    cascade: nothingLoaded,
    whatIf: nothingLoaded,
    accounts: nothingLoaded,
    owner: nothingLoaded,
    venues: nothingLoaded,
    exposures: nothingLoaded,
    reproduction: nothingLoaded,
    markets: nothingLoaded,
    liquidations: nothingLoaded,
    incidents: nothingLoaded,
    history: nothingLoaded,
    measure: 'loss',
    moves: undefined,
    settings: DEFAULT_SETTINGS,
    overrides: [],
    editedMarket: undefined,
    lookedUp: undefined,
    isChosen: false,
    pinned: undefined,
    screen: undefined,
    rejected: undefined,
    linkProblems: [],
    scenarioProblems: [],
    changed: { keys: new Set(), generation: 0 },
    reachable: { asset: 0, move: 0 },
    hinted: undefined,
    widths: {},
    accountChoice: { first: ACCOUNTS_AT_ONCE, venue: undefined, orderBy: 'health', isAtRisk: true },
    openAccounts: new Set(),
    tables: {},
    notice: { text: '', until: 0 },
    said: '',
  };
}

export const themeOf = ({ themeChoice, systemTheme }: State): Theme =>
  themeChoice === 'auto' ? systemTheme : themeChoice;
