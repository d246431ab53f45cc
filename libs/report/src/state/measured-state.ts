import {
  depthGaps,
  exposures,
  venueSummaries,
  type Book,
  type CoverageGap,
  type Exposures,
  type VenueSummary,
} from '@undertow/book';
import {
  heatmap,
  moveName,
  type HeatmapCell,
  type HeatmapRow,
  type Move,
  type Scenario,
} from '@undertow/cascade';
import { oracleReport, type OracleReport } from '@undertow/lag';
import type { Address } from '@undertow/market';
import {
  openCoverTwo,
  openCrossVenue,
  tailScenario,
  wholeReproduction,
  type CoverTwo,
  type CrossVenue,
  type TailScenario,
  type WholeReproduction,
} from '@undertow/sweep';
import { concentrations, ownersOf, type Concentration, type OwnerShare } from './owners.ts';

/** The move of a row of the heatmap that costs most. */
export interface WorstMove {
  /** As a person writes it: `ETH`. */
  readonly name: string;
  readonly cell: HeatmapCell;
}

/** All that a state of risk says of a book. */
export interface MeasuredState {
  readonly venues: readonly VenueSummary[];
  readonly owners: readonly OwnerShare[];
  readonly concentrations: readonly Concentration[];
  readonly exposures: Exposures;
  readonly rows: readonly (HeatmapRow & { readonly name: string })[];
  readonly oracles: OracleReport;
  /** Collateral that nobody could buy. */
  readonly unsellable: readonly CoverageGap[];
  readonly reproduction: readonly WholeReproduction[];
  /** Of each row that loses anything, the greatest loss first. */
  readonly worst: readonly WorstMove[];
  /** Over the worst moves. */
  readonly coverTwo: readonly CoverTwo[];
  readonly crossVenue: CrossVenue;
}

/** Nothing but the book is known: what needs a history is not told. */
const NO_HISTORY = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };

/** Which moves and falls a book is measured under. */
export interface StateAsked {
  readonly moves: readonly number[];
  readonly drops: readonly number[];
}

/** What is run for a state of risk. Each part comes to the same wherever it is run, and all may be run at once. */
export interface StateRuns {
  readonly rows: readonly HeatmapRow[];
  readonly reproduction: readonly WholeReproduction[];
  /** Whole stories of `worstScenarios`, in their order. */
  readonly stories: readonly TailScenario[];
}

/** Runs all of it here. @throws BadDataError as `heatmap` and `wholeReproduction` do. */
export function runState(book: Book, { moves, drops }: StateAsked): StateRuns {
  const rows = heatmap(book, moves);
  return {
    rows,
    reproduction: wholeReproduction(book, { drops }),
    stories: worstScenarios(rows).map((scenario) => tailScenario(book, scenario)),
  };
}

/** Of each row that loses anything, the move that loses most: the greatest loss first. */
export const worstScenarios = (rows: readonly HeatmapRow[]): Scenario[] =>
  worstCells(rows).map(({ row, cell }) => ({ moves: [moveOf(row, cell.move)] }));

/** Measures a book, of which `ran` was run. */
export function measureState(book: Book, ran: StateRuns): MeasuredState {
  const nameOf = (row: HeatmapRow) => moveName(book, moveOf(row, 0));
  const worst = worstCells(ran.rows);
  const coverTwo = openCoverTwo(book);
  const crossVenue = openCrossVenue(book.venues.map(({ id }) => id));
  for (const [at, { losers, contagion }] of ran.stories.entries()) {
    coverTwo.add(losers, at);
    crossVenue.add(contagion, 1 / worst.length);
  }
  return {
    venues: venueSummaries(book),
    owners: ownersOf(book),
    concentrations: concentrations(book),
    exposures: exposures(book),
    rows: ran.rows.map((row) => ({ ...row, name: nameOf(row) })),
    oracles: oracleReport(book, NO_HISTORY),
    unsellable: depthGaps(book, book.depth),
    reproduction: ran.reproduction,
    worst: worst.map(({ row, cell }) => ({ name: nameOf(row), cell })),
    coverTwo: coverTwo.result(),
    crossVenue: crossVenue.result(),
  };
}

const worstCells = (rows: readonly HeatmapRow[]) =>
  rows
    .flatMap((row) => {
      const [cell] = row.cells.toSorted((a, b) => b.lossUsd - a.lossUsd);
      return cell && cell.lossUsd > 0 ? [{ row, cell }] : [];
    })
    .sort((a, b) => b.cell.lossUsd - a.cell.lossUsd);

const moveOf = ({ kind, symbol, asset }: HeatmapRow, move: number): Move =>
  kind === 'reference' ? { kind, symbol, move } : { kind, asset: asset as Address, move };
