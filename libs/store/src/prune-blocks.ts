import type { Store } from './open-store.ts';
import { lockChain } from './chain-lock.ts';
import { inTransaction } from './in-transaction.ts';

/** Blocks before the head that are all kept, however deep finality is: about a week of Ethereum. */
const KEPT_WHOLE = 50_000;

/** Further back the last stored block of every so many is kept, about an hour of Ethereum: where a past height is asked for, one near it answers. */
const ONE_OF = 300;

/**
 * Drops stored blocks that nobody needs any more. The hash of a block tells a reorganisation, which ends at `finalityDepth`,
 * and is the height that a past book is of.
 *
 * @returns how many were dropped.
 */
export async function pruneBlocks(store: Store, chainId: number, finalityDepth: number): Promise<number> {
  const whole = Math.max(KEPT_WHOLE, 2 * finalityDepth);
  return inTransaction(store, `dropping old blocks of chain ${chainId}`, async (client) => {
    await lockChain(client, chainId);
    const { rowCount } = await client.query(
      `DELETE FROM block WHERE chain_id = $1
         AND number < (SELECT block FROM checkpoint WHERE chain_id = $1) / $3 * $3 - $2
         AND EXISTS (SELECT FROM block AS later WHERE later.chain_id = $1
           AND later.number > block.number AND later.number < (block.number / $3 + 1) * $3)`,
      [chainId, whole, ONE_OF],
    );
    return rowCount ?? 0;
  });
}
