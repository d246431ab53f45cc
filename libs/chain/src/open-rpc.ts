import type { Hex } from '@undertow/market';
import { openEndpoints } from './endpoints.ts';
import type { EndpointOptions } from './endpoints.ts';
import { postAll } from './post-all.ts';
import type { RpcAnswer } from './post-json-rpc.ts';
import { readLogsWithHeaders } from './read-logs-with-headers.ts';
import type { CheckedLogs, HeaderChecks } from './read-logs-with-headers.ts';
import { headerCall, logsCall, resultOf } from './rpc-call.ts';
import type { BlockTag } from './rpc-call.ts';
import { RpcFault } from './rpc-fault.ts';
import type { CallReader } from './source.ts';
import { readData, readHeader, readLogs, toQuantity } from './wire.ts';
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

function callResult(answer: RpcAnswer): Hex | undefined {
  if (answer instanceof RpcFault && answer.kind === 'reverted') return undefined;
  return readData(resultOf(answer), 'the result of a call');
}
