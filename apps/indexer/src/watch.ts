import { HOLDINGS_BLOCKS, multicallReader, openRpc, periodStart } from '@undertow/chain';
import type { LogSource, Rpc, RpcOptions } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { claimChain, migrate, openStore, readFacts } from '@undertow/store';
import type { ChainClaim, Checkpoint, Store } from '@undertow/store';
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

/** Kinds that calls say again and again. */
const CALLED = ['PricePosted', 'FormulaPosted', 'RatioPosted', 'HoldingRead', 'Quarantined'] as const;

/**
 * Makes the sources know what the stored facts say of their own contracts and what calls have said in this period, and nothing
 * else.
 */
export async function restoreSources(
  { store, sources, network }: Watch,
  checkpoint: Checkpoint | undefined,
): Promise<void> {
  const facts: Fact[] = [];
  const upTo = Number.MAX_SAFE_INTEGER;
  const read = async (
    wanted: Parameters<typeof readFacts>[2],
    isWanted: (fact: Fact) => boolean = () => true,
  ) => {
    for await (const batch of readFacts(store, network.chainId, wanted))
      facts.push(...batch.filter(isWanted));
  };
  await read({ upTo, kinds: ['TermsChanged'] });
  // Of a database that was reverted to before everything there is nothing to know.
  if (checkpoint?.hash !== undefined) {
    const { block } = checkpoint;
    const period = periodStart(block, network.callsEvery ?? 1);
    const hour = Math.floor(block / HOLDINGS_BLOCKS) * HOLDINGS_BLOCKS;
    await read(
      { after: Math.max(Math.min(period, hour) - 1, checkpoint.keptAbove ?? -1), upTo, kinds: CALLED },
      (fact) =>
        fact.logIndex === SNAPSHOT_LOG_INDEX && fact.block >= (fact.kind === 'HoldingRead' ? hour : period),
    );
  }
  for (const source of sources) source.restore?.(facts);
}
