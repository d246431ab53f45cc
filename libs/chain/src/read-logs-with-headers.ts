import type { RawLog } from './source.ts';
import type { RpcAnswers, RpcCall } from './post-json-rpc.ts';
import { headerCall, logsCall, resultOf } from './rpc-call.ts';
import { RpcFault } from './rpc-fault.ts';
import { readHeader, readLogs } from './wire.ts';
import type { Header, LogFilter, WireLog } from './wire.ts';

/** Logs that are known to be of the blocks whose headers come with them. */
export interface CheckedLogs {
  readonly logs: readonly RawLog[];
  /** Headers of every block with logs and of the last block asked for, ascending. */
  readonly headers: readonly Header[];
}

/** Which headers to fetch and hold against the logs. */
export type HeaderChecks = 'all' | 'last';

type Post = (calls: readonly RpcCall[]) => Promise<RpcAnswers>;

/** Tries before contradictions are laid to the endpoint instead of to a reorg between two answers. */
const TRIES = 3;

/**
 * Logs with the headers they belong to, from one endpoint. A reorg between the answers makes them contradict each
 * other: all are asked for again. The last block is asked for first, since a node that lacks it would leave out its
 * logs without a word.
 */
export async function readLogsWithHeaders(
  post: Post,
  filter: LogFilter,
  { chainId, checks }: { readonly chainId: number; readonly checks: HeaderChecks },
): Promise<CheckedLogs> {
  let contradiction = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [last] = (await post([headerCall(filter.to)])).map((answer) =>
      readHeader(resultOf(answer), filter.to),
    );
    if (last === undefined) throw new RpcFault('behind', `it does not have block ${filter.to}`);
    const logs = await askLogs(post, filter, chainId);
    if (checks === 'last') return withLast(logs, last);
    const blocks = [...new Set(logs.map((log) => log.block))].filter((block) => block !== filter.to);
    const answers = blocks.length === 0 ? [] : await post(blocks.map(headerCall));
    const headers = answers.map((answer, i) => readHeader(resultOf(answer), blocks[i] as number));
    const found = match(logs, [...headers, last]);
    if (typeof found !== 'string') return found;
    contradiction = found;
  }
  throw new RpcFault('lie', `${contradiction}, ${TRIES} times in a row`);
}

/** For logs whose blocks are final: a log without a time gets the last block's, so who stores what it says asks for its own. */
function withLast(logs: readonly WireLog[], last: Header): CheckedLogs {
  return { logs: logs.map((log) => ({ ...log, time: log.time ?? last.time })), headers: [last] };
}

async function askLogs(post: Post, filter: LogFilter, chainId: number): Promise<readonly WireLog[]> {
  if (filter.addresses.length === 0 || filter.topics.length === 0) return [];
  return readLogs(resultOf((await post([logsCall(filter)]))[0]), filter, chainId);
}

/** The logs with their blocks' times, or what contradicts what. */
function match(logs: readonly WireLog[], found: readonly (Header | undefined)[]): CheckedLogs | string {
  const headers = new Map<number, Header>();
  for (const header of found) {
    if (header === undefined) return 'a block with logs is gone';
    const parent = headers.get(header.number - 1);
    if (parent !== undefined && header.parentHash !== parent.hash)
      return `block ${header.number} is not on top of block ${parent.number}`;
    headers.set(header.number, header);
  }
  const timed: RawLog[] = [];
  for (const log of logs) {
    const header = headers.get(log.block);
    if (header === undefined || header.hash !== log.blockHash) {
      return `the logs of block ${log.block} carry the hash ${log.blockHash}, the block itself ${header?.hash}`;
    }
    if (log.time !== undefined && log.time !== header.time)
      return `the logs of block ${log.block} carry another time than the block`;
    timed.push({ ...log, time: header.time });
  }
  return { logs: timed, headers: [...headers.values()] };
}
