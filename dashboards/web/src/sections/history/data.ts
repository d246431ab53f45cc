import type { DataTable } from '../../export/exportable.ts';
import { dataOf } from '../../frame/table.ts';
import { byUnit } from '../../table/by-unit.ts';
import { unitOfMeasure } from './unit-of-measure.ts';
import type { MeasureLine } from './load.ts';

interface Row extends Pick<MeasureLine, 'measure' | 'subject'> {
  readonly point: MeasureLine['points'][number];
}

/** The lines as rows: one for each step of each measure, its values in the columns of its unit. */
export function historyData(lines: readonly MeasureLine[]): DataTable {
  const rows = lines.flatMap(({ measure, subject, points }) =>
    points.map((point): Row => ({ measure, subject, point })),
  );
  const inUnits = (name: string, value: (point: Row['point']) => number) =>
    byUnit(rows, { name, unitOf: unitOfMeasure, value: ({ point }) => value(point) });
  return dataOf(rows, [
    { name: 'Measure', value: ({ measure }) => measure },
    { name: 'Subject', value: ({ subject }) => subject },
    { name: 'Time', unit: 'time', value: ({ point }) => point.time },
    inUnits('Value', ({ value }) => value),
    inUnits('Least', ({ least }) => least),
    inUnits('Greatest', ({ greatest }) => greatest),
    { name: 'Blocks', unit: 'count', value: ({ point }) => point.blocks },
  ]);
}
