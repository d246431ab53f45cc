import type { DataTable } from '../../export/exportable.ts';
import type { MeasureLine } from './load.ts';

/** The lines as rows: one for each step of each measure. USD where the name of the measure ends so, else a count or a ratio. */
export function historyData(lines: readonly MeasureLine[]): DataTable {
  return {
    columns: [
      { name: 'Measure' },
      { name: 'Subject' },
      { name: 'Time', unit: 'time' },
      { name: 'Value', unit: 'count' },
      { name: 'Least', unit: 'count' },
      { name: 'Greatest', unit: 'count' },
      { name: 'Blocks', unit: 'count' },
    ],
    rows: lines.flatMap(({ measure, subject, points }) =>
      points.map(({ time, value, least, greatest, blocks }) => [
        ...[measure, subject, time],
        ...[value, least, greatest, blocks],
      ]),
    ),
  };
}
