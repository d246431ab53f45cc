import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '@undertow/units';
import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import { agentTick, type AgentAction } from './agent-tick.ts';
import { openWatchList } from './watch-list.ts';

export type { AgentAction } from './agent-tick.ts';

export interface AgentOptions {
  readonly seed: number;
  /** Time from the start of one tick to the start of the next; 0 = as fast as it can. */
  readonly everyMs: number;
  /** Ticks after which it ends. Default: never. */
  readonly ticks?: number;
  readonly onAction?: (action: AgentAction) => void;
}

export interface Agent {
  /** Ends after the tick under way. */
  stop(): Promise<void>;
  /**
   * Resolves when it has ended by `stop` or `ticks`. Rejects with RetryableError when ticks keep failing, such as when
   * the chain has been stopped before the agent.
   */
  readonly done: Promise<void>;
}

/** Chain time between blocks while the agent runs: Ethereum's. */
const BLOCK_SECONDS = 12;

/** Ticks failing in a row after which it gives up. */
const MOST_FAILURES = 5;

/**
 * Keeps the chain alive: moves the market, posts feed rounds, trades, acts for owners, liquidates.
 *
 * The same chain and seed give the same blocks, whatever the clock says. Nobody else may send transactions meanwhile.
 */
export function startAgent(devnet: Devnet, options: AgentOptions): Agent {
  const stopping = new AbortController();
  const done = run(devnet, options, stopping.signal);
  // Who only calls `stop` hears of a failure there.
  done.catch(() => {});
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(devnet: Devnet, options: AgentOptions, stopping: AbortSignal): Promise<void> {
  const { seed, everyMs, ticks = Infinity, onAction = () => {} } = options;
  const watchList = openWatchList(devnet);
  await devnet.rpc('anvil_setBlockTimestampInterval', [BLOCK_SECONDS]);
  const { timestamp } = await devnet.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  // A chain that was just loaded would make its next block one second on.
  await devnet.rpc('evm_setNextBlockTimestamp', [Number(timestamp) + BLOCK_SECONDS]);
  let failures = 0;
  for (let tick = 0; tick < ticks && !stopping.aborted; tick++) {
    const started = performance.now();
    try {
      await agentTick({ devnet, seed, watchList, onAction });
      failures = 0;
    } catch (cause) {
      if (stopping.aborted) break;
      if (++failures >= MOST_FAILURES) {
        throw new RetryableError(
          'The market agent gave up: the local chain does not answer or keeps refusing.',
          {
            cause,
          },
        );
      }
    }
    await pause(everyMs - (performance.now() - started), stopping);
  }
  await devnet.rpc('anvil_setBlockTimestampInterval', [1]).catch((error: unknown) => {
    // A chain that was stopped with the agent needs no interval any more.
    if (!(error instanceof RetryableError)) throw error;
  });
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal: stopping }).catch(() => {});
}
