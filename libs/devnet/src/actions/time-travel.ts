import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { Scene } from '../scene.ts';

/** Makes empty blocks. */
export async function mine(devnet: Devnet, blocks = 1): Promise<void> {
  for (let block = 0; block < blocks; block++) await devnet.rpc('evm_mine');
}

/** Remembers the chain as it is; the id is for one `revert`. */
export function snapshot(devnet: Devnet): Promise<Hex> {
  return devnet.rpc<Hex>('evm_snapshot');
}

/** Puts the chain back as it was; blocks made since are gone. */
export async function revert(devnet: Devnet, id: Hex): Promise<void> {
  if (!(await devnet.rpc<boolean>('evm_revert', [id])))
    throw new Error(`There is no snapshot ${id} to go back to.`);
}

/**
 * Replaces the last blocks by as many others: their transactions are gone, and the first holds one of ours, because
 * empty blocks replaced by empty blocks would keep their hashes.
 *
 * Works for the latest 70 blocks at least, and not below the block at which the chain was loaded from a file.
 */
export async function reorg(devnet: Devnet, depth: number): Promise<void> {
  const { hash } = await devnet.rpc<{ hash: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const { bank, deployer } = devnet.actors;
  const marker = { from: deployer, to: bank, input: hash, gas: '0x186a0', gasPrice: '0x1' };
  await devnet.rpc('anvil_reorg', [depth, [[marker, 0]]]);
}

/** The next block comes so many seconds after the last. */
export async function letPass({ chain }: Pick<Scene, 'chain'>, seconds: number): Promise<void> {
  const { timestamp } = await chain.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  await chain.rpc('evm_setNextBlockTimestamp', [Number(timestamp) + seconds]);
}

/** Does what makes blocks without time passing; afterwards blocks are a second apart, as on every chain without an agent. */
export async function inNoTime<Result>(
  { rpc }: Pick<Devnet, 'rpc'>,
  work: () => Promise<Result>,
): Promise<Result> {
  await rpc('anvil_setBlockTimestampInterval', [0]);
  try {
    return await work();
  } finally {
    await rpc('anvil_setBlockTimestampInterval', [1]);
  }
}
