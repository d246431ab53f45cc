import { ConfigError, RetryableError } from '@undertow/units';
import pRetry from 'p-retry';
import { postJsonRpc } from './post-json-rpc.ts';
import type { RpcAnswers, RpcCall } from './post-json-rpc.ts';
import { RangeTooWideError, RpcFault } from './rpc-fault.ts';
import { readQuantity } from './wire.ts';

export interface EndpointOptions {
  /** JSON-RPC over HTTP; the first that works is used. */
  readonly urls: readonly string[];
  readonly chainId: number;
  /** Time for one whole answer. Default 30,000. */
  readonly timeoutMs?: number;
  /** Rounds over all endpoints after the first, with growing pauses. Default 4. */
  readonly retries?: number;
  /** First pause between rounds, and first cool-down of an endpoint. Default 250. */
  readonly backoffMs?: number;
  /** Hears of every endpoint that failed and why. */
  readonly onFault?: (endpoint: string, kind: string, message: string) => void;
}

/** One endpoint in use. */
export interface Endpoint {
  /** Its URL without what may be a key. */
  readonly name: string;
  post(calls: readonly RpcCall[]): Promise<RpcAnswers>;
}

export interface Endpoints {
  /**
   * Runs `work` against the first endpoint for which it succeeds. Faults move on to the next endpoint, then to the
   * next round; throws `RangeTooWideError`, `ConfigError` (no endpoint ever will) or `RetryableError` (none did).
   */
  ask<Result>(what: string, work: (endpoint: Endpoint) => Promise<Result>): Promise<Result>;
  /** Ends what is under way, which then fails with the reason. */
  close(reason?: Error): void;
}

interface State extends Endpoint {
  verified: boolean;
  faults: number;
  coolUntil: number;
  /** Why it is cooling down. */
  last: RpcFault | undefined;
}

const LONGEST_COOLDOWN_MS = 30_000;

/** Endpoints of one chain with failover, cool-down and backoff; each must state the chain id before it is used. */
export async function openEndpoints(options: EndpointOptions): Promise<Endpoints> {
  const { urls, chainId, retries = 4, backoffMs = 250 } = options;
  if (urls.length === 0) throw new ConfigError(`no RPC endpoint for chain ${chainId}: give at least one URL`);
  const closing = new AbortController();
  const states = urls.map((url) => endpointOf(url, options, closing.signal));

  const endpoints: Endpoints = {
    async ask(what, work) {
      const round = () => askEach(states, options, { what, work });
      return pRetry(round, {
        retries,
        minTimeout: backoffMs,
        maxTimeout: 8_000,
        randomize: true,
        signal: closing.signal,
        shouldRetry: ({ error }) => error instanceof RetryableError && !(error instanceof RangeTooWideError),
      });
    },
    close: (reason = new RetryableError('the RPC connection was closed')) => closing.abort(reason),
  };
  // All at once, so that a wrong chain behind the last URL is told at the start and not at the first failover.
  const checks = await Promise.allSettled(states.map((state) => verify(state, chainId)));
  for (const check of checks)
    if (check.status === 'rejected' && check.reason instanceof ConfigError) throw check.reason;
  if (!states.some((state) => state.verified)) await endpoints.ask('the chain id', () => Promise.resolve());
  return endpoints;
}

interface Work<Result> {
  readonly what: string;
  readonly work: (endpoint: Endpoint) => Promise<Result>;
}

async function askEach<Result>(
  states: readonly State[],
  options: EndpointOptions,
  job: Work<Result>,
): Promise<Result> {
  const faults: { name: string; fault: RpcFault }[] = [];
  const turn = inTurn(states);
  for (const state of turn) {
    try {
      if (!state.verified) await verify(state, options.chainId);
      const result = await job.work(state);
      state.faults = 0;
      return result;
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error;
      if (error.kind === 'range') {
        throw new RangeTooWideError(
          `${job.what}: ${state.name} says: ${error.message}. Ask for fewer blocks.`,
          { cause: error },
        );
      }
      options.onFault?.(state.name, error.kind, error.message);
      coolDown(state, error, options.backoffMs ?? 250);
      faults.push({ name: state.name, fault: error });
    }
  }
  for (const state of states) {
    if (!turn.includes(state) && state.last) faults.push({ name: state.name, fault: state.last });
  }
  throw explain(job.what, faults);
}

/** Endpoints that are not cooling down, in the order given; when all are, the first to be ready again first. */
function inTurn(states: readonly State[]): readonly State[] {
  const ready = states.filter((state) => state.coolUntil <= performance.now());
  return ready.length > 0 ? ready : [...states].sort((a, b) => a.coolUntil - b.coolUntil);
}

function coolDown(state: State, fault: RpcFault, backoffMs: number): void {
  if (fault.kind !== 'unreachable' && fault.kind !== 'busy' && fault.kind !== 'lie') return;
  state.faults++;
  state.last = fault;
  const ms = fault.retryAfterMs ?? backoffMs * 2 ** Math.min(state.faults, 10);
  state.coolUntil = performance.now() + Math.min(ms, LONGEST_COOLDOWN_MS);
}

function explain(what: string, faults: readonly { name: string; fault: RpcFault }[]): Error {
  const list = faults.map(({ name, fault }) => `${name}: ${fault.message}`).join('; ');
  const options = { cause: faults.at(-1)?.fault };
  const every = (kind: string) => faults.every(({ fault }) => fault.kind === kind);
  const some = (kind: string) => faults.some(({ fault }) => fault.kind === kind);
  if (every('archive')) {
    const advice = 'Give an archive endpoint, or use a network with the snapshot bootstrap.';
    return new ConfigError(
      `${what}: no endpoint keeps that old state or history. ${list}. ${advice}`,
      options,
    );
  }
  if (every('refused')) {
    return new ConfigError(
      `${what}: every endpoint refuses. ${list}. Check the URL, its key and its plan.`,
      options,
    );
  }
  const advice = some('lie')
    ? 'An endpoint that answers wrongly cannot be used: add or put first one that you trust.'
    : some('behind')
      ? 'The node may be behind the others, or may have pruned that block: wait, or give another endpoint.'
      : some('busy')
        ? 'Wait, or give an endpoint with a larger allowance.'
        : 'Check that the node is up and that the URL is right.';
  return new RetryableError(`${what} failed on every endpoint. ${list}. ${advice}`, options);
}

async function verify(state: State, chainId: number): Promise<void> {
  const [answer] = await state.post([{ method: 'eth_chainId', params: [] }]);
  if (answer === undefined || answer instanceof RpcFault) throw answer ?? new RpcFault('lie', 'no chain id');
  const found = readQuantity(answer.result, 'the chain id');
  if (found !== chainId) {
    throw new ConfigError(
      `${state.name} serves chain ${found}, but chain ${chainId} is wanted: give an endpoint of chain ${chainId}, ` +
        `or choose the network of chain ${found}`,
    );
  }
  state.verified = true;
}

function endpointOf(url: string, { timeoutMs = 30_000 }: EndpointOptions, signal: AbortSignal): State {
  return {
    name: nameOf(url),
    verified: false,
    faults: 0,
    coolUntil: 0,
    last: undefined,
    post: (calls) => postJsonRpc(calls, { url, timeoutMs, signal }),
  };
}

/** Paths, queries and user parts often carry a key, and names end up in logs. */
function nameOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ConfigError(`not an HTTP URL of a JSON-RPC endpoint: ${url.slice(0, 12)}…`);
  }
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}
