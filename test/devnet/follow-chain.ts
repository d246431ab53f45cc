import { addReference, applyFacts, emptyLedger, type Ledger } from '@undertow/book';
import { openRpc, pollSources, readRange, type LogSource, type Rpc } from '@undertow/chain';
import type { Devnet } from '@undertow/devnet';
import type { Fact, FactKind } from '@undertow/market';

/** A devnet read as an indexer reads it: logs folded into a ledger, block range by block range. */
export interface FollowedChain {
  readonly rpc: Rpc;
  readonly ledger: Ledger;
  /** Reads on to the head; the facts that are new. */
  follow(): Promise<readonly Fact[]>;
  /** Head and its time as last followed. */
  head(): { readonly block: number; readonly time: number };
  close(): void;
}

/** Opens a followed chain; nothing is read before the first `follow`. */
export async function followChain(devnet: Devnet, sources: readonly LogSource[]): Promise<FollowedChain> {
  const { chainId } = devnet.network;
  const rpc = await openRpc({ urls: [devnet.url], chainId });
  const ledger = emptyLedger();
  let head = { block: -1, time: 0 };
  return {
    rpc,
    ledger,
    head: () => head,
    close: () => rpc.close(),
    async follow() {
      const latest = (await rpc.getBlock('latest'))!;
      if (latest.number === head.block) return [];
      const range = await readRange(rpc, sources, { from: head.block + 1, to: latest.number });
      for (const part of range.reference) addReference(ledger, part);
      head = { block: latest.number, time: latest.time };
      const polled = await pollSources(rpc, sources, { chainId, ...head });
      for (const part of polled.reference) addReference(ledger, part);
      const facts = [...range.facts, ...polled.facts];
      applyFacts(ledger, facts);
      return facts;
    },
  };
}

/** A ledger made from nothing but a snapshot by calls. */
export function ledgerOf(facts: readonly Fact[]): Ledger {
  const ledger = emptyLedger();
  applyFacts(ledger, facts);
  return ledger;
}

/** The facts of one kind. */
export function factsOf<Kind extends FactKind>(
  facts: readonly Fact[],
  kind: Kind,
): Extract<Fact, { kind: Kind }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
}

/** Deterministic numbers in [0, 1): the same seed gives the same test (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
