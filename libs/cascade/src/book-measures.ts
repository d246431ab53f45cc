import {
  dueAtMarket,
  oracleGaps,
  venueSummaries,
  type Book,
  type DueAtMarket,
  type OracleGap,
} from '@undertow/book';
import type { HeatmapRow } from './heatmap.ts';

/** A number that is kept over time. */
export interface BookMeasure {
  /** One of `MEASURES`. */
  readonly name: MeasureName;
  /** What it is about: '' = everything, else a venue, the symbol of an asset, or a shock as people write it, such as `ETH=-0.3`. */
  readonly subject: string;
  readonly value: number;
}

/** What is measured of a book, and what each means. USD at the oracle prices of each venue, unless said otherwise. */
export const MEASURES = {
  accounts: 'accounts with debt in the model; by venue and of all',
  dueAccounts: 'accounts that their venue would let be liquidated now; by venue and of all',
  collateralUsd: 'collateral of those accounts, USD; by venue and of all',
  largestCollateralUsd: 'collateral of the one of those accounts that has the most, USD; by venue and of all',
  debtUsd: 'what those accounts owe or must back, USD; by venue and of all',
  coverage: 'share of the known debt that is modelled; 1 = all',
  hiddenDebtUsd: 'debt of accounts that are due at market prices and not at the oracles’, USD',
  phantomDebtUsd: 'debt of accounts that are due at the oracles’ prices and not at market prices, USD',
  oracleDeviation:
    'oracle price ÷ market price − 1, of the oracle of an asset on which the most hangs; by symbol of the asset',
  lossUsd: 'bad debt and shortfall that a shock would leave, USD at the final market prices; by shock',
  liquidatedUsd: 'collateral that a shock would have seized, USD; by shock',
  stuckUsd: 'debt that a shock would leave due and that nobody liquidates, USD; by shock',
  amplification:
    'what a shock would have liquidated in all rounds ÷ in the first; by shock, where anybody is liquidated',
} as const;
export type MeasureName = keyof typeof MEASURES;

/** Shocks whose outcome is kept over time. */
export const MEASURED_MOVES: readonly number[] = [-0.1, -0.2, -0.3, -0.5, 0.3];

/** How the oracles of a book stand against their markets. */
export interface OraclesStand {
  /** The one on which the most hangs first. */
  readonly oracles: readonly OracleGap[];
  readonly due: DueAtMarket;
}

/**
 * What a book says without a shock: accounts, debt, collateral and what is due, what share of the debt that is, and its oracles.
 *
 * @param stand its oracles against what assets trade at: against the book's own markets by default.
 */
export function standingMeasures(
  book: Book,
  stand: OraclesStand = { oracles: oracleGaps(book), due: dueAtMarket(book) },
): BookMeasure[] {
  const venues = venueSummaries(book);
  const sum = (value: (venue: (typeof venues)[number]) => number) =>
    venues.reduce((total, venue) => total + value(venue), 0);
  const figures = [
    { name: 'accounts', of: ({ accounts }) => accounts },
    { name: 'dueAccounts', of: ({ due }) => due },
    { name: 'collateralUsd', of: ({ collateralUsd }) => collateralUsd },
    { name: 'debtUsd', of: ({ debtUsd }) => debtUsd },
  ] satisfies { readonly name: MeasureName; readonly of: (venue: (typeof venues)[number]) => number }[];
  return [
    ...figures.flatMap(({ name, of }): BookMeasure[] => [
      { name, subject: '', value: sum(of) },
      ...venues.map((venue) => ({ name, subject: venue.id as string, value: of(venue) })),
    ]),
    {
      name: 'largestCollateralUsd',
      subject: '',
      value: Math.max(0, ...venues.map(({ largestCollateralUsd }) => largestCollateralUsd)),
    },
    ...venues.map(({ id, largestCollateralUsd }): BookMeasure => ({
      name: 'largestCollateralUsd',
      subject: id,
      value: largestCollateralUsd,
    })),
    { name: 'coverage', subject: '', value: book.coverage.share },
    ...oracleMeasures(book, stand),
  ];
}

/** How far oracles are from their markets, and whose liquidation that hides or makes up. */
function oracleMeasures(book: Book, { oracles, due }: OraclesStand): BookMeasure[] {
  const { hiddenDebtUsd, phantomDebtUsd } = due;
  // The gaps come with the one on which the most hangs first: later ones of the asset do not take its place.
  const bySymbol = new Map<string, number>();
  for (const { asset, deviation } of oracles) {
    const { symbol } = book.assets[asset]!;
    if (deviation !== undefined && !bySymbol.has(symbol)) bySymbol.set(symbol, deviation);
  }
  return [
    { name: 'hiddenDebtUsd', subject: '', value: hiddenDebtUsd },
    { name: 'phantomDebtUsd', subject: '', value: phantomDebtUsd },
    ...[...bySymbol].map(([subject, value]): BookMeasure => ({ name: 'oracleDeviation', subject, value })),
  ];
}

/** What shocks would do, by the rows of a heatmap with the names that a person would write to move them. */
export function shockMeasures(rows: readonly (HeatmapRow & { readonly name: string })[]): BookMeasure[] {
  return rows.flatMap(({ name: what, cells }) =>
    cells.flatMap(({ move, lossUsd, liquidatedUsd, stuckUsd, amplification }): BookMeasure[] => {
      const subject = `${what}=${move}`;
      return [
        { name: 'lossUsd', subject, value: lossUsd },
        { name: 'liquidatedUsd', subject, value: liquidatedUsd },
        { name: 'stuckUsd', subject, value: stuckUsd },
        ...(amplification === undefined
          ? []
          : [{ name: 'amplification' as const, subject, value: amplification }]),
      ];
    }),
  );
}
