import type { Address, Hex } from '@undertow/market';
import type { RawLog } from './source.ts';
import { RpcFault } from './rpc-fault.ts';

/** What names a block and ties it to the one before. */
export interface Header {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds. */
  readonly time: number;
}

/** A log before its block's time is known. `time` is there when the node sent it. */
export type WireLog = Omit<RawLog, 'time'> & { readonly time: number | undefined };

/** Which logs are asked for: all of these addresses, and any of these first topics. Both bounds are included. */
export interface LogFilter {
  readonly from: number;
  readonly to: number;
  readonly addresses: readonly Address[];
  readonly topics: readonly Hex[];
}

const QUANTITY = /^0x(0|[1-9a-f][0-9a-f]{0,13})$/i;
const HASH = /^0x[0-9a-f]{64}$/i;
const ADDRESS = /^0x[0-9a-f]{40}$/i;
const DATA = /^0x(?:[0-9a-f]{2})*$/i;

export function toQuantity(value: number): Hex {
  return `0x${value.toString(16)}`;
}

export function readQuantity(value: unknown, name: string): number {
  if (typeof value !== 'string' || !QUANTITY.test(value)) throw lie(`${name} is not a quantity`, value);
  return Number(value);
}

export function readData(value: unknown, name: string): Hex {
  if (typeof value !== 'string' || !DATA.test(value)) throw lie(`${name} is not hexadecimal data`, value);
  return value.toLowerCase() as Hex;
}

function readHash(value: unknown, name: string): Hex {
  if (typeof value !== 'string' || !HASH.test(value)) throw lie(`${name} is not a 32-byte hash`, value);
  return value.toLowerCase() as Hex;
}

/** A header as sent, or `undefined` for `null`: the node has no such block. */
export function readHeader(value: unknown, asked: number | string): Header | undefined {
  if (value === null) return undefined;
  const header = object(value, 'the block');
  const number = readQuantity(header['number'], 'the block number');
  if (typeof asked === 'number' && number !== asked) {
    throw lie(`block ${asked} was asked for`, `block ${number}`);
  }
  return {
    number,
    hash: readHash(header['hash'], `the hash of block ${number}`),
    parentHash: readHash(header['parentHash'], `the parent hash of block ${number}`),
    time: readQuantity(header['timestamp'], `the timestamp of block ${number}`),
  };
}

/** The shares of their gas limits that `count` blocks used; undefined when the answer is not that. */
export function readFullness(value: unknown, count: number): readonly number[] | undefined {
  const shares: unknown = (value as { gasUsedRatio?: unknown } | null)?.gasUsedRatio;
  if (!Array.isArray(shares) || shares.length !== count) return undefined;
  return shares.every((share) => typeof share === 'number' && share >= 0) ? shares : undefined;
}

/** The logs of an answer, each of which was asked for, in strictly ascending order. */
export function readLogs(value: unknown, filter: LogFilter, chainId: number): readonly WireLog[] {
  if (!Array.isArray(value)) throw lie('the logs are not a list', value);
  const addresses = new Set(filter.addresses);
  const topics = new Set(filter.topics);
  let block = -1;
  let logIndex = -1;
  return value.map((item: unknown) => {
    const log = readLog(item, chainId);
    const name = `log ${log.logIndex} of block ${log.block}`;
    if (log.block < filter.from || log.block > filter.to)
      throw lie(`${name} is outside ${filter.from}..${filter.to}`);
    if (!addresses.has(log.address))
      throw lie(`${name} is of a contract that was not asked for`, log.address);
    if (!topics.has(log.topics[0] as Hex))
      throw lie(`${name} has a first topic that was not asked for`, log.topics[0]);
    if (log.block < block || (log.block === block && log.logIndex <= logIndex)) {
      throw lie(`${name} comes twice or out of order`);
    }
    block = log.block;
    logIndex = log.logIndex;
    return log;
  });
}

function readLog(value: unknown, chainId: number): WireLog {
  const log = object(value, 'a log');
  const { address, topics } = log;
  if (log['removed'] === true) throw lie('a log is marked as removed');
  if (typeof address !== 'string' || !ADDRESS.test(address)) throw lie('a log has no address', address);
  if (!Array.isArray(topics) || topics.length > 4) throw lie('a log has no list of topics', topics);
  return {
    chainId,
    address: address.toLowerCase() as Address,
    topics: topics.map((topic) => readHash(topic, 'a topic')),
    data: readData(log['data'], 'the data of a log'),
    block: readQuantity(log['blockNumber'], 'the block number of a log'),
    blockHash: readHash(log['blockHash'], 'the block hash of a log'),
    logIndex: readQuantity(log['logIndex'], 'the index of a log'),
    ...(typeof log['transactionHash'] === 'string' && {
      transaction: readHash(log['transactionHash'], 'the transaction hash of a log'),
    }),
    time:
      typeof log['blockTimestamp'] === 'string'
        ? readQuantity(log['blockTimestamp'], 'a timestamp')
        : undefined,
  };
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw lie(`${name} is not an object`, value);
  return value as Record<string, unknown>;
}

function lie(what: string, found?: unknown): RpcFault {
  if (found === undefined) return new RpcFault('lie', what);
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing');
  return new RpcFault('lie', `${what}: ${text.slice(0, 80)}`);
}
