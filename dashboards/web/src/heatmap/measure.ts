import { times, usd, usdTick } from '../format/number.ts';
import type { HeatmapCell } from './load.ts';

/** What the colour and the number of a cell speak of. */
export type Measure = 'liquidated' | 'bad-debt' | 'amplification';

interface Description {
  readonly name: string;
  readonly explanation: string;
  readonly value: (cell: HeatmapCell) => number | null;
  readonly format: (value: number | null) => string;
  /** For round values, as in the legend. */
  readonly tick: (value: number) => string;
}

export const MEASURES: Readonly<Record<Measure, Description>> = {
  liquidated: {
    name: 'Liquidated value',
    explanation: 'Collateral seized in all rounds of the cascade, USD',
    value: (cell) => cell.liquidatedUsd,
    format: usd,
    tick: usdTick,
  },
  'bad-debt': {
    name: 'Bad debt',
    explanation: 'Debt that no collateral stands behind any more, USD',
    value: (cell) => cell.badDebtUsd,
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

export const MEASURE_IDS: readonly Measure[] = ['liquidated', 'bad-debt', 'amplification'];

export const isMeasure = (text: string): text is Measure => MEASURE_IDS.some((id) => id === text);
