import {
  depthGaps,
  exposures,
  venueSummaries,
  type Book,
  type CoverageGap,
  type Exposures,
  type VenueSummary,
} from '@undertow/book';
import { heatmap, moveName, type HeatmapCell, type HeatmapRow, type Move } from '@undertow/cascade';
import { oracleReport, type OracleReport } from '@undertow/lag';
import type { Address } from '@undertow/market';
import {
  openCoverTwo,
  openCrossVenue,
  tailScenario,
  wholeReproduction,
  type CoverTwo,
  type CrossVenue,
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

/** Measures a book. @throws BadDataError as `heatmap` and `wholeReproduction` do. */
export function measureState(
  book: Book,
  { moves, drops }: { readonly moves: readonly number[]; readonly drops: readonly number[] },
): MeasuredState {
  const rows = heatmap(book, moves).map((row) => ({ ...row, name: moveName(book, moveOf(row, 0)) }));
  const worst = rows
    .flatMap((row) => {
      const [cell] = row.cells.toSorted((a, b) => b.lossUsd - a.lossUsd);
      return cell && cell.lossUsd > 0 ? [{ row, name: row.name, cell }] : [];
    })
    .sort((a, b) => b.cell.lossUsd - a.cell.lossUsd);
  const coverTwo = openCoverTwo(book);
  const crossVenue = openCrossVenue(book.venues.map(({ id }) => id));
  for (const [at, { row, cell }] of worst.entries()) {
    const { losers, contagion } = tailScenario(book, { moves: [moveOf(row, cell.move)] });
    coverTwo.add(losers, at);
    crossVenue.add(contagion, 1 / worst.length);
  }
  return {
    venues: venueSummaries(book),
    owners: ownersOf(book),
    concentrations: concentrations(book),
    exposures: exposures(book),
    rows,
    oracles: oracleReport(book, NO_HISTORY),
    unsellable: depthGaps(book, book.depth),
    reproduction: wholeReproduction(book, { drops }),
    worst: worst.map(({ name, cell }) => ({ name, cell })),
    coverTwo: coverTwo.result(),
    crossVenue: crossVenue.result(),
  };
}

const moveOf = ({ kind, symbol, asset }: HeatmapRow, move: number): Move =>
  kind === 'reference' ? { kind, symbol, move } : { kind, asset: asset as Address, move };
