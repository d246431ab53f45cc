import { pollSources, type BlockCalls, type Header } from '@undertow/chain';
import { recordIncident, type Checkpoint } from '@undertow/store';
import { ConfigError, RetryableError } from '@undertow/units';
import type { WatchedNetwork } from './indexer-config.ts';
import type { Watch } from './watch.ts';

/** At which blocks calls are made, as it is kept with the checkpoint. */
export interface CallsJson {
  /** Every block whose number this divides. */
  readonly every: number;
  /** The first block at which they were made; before it nothing is said of what only calls say. */
  readonly from: number;
}

/** Rule and beginning of the calls that the stored facts have; undefined before the first, and where an older release wrote them. */
export function storedCalls(checkpoint: Checkpoint | undefined): CallsJson | undefined {
  return (checkpoint?.network as { readonly calls?: CallsJson } | undefined)?.calls;
}

/** Throws when the stored calls were made at other blocks than would be now: a database is of one rule. */
export function checkCalls(
  { callsEvery = 1, chainId }: WatchedNetwork,
  checkpoint: Checkpoint | undefined,
): void {
  const stored = storedCalls(checkpoint);
  if (stored === undefined || stored.every === callsEvery) return;
  throw new ConfigError(
    `The facts of chain ${chainId} that come by calls were read at every ${blocks(stored.every)}, but now every ` +
      `${blocks(callsEvery)} is asked for: set callsEvery to ${stored.every} again, or use an empty database.`,
  );
}

const blocks = (every: number) => (every === 1 ? 'block' : `${every}th block`);

/** The calls that are due from a block up to the head. */
export interface DueCalls extends BlockCalls {
  /** To keep with the checkpoint of a block; undefined when no call was made up to there. */
  json(upTo: number): CallsJson | undefined;
}

/**
 * Finds at which blocks up to the head calls can be made. They are due at every block that the network's rule names. Where an
 * endpoint keeps no state so far back, an incident says of which blocks they are missing, unless none were made before at all:
 * then they begin where they can.
 */
export async function dueCalls(
  watch: Watch,
  span: { readonly from: number; readonly head: number },
  checkpoint: Checkpoint | undefined,
): Promise<DueCalls> {
  const { rpc, sources, network } = watch;
  const { chainId, callsEvery: every = 1 } = network;
  const turnOf = (block: number) => Math.floor(block / every);
  const first = Math.ceil(span.from / every) * every;
  const last = turnOf(span.head) * every;
  const begin = await firstWithState(watch, { first, last, every, head: span.head });
  const stored = storedCalls(checkpoint);
  if (stored !== undefined && begin > first) await tellGap(watch, { first, last: begin - every, every });
  return {
    blocksIn(from, to) {
      const start = Math.max(begin, Math.ceil(from / every) * every);
      return Array.from({ length: Math.max(0, turnOf(to) - turnOf(start) + 1) }, (_, i) => start + i * every);
    },
    async callAt({ number: block, time }: Header) {
      try {
        return await pollSources(rpc, sources, { chainId, block, time, turn: turnOf(block) });
      } catch (error) {
        // An endpoint may drop a block's state while the blocks before it are read.
        if (!(error instanceof ConfigError) || (await rpc.hasState(block))) throw error;
        throw new RetryableError(`the state of block ${block} is gone by now: going on from what is stored`, {
          cause: error,
        });
      }
    },
    json: (upTo) => stored ?? (begin <= Math.min(upTo, last) ? { every, from: begin } : undefined),
  };
}

interface Due {
  readonly first: number;
  readonly last: number;
  readonly every: number;
}

/** The lowest block that is due and has its state, by halving; above the last when none has. The head has it on every node. */
async function firstWithState(
  { rpc }: Watch,
  { first, last, every, head }: Due & { readonly head: number },
): Promise<number> {
  if (first > last || first === head || (await rpc.hasState(first))) return first;
  let [without, having] = [first, last + every];
  while (having - without > every) {
    const middle = without + Math.floor((having - without) / every / 2) * every;
    if (middle === head || (await rpc.hasState(middle))) having = middle;
    else without = middle;
  }
  return having;
}

async function tellGap({ store, network, tell }: Watch, { first, last, every }: Due): Promise<void> {
  const message =
    `Calls at blocks ${first} to ${last} of chain ${network.chainId} (every ${blocks(every)}) could not be made: no endpoint ` +
    'keeps state so far back. What only calls say (rates, formulas, answers of feeds without logs, what venues hold) is as it ' +
    'was before, for books of these blocks. With an archive endpoint there would be no gap; to fill this one, index anew.';
  await recordIncident(store, { chainId: network.chainId, kind: 'endpoint', message });
  tell({ type: 'error', name: 'CallsMissing', message, fatal: false });
}
