import type { Hex } from '@undertow/market';
import { ConfigError } from '@undertow/units';
import { openEndpoints } from './endpoints.ts';
import type { Endpoint, EndpointOptions, Endpoints } from './endpoints.ts';
import { postAll } from './post-all.ts';
import type { RpcAnswer } from './post-json-rpc.ts';
import { readLogsWithHeaders } from './read-logs-with-headers.ts';
import type { CheckedLogs, HeaderChecks } from './read-logs-with-headers.ts';
import { fullnessCall, headerCall, logsCall, resultOf } from './rpc-call.ts';
import type { BlockTag } from './rpc-call.ts';
import { RpcFault } from './rpc-fault.ts';
import type { CallReader } from './source.ts';
import { readData, readFullness, readHeader, readLogs, toQuantity } from './wire.ts';
import type { Header, LogFilter, WireLog } from './wire.ts';

export interface RpcOptions extends EndpointOptions {
  /** Calls in one request. Halved for an endpoint that refuses batches of that size. Default 100. */
  readonly batchSize?: number;
}

/** Checked answers of one chain, whichever endpoint gives them. */
export interface Rpc extends CallReader {
  readonly chainId: number;
  /** Result of one method as sent, unchecked. For what the other functions do not cover. */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /** `undefined` when no endpoint has the block. */
  getBlock(block: BlockTag): Promise<Header | undefined>;
  /** As `getBlock`, in the order of the numbers, all from one endpoint. */
  getBlocks(blocks: readonly number[]): Promise<readonly (Header | undefined)[]>;
  /** Whether an endpoint keeps the state of a block that all have, so that calls can be made at it. */
  hasState(block: number): Promise<boolean>;
  /** How full the blocks `from..to` are: shares of their gas limits. A hint; undefined when an endpoint does not say. */
  getFullness(from: number, to: number): Promise<readonly number[] | undefined>;
  /** Logs of a range as the node tells them. */
  getLogs(filter: LogFilter): Promise<readonly WireLog[]>;
  /**
   * Logs of a range with the headers of their blocks and of the last block, all of one and the same fork. With `last`
   * only that header: for final blocks, when the times of the logs do not matter.
   */
  getCheckedLogs(filter: LogFilter, checks?: HeaderChecks): Promise<CheckedLogs>;
  /** Ends what is under way, which then fails with the reason. */
  close(reason?: Error): void;
}

/**
 * Opens endpoints of one chain. Throws `ConfigError` when one of them serves another chain, `RetryableError` when
 * none answers; both say which endpoint, what was wrong and what to do.
 */
export async function openRpc(options: RpcOptions): Promise<Rpc> {
  const { chainId, batchSize = 100 } = options;
  const endpoints = await openEndpoints(options);

  const getBlocks = (blocks: readonly BlockTag[]) =>
    endpoints.ask(
      `block ${blocks.length === 1 ? blocks[0] : `${blocks[0]}..${blocks.at(-1)}`}`,
      async (endpoint) => {
        const answers = await postAll(endpoint, blocks.map(headerCall), batchSize);
        return answers.map((answer, i) => readHeader(resultOf(answer), blocks[i] as BlockTag));
      },
    );

  return {
    chainId,
    request: (method, params) =>
      endpoints.ask(method, async (endpoint) => resultOf((await endpoint.post([{ method, params }]))[0])),
    async getBlock(block) {
      return (await getBlocks([block]))[0];
    },
    getBlocks: (blocks) => (blocks.length === 0 ? Promise.resolve([]) : getBlocks(blocks)),
    hasState: (block) => hasState(endpoints, block, options.urls.length),
    getFullness: (from, to) =>
      endpoints.ask(`how full blocks ${from}..${to} are`, (endpoint) => readFullnessOf(endpoint, from, to)),
    getLogs: (filter) =>
      endpoints.ask(`logs of ${filter.from}..${filter.to}`, async (endpoint) =>
        readLogs(resultOf((await endpoint.post([logsCall(filter)]))[0]), filter, chainId),
      ),
    getCheckedLogs: (filter, checks = 'all') =>
      endpoints.ask(`logs of ${filter.from}..${filter.to}`, (endpoint) =>
        readLogsWithHeaders((calls) => postAll(endpoint, calls, batchSize), filter, { chainId, checks }),
      ),
    calls: (calls, block) => {
      const at = block === 'latest' ? block : toQuantity(block);
      return endpoints.ask(`${calls.length} calls at block ${block}`, async (endpoint) => {
        const answers = await postAll(
          endpoint,
          calls.map((call) => ({ method: 'eth_call', params: [call, at] })),
          batchSize,
        );
        return answers.map(callResult);
      });
    },
    close: (reason) => endpoints.close(reason),
  };
}

const NOBODY = '0x0000000000000000000000000000000000000000';

/** Asks every endpoint that there is before it says no. */
async function hasState(endpoints: Endpoints, block: number, count: number): Promise<boolean> {
  let without = 0;
  const call = { method: 'eth_call', params: [{ to: NOBODY, data: '0x' }, toQuantity(block)] };
  try {
    return await endpoints.ask(`a call at block ${block}`, async (endpoint) => {
      try {
        callResult((await endpoint.post([call]))[0]!);
        return true;
      } catch (error) {
        if (!(error instanceof RpcFault) || !(await isGone(endpoint, block, error))) throw error;
        if (++without === count) return false;
        throw new RpcFault('archive', error.message, { cause: error });
      }
    });
  } catch (error) {
    if (without > 0 && error instanceof ConfigError) return false;
    throw error;
  }
}

/** Some nodes say of a block whose state they have dropped that they do not have it, like those that are behind: these lack it whole. */
async function isGone(endpoint: Endpoint, block: number, { kind }: RpcFault): Promise<boolean> {
  if (kind !== 'behind') return kind === 'archive';
  const [answer] = await endpoint.post([headerCall(block)]);
  return readHeader(resultOf(answer), block) !== undefined;
}

/** Blocks that nodes tell of in one answer: 1,024 at most. */
const FULLNESS_BLOCKS = 1_000;

async function readFullnessOf(endpoint: Endpoint, from: number, to: number) {
  const spans: { readonly last: number; readonly count: number }[] = [];
  for (let first = from; first <= to; first += FULLNESS_BLOCKS) {
    const last = Math.min(first + FULLNESS_BLOCKS - 1, to);
    spans.push({ last, count: last - first + 1 });
  }
  try {
    const answers = await postAll(
      endpoint,
      spans.map(({ last, count }) => fullnessCall(last, count)),
      spans.length,
    );
    const shares = answers.map((answer, i) => readFullness(resultOf(answer), spans[i]!.count));
    return shares.every((some) => some !== undefined) ? shares.flat() : undefined;
  } catch (error) {
    // Only a hint: whoever wants it goes on without.
    if (error instanceof RpcFault) return undefined;
    throw error;
  }
}

function callResult(answer: RpcAnswer): Hex | undefined {
  if (answer instanceof RpcFault && answer.kind === 'reverted') return undefined;
  return readData(resultOf(answer), 'the result of a call');
}
