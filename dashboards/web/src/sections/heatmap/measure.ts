import { times, usd, usdTick } from '../../format/number.ts';
import type { HeatmapCell, HeatmapRow } from './load.ts';

/** What the colour and the number of a cell speak of. */
export type Measure = 'loss' | 'bad-debt' | 'stuck' | 'liquidated' | 'amplification';

interface Description {
  readonly name: string;
  readonly explanation: string;
  readonly value: (cell: HeatmapCell) => number | null;
  readonly format: (value: number | null) => string;
  /** For round values, as in the legend. */
  readonly tick: (value: number) => string;
}

export const MEASURES: Readonly<Record<Measure, Description>> = {
  loss: {
    name: 'Loss',
    explanation: 'What lenders, funds and other traders lose: bad debt and shortfall of open accounts, USD',
    value: (cell) => cell.lossUsd,
    format: usd,
    tick: usdTick,
  },
  'bad-debt': {
    name: 'Bad debt',
    explanation: 'Debt whose collateral is gone, USD',
    value: (cell) => cell.badDebtUsd,
    format: usd,
    tick: usdTick,
  },
  stuck: {
    name: 'Stuck',
    explanation: 'Debt that is due at the end and that nobody liquidates, USD',
    value: (cell) => cell.stuckUsd,
    format: usd,
    tick: usdTick,
  },
  liquidated: {
    name: 'Liquidated',
    explanation: 'Collateral seized in all rounds of the cascade, USD',
    value: (cell) => cell.liquidatedUsd,
    format: usd,
    tick: usdTick,
  },
  amplification: {
    name: 'Amplification',
    explanation: 'Value liquidated in all rounds ÷ in the first; 1 = the selling itself liquidates nobody',
    value: (cell) => cell.amplification,
    format: times,
    tick: times,
  },
};

/**
 * The part of all debt below which what is liquidated is too little for its amplification to mean anything: a first round of
 * $5K and $160K in all are 32×, and next to nothing. A convention of this page.
 */
const WORTH_A_RATIO = 0.01;

/** USD that a cell must liquidate for its amplification to be compared with others: a hundredth of the debt. */
export const amplificationFloorUsd = ({ modelledDebtUsd }: { readonly modelledDebtUsd: number }): number =>
  WORTH_A_RATIO * modelledDebtUsd;

/** Whether the number of a cell counts when cells are compared: by colour, or as the largest. */
export const counts = (measure: Measure, cell: HeatmapCell, floorUsd: number): boolean =>
  measure !== 'amplification' || cell.liquidatedUsd >= floorUsd;

/** The numbers that a measure's colours are spread over. */
export const comparedValues = (rows: readonly HeatmapRow[], measure: Measure, floorUsd: number) =>
  rows.flatMap(({ cells }) =>
    cells.filter((cell) => counts(measure, cell, floorUsd)).map(MEASURES[measure].value),
  );

export const MEASURE_IDS: readonly Measure[] = ['loss', 'bad-debt', 'stuck', 'liquidated', 'amplification'];

export const isMeasure = (text: string): text is Measure => MEASURE_IDS.some((id) => id === text);
