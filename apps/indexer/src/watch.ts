import { multicallReader, openRpc } from '@undertow/chain';
import type { LogSource, Rpc, RpcOptions } from '@undertow/chain';
import type { Fact } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { claimChain, migrate, openStore, readFacts } from '@undertow/store';
import type { ChainClaim, Store } from '@undertow/store';
import type { IndexerConfig, WatchedNetwork } from './indexer-config.ts';
import type { Tell } from './indexer-message.ts';

/** All that following one chain needs, open and claimed for writing. */
export interface Watch {
  readonly network: WatchedNetwork;
  readonly rpc: Rpc;
  readonly store: Store;
  readonly claim: ChainClaim;
  readonly sources: readonly LogSource[];
  readonly tell: Tell;
  close(): Promise<void>;
}

/** Time for the claim of an indexer that was killed to be noticed as gone. */
const CLAIM_WAIT_MS = 3_000;

/** Connects to chain and database, brings the tables up to date and claims the chain for writing. */
export async function openWatch(
  { network, rpcUrls, databaseUrl }: IndexerConfig,
  tell: Tell,
  patience: Pick<RpcOptions, 'timeoutMs' | 'retries' | 'backoffMs'> = {},
): Promise<Watch> {
  const onFault = (endpoint: string, kind: string, message: string) =>
    tell({ type: 'error', name: 'RpcFault', message: `${endpoint} (${kind}): ${message}`, fatal: false });
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const openingRpc = openRpc({ ...patience, urls: rpcUrls, chainId: network.chainId, onFault });
    const openingStore = openStore(databaseUrl);
    // Each is closed when it did open, also when the other failed.
    void openingRpc.then(
      (rpc) => closers.push(() => rpc.close()),
      () => undefined,
    );
    void openingStore.then(
      (store) => closers.push(() => store.close()),
      () => undefined,
    );
    await Promise.allSettled([openingRpc, openingStore]);
    const opened = await openingRpc;
    const rpc = network.bootstrap === 'snapshot' ? { ...opened, ...multicallReader(opened) } : opened;
    const store = await openingStore;
    await migrate(store);
    const claim = await claimChain(store, network.chainId, { waitMs: CLAIM_WAIT_MS });
    closers.push(() => claim.release());
    return { network, rpc, store, claim, sources: network.deployments.map(openSource), tell, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the sources know what the stored facts say of their own contracts, and nothing else. */
export async function restoreSources({ store, sources, network }: Watch): Promise<void> {
  const terms: Fact[] = [];
  const wanted = { upTo: Number.MAX_SAFE_INTEGER, kinds: ['TermsChanged'] } as const;
  for await (const batch of readFacts(store, network.chainId, wanted)) terms.push(...batch);
  for (const source of sources) source.restore?.(terms);
}
