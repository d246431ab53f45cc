import type { DataTable } from '../../export/exportable.ts';
import { venueName } from '../../format/venue.ts';
import { BEARERS, type WaterfallRow } from './chart.ts';

/** Who bears the losses as rows: one for each venue. */
export function waterfallData(rows: readonly WaterfallRow[]): DataTable {
  return {
    columns: [
      { name: 'Venue' },
      { name: 'Venue id' },
      { name: 'Loss', unit: 'USD' },
      ...BEARERS.map(({ name }) => ({ name, unit: 'USD' as const })),
    ],
    rows: rows.map((row) => [
      venueName(row.venue),
      row.venue,
      row.lossUsd,
      ...BEARERS.map(({ value }) => value(row)),
    ]),
  };
}
