import { times, usd, usdTick } from '../format/number.ts';
import type { HeatmapCell } from './load.ts';

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

export const MEASURE_IDS: readonly Measure[] = ['loss', 'bad-debt', 'stuck', 'liquidated', 'amplification'];

export const isMeasure = (text: string): text is Measure => MEASURE_IDS.some((id) => id === text);
