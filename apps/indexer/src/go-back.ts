import type { Header, Step } from '@undertow/chain';
import { recordIncident, resolveIncident, revertTo, setTrust } from '@undertow/store';
import { ConfigError } from '@undertow/units';
import { snapshotBlock } from './take-snapshot.ts';
import type { Watch } from './watch.ts';

/**
 * Drops what the chain no longer has. When it was final, what was served was not true: that is said first, and stays
 * said until the chain is read again up to its head.
 */
export async function goBack(
  watch: Watch,
  step: Extract<Step, { kind: 'reorg' | 'deep-reorg' }>,
): Promise<void> {
  const { network, store, tell } = watch;
  const { ancestor, depth, kind } = step;
  if (kind === 'deep-reorg') {
    const message =
      `${depth} blocks down to block ${ancestor.number} of chain ${network.chainId} are gone, beyond the finality depth ` +
      `of ${network.finalityDepth}. They are being read again; what was shown of them was not true.`;
    await announce(watch, message);
  }
  // What a snapshot said cannot be taken back in part.
  const inSnapshot = ancestor.number < ((await snapshotBlock(watch)) ?? 0);
  const to = inSnapshot ? network.startBlock - 1 : ancestor.number;
  const { checkpoint } = await revertTo(store, network.chainId, to);
  const time = checkpoint?.time ?? 0;
  tell({ type: 'head', block: to, hash: ancestor.hash, time, reorg: depth });
}

/**
 * The store holds another chain, or this one from another start. Nothing is deleted, since a wrong endpoint is as likely
 * as a chain that began anew; what is stored is no longer served as true.
 */
export async function distrust(watch: Watch, head: Header): Promise<ConfigError> {
  const { chainId, name } = watch.network;
  const message =
    `The database holds facts of another chain: not one of its blocks of chain ${chainId} (${name}) is on the chain that ` +
    `the endpoint serves (head ${head.number}, ${head.hash}). Give the endpoint that it was read from, or another ` +
    'database or data folder. Nothing was deleted.';
  await announce(watch, message);
  return new ConfigError(message);
}

/** The store matches the chain again, up to its head. */
export async function trustAgain({ store, network }: Watch): Promise<void> {
  await setTrust(store, network.chainId, true);
  await resolveIncident(store, { chainId: network.chainId, kind: 'deep-reorg' });
}

async function announce({ store, network, tell }: Watch, message: string): Promise<void> {
  await setTrust(store, network.chainId, false, message);
  await recordIncident(store, { chainId: network.chainId, kind: 'deep-reorg', message });
  tell({ type: 'error', name: 'DeepReorg', message, fatal: false });
}
