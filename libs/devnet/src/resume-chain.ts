import type { Chain } from './evm/chain.ts';
import { openChain } from './evm/chain.ts';
import { openJsonRpc } from './evm/json-rpc.ts';
import { startAnvil, type Anvil, type AnvilOptions } from './evm/start-anvil.ts';
import { chainFiles, exitFile, keepExitDump, type ChainRecord } from './state-file.ts';

/**
 * Starts anvil with the newest saved chain that it can load and that has the recorded history; `undefined` when there
 * is none.
 *
 * Tried with anvil 1.7.1: after a load, all blocks (hashes), receipts and logs are served. States before the load are
 * not, so calls at older blocks and reorgs below the load fail. Its clock restarts, which `prepareChain` puts right.
 */
export async function resumeChain(
  stateFile: string,
  record: ChainRecord,
  options: AnvilOptions,
): Promise<{ anvil: Anvil; chain: Chain } | undefined> {
  for (const loadFrom of await chainFiles(stateFile)) {
    const anvil = await startAnvil({ ...options, loadFrom }).catch(() => undefined);
    if (!anvil) continue;
    const chain = openChain(openJsonRpc(anvil.url));
    if (await hasHistory(chain, record.built)) {
      // Left where it is, it would be lost when this anvil is killed while it ends.
      if (loadFrom === exitFile(stateFile)) await keepExitDump(stateFile);
      return { anvil, chain };
    }
    await anvil.stop();
  }
  return undefined;
}

/** Are the blocks and the logs of the build still there? */
async function hasHistory(chain: Chain, { number, hash, logs }: ChainRecord['built']): Promise<boolean> {
  const block = await chain.rpc<{ hash: string } | null>('eth_getBlockByNumber', [hexBlock(number), false]);
  return block?.hash === hash && (await countLogs(chain, number)) === logs;
}

/** Logs in the first blocks, as a sample of history: all of them would be megabytes. */
export async function countLogs(chain: Chain, upTo: number): Promise<number> {
  const range = { fromBlock: '0x0', toBlock: hexBlock(Math.min(upTo, 60)) };
  return (await chain.rpc<readonly unknown[]>('eth_getLogs', [range])).length;
}

export function hexBlock(number: number): string {
  return `0x${number.toString(16)}`;
}
