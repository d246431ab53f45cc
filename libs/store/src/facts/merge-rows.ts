import type { Fact } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { ClientBase } from 'pg';
import { copyRows } from './copy-rows.ts';
import { KEY_COLUMNS, type FactTable } from './fact-table.ts';

/**
 * Adds the facts that are not stored yet and returns how many those were. A stored fact that has the same key but says
 * something else is a `BadDataError`; one that lacks what was not kept when it was stored says nothing else.
 */
export async function mergeRows(
  client: ClientBase,
  table: FactTable<Fact>,
  facts: readonly Fact[],
): Promise<number> {
  const given = `given_${table.table}`;
  await client.query(`CREATE TEMP TABLE ${given} (LIKE ${table.table}) ON COMMIT DROP`);
  await copyRows(client, given, table, facts);
  const columns = [...KEY_COLUMNS, ...table.columns];
  // Named one by one: TimescaleDB fails on `stored.*` as a value.
  const always = columns.filter((column) => table.addedLater?.includes(column) !== true);
  const row = (of: string) => `(${always.map((column) => `${of}.${column}`).join(', ')})`;
  const { rows } = await client.query<{ block: string; log_index: number }>(
    `SELECT block, log_index FROM ${given} AS given JOIN ${table.table} AS stored
       USING (chain_id, block, log_index, part)
     WHERE ${row('given')} IS DISTINCT FROM ${row('stored')} ORDER BY block, log_index LIMIT 1`,
  );
  if (rows[0]) {
    throw new BadDataError(
      `The stored ${table.kind} of block ${rows[0].block}, log ${rows[0].log_index} says something else than the one ` +
        'given now: an endpoint lies, or the chain was reorganised. Go back to the block before and read again.',
    );
  }
  const { rowCount } = await client.query(
    `INSERT INTO ${table.table} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${given}
     ORDER BY chain_id, block, log_index, part ON CONFLICT DO NOTHING`,
  );
  return rowCount ?? 0;
}
