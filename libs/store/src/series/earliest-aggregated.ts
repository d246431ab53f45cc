import type { ClientBase } from 'pg';

/** Time of the earliest fact above a block of a kind that is aggregated, unix seconds. */
export async function earliestAggregated(
  client: Pick<ClientBase, 'query'>,
  chainId: number,
  after: number,
): Promise<number | undefined> {
  const of = (table: string) => `SELECT min(time) AS first FROM ${table} WHERE chain_id = $1 AND block > $2`;
  const { rows } = await client.query<{ first: string | null }>(
    `SELECT extract(epoch FROM min(first))::bigint AS first
     FROM (${['price_posted', 'liquidity_changed', 'index_accrued'].map(of).join(' UNION ALL ')}) AS kinds`,
    [chainId, after],
  );
  const first = rows[0]?.first;
  return first === undefined || first === null ? undefined : Number(first);
}
