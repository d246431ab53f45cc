import type { Problems } from '../problems.ts';
import type { ReadRow } from '../read-rows.ts';
import type { RowPlace } from '../table.ts';

/** What the rows of an asset say of the asset itself. */
export interface SaidOfAsset {
  readonly reference?: string;
  readonly decimals?: number;
  readonly address?: string;
  readonly marketPrice?: number;
  readonly place: RowPlace;
}

const OF_ASSET = ['reference', 'decimals', 'address', 'marketPrice'] as const;

/** Of the rows of one asset. */
export function saidOf(rows: readonly ReadRow<'prices'>[], problems: Problems): SaidOfAsset {
  const said: Partial<Record<(typeof OF_ASSET)[number], string | number>> = {};
  for (const row of rows)
    for (const column of OF_ASSET) {
      const value = row[column];
      if (value === undefined) continue;
      if (said[column] !== undefined && said[column] !== value)
        problems.add(row.place, column, `${row.asset} has ${said[column]} in another row: say it once`);
      said[column] ??= value;
    }
  const { decimals } = said as { readonly decimals?: number };
  if (decimals !== undefined && !Number.isInteger(decimals))
    problems.add(rows[0]!.place, 'decimals', `${decimals} must be a whole number`);
  return { ...(said as Omit<SaidOfAsset, 'place'>), place: rows[0]!.place };
}
