import type { Unit } from '../../table/unit.ts';
import type { MeasureLine } from './load.ts';

/** What the values of a measure are in. */
export const unitOfMeasure = ({ measure }: Pick<MeasureLine, 'measure'>): Unit =>
  measure.endsWith('Usd') ? 'USD' : (NO_COUNTS[measure] ?? 'count');

/** Measures that are neither money nor counts. */
const NO_COUNTS: Readonly<Record<string, Unit>> = {
  coverage: 'ratio',
  amplification: 'ratio',
  oracleDeviation: 'move',
};
