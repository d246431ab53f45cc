import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '@undertow/units';
import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import { agentTick, type AgentAction } from './agent-tick.ts';
import { tickMs } from './tick-ms.ts';
import { openWatchList } from './watch-list.ts';

export type { AgentAction } from './agent-tick.ts';

export interface AgentOptions {
  readonly seed: number;
  /** Time from the start of one tick to the start of the next, on a chain of up to 5,000 blocks (`tickMs`); 0 = none. */
  readonly everyMs: number;
  /** Ticks after which it ends, failed ones included. Default: never. */
  readonly ticks?: number;
  readonly onAction?: (action: AgentAction) => void;
  /** A tick failed and was left out. */
  readonly onFailure?: (error: unknown) => void;
  /** Waited for between ticks; it must not fail. */
  readonly afterTick?: () => Promise<void>;
}

export interface Agent {
  /** Ends after the tick under way. */
  stop(): Promise<void>;
  /**
   * Resolves when it has ended by `stop` or `ticks`. Rejects with RetryableError when the chain has ended before the
   * agent, or when no tick succeeds any more.
   */
  readonly done: Promise<void>;
}

/** Chain time between blocks while the agent runs: Ethereum's. */
const BLOCK_SECONDS = 12;

/** Ticks failing in a row after which it gives up. With the pauses between them, this takes a minute. */
const MOST_FAILURES = 12;

/** Pauses after failures: they double from the first to the longest, so that a busy machine gets its breath back. */
const FAILURE_PAUSE_MS = { first: 250, longest: 8_000 };

/**
 * Keeps the chain alive: moves the market, posts feed rounds, trades, acts for owners, liquidates.
 *
 * The same chain and seed give the same blocks, whatever the clock says. Nobody else may send transactions meanwhile.
 * A tick that fails is left out; only a chain that has ended, or that fails every tick for a minute, ends the agent.
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
  const { seed, everyMs, ticks = Infinity, onAction = () => {}, onFailure = () => {}, afterTick } = options;
  const watchList = openWatchList(devnet);
  let prepared = false;
  let block = 0;
  let failures = 0;
  for (let tick = 0; tick < ticks && !stopping.aborted; tick++) {
    const started = performance.now();
    try {
      if (!prepared) await setClock(devnet);
      prepared = true;
      block = await agentTick({ devnet, seed, watchList, onAction });
      failures = 0;
    } catch (error) {
      if (stopping.aborted) break;
      onFailure(error);
      await recover(devnet, error, ++failures, stopping);
    }
    await afterTick?.();
    await pause(tickMs(everyMs, block) - (performance.now() - started), stopping);
  }
  await devnet.rpc('anvil_setBlockTimestampInterval', [1]).catch((error: unknown) => {
    // A chain that was stopped with the agent needs no interval any more.
    if (!(error instanceof RetryableError)) throw error;
  });
}

async function setClock(devnet: Devnet): Promise<void> {
  await devnet.rpc('anvil_setBlockTimestampInterval', [BLOCK_SECONDS]);
  const { timestamp } = await devnet.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  // A chain that was just loaded would make its next block one second on.
  await devnet.rpc('evm_setNextBlockTimestamp', [Number(timestamp) + BLOCK_SECONDS]);
}

/** Waits a little, longer from failure to failure. @throws when there is nothing to wait for. */
async function recover(
  devnet: Devnet,
  cause: unknown,
  failures: number,
  stopping: AbortSignal,
): Promise<void> {
  if (failures >= MOST_FAILURES) {
    const what = `${failures} ticks have failed in a row`;
    throw new RetryableError(`The market agent gave up on the local chain: ${what}.`, { cause });
  }
  const { first, longest } = FAILURE_PAUSE_MS;
  const waking = new AbortController();
  const ended = await Promise.race([
    devnet.exited.then(() => true),
    pause(Math.min(longest, first * 2 ** (failures - 1)), AbortSignal.any([stopping, waking.signal])),
  ]);
  waking.abort();
  if (ended && !stopping.aborted) {
    throw new RetryableError('The local chain (anvil) has ended, and the market agent with it.', { cause });
  }
  // The chain answered, so the same tick would fail again: another block makes it another tick.
  if (!(cause instanceof RetryableError)) await devnet.rpc('evm_mine').catch(() => {});
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal: stopping }).catch(() => {});
}
