import type { Liquidated } from '@undertow/market';
import { liquidated } from './facts/liquidated.ts';
import type { Cell } from './facts/fact-table.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** The latest liquidations, newest first; of one chain, or of all (by block time) when `chainId` is absent. */
export async function readLiquidations(
  store: Store,
  first: number,
  chainId?: number,
): Promise<readonly Liquidated[]> {
  return explained('reading liquidations', async () => {
    const cells = liquidated.columns.map((column) => `${column}::text`).join(', ');
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM time)::bigint, chain_id, block, log_index, part, ${cells} FROM liquidated
        ${chainId === undefined ? 'ORDER BY time DESC,' : 'WHERE chain_id = $2 ORDER BY'} block DESC, log_index DESC, part DESC
        LIMIT $1`,
      values: chainId === undefined ? [first] : [first, chainId],
      rowMode: 'array',
    });
    return rows.map(([time, chain, block, logIndex, part, ...own]) =>
      liquidated.fromCells(
        {
          ...{ chainId: Number(chain), block: Number(block), logIndex: Number(logIndex) },
          ...{ part: Number(part), time: Number(time) },
        },
        own,
      ),
    );
  });
}
