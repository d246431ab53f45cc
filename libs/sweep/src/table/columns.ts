import type { Outcome } from '@undertow/cascade';
import type { SweepShape } from './sweep-shape.ts';

/** Figures of a scenario as a whole, as in `Outcome`; `rounds` and `isConverged` (1 or 0) are numbers here. */
export const FIGURES = [
  'lossUsd',
  'lossAtSaleUsd',
  'liquidatedUsd',
  'repaidUsd',
  'badDebtUsd',
  'shortfallUsd',
  'stuckUsd',
  'firstRoundUsd',
  'rounds',
  'accounts',
  'calls',
  'isConverged',
] as const;
export type Figure = (typeof FIGURES)[number];

/** Figures by row of the book: USD, but of what is seized units of the asset. */
export const GROUPED = [
  'venueLossUsd',
  'venueLiquidatedUsd',
  'marketLossUsd',
  'assetLossUsd',
  'assetSeized',
] as const;
export type Grouped = (typeof GROUPED)[number];

/** How many columns a grouped figure has. */
export function rowsOf({ venues, markets, assets }: SweepShape, group: Grouped): number {
  if (group === 'marketLossUsd') return markets.length;
  return group === 'venueLossUsd' || group === 'venueLiquidatedUsd' ? venues.length : assets.length;
}

/** Where each figure's columns begin, in the order in which files and chunks number them; the last number is that of all. */
export function columnStarts(shape: SweepShape): {
  readonly starts: Readonly<Record<Grouped, number>>;
  readonly count: number;
} {
  let count: number = FIGURES.length;
  const starts = {} as Record<Grouped, number>;
  for (const group of GROUPED) {
    starts[group] = count;
    count += rowsOf(shape, group);
  }
  return { starts, count };
}

/** The values of one scenario by column. */
export function valuesOf(
  outcome: Outcome,
  { starts, count }: ReturnType<typeof columnStarts>,
  into = new Float64Array(count),
): Float64Array {
  const { accountsPerRound, converged } = outcome;
  const derived: Partial<Record<Figure, number>> = {
    rounds: accountsPerRound.length,
    isConverged: Number(converged),
  };
  for (const [at, figure] of FIGURES.entries())
    into[at] = figure === 'rounds' || figure === 'isConverged' ? derived[figure]! : outcome[figure];
  for (const group of GROUPED) into.set(outcome[group], starts[group]);
  return into;
}
