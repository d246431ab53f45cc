import { createHash } from 'node:crypto';
import type { Address, Hex } from '@undertow/market';
import { toQuantity } from '../wire.ts';

export interface FakeLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

interface FakeBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly timestamp: number;
  readonly logs: readonly FakeLog[];
}

/** A chain in memory that answers the methods this library asks; its hashes follow from its content. */
export class FakeChain {
  readonly chainId: number;
  blocks: FakeBlock[] = [];
  /** How full a block is; when absent the node does not say. */
  fullness: ((block: FakeBlock) => number) | undefined;

  constructor(chainId: number) {
    this.chainId = chainId;
    this.mine([]);
  }

  get head(): number {
    return this.blocks.length - 1;
  }

  mine(logs: readonly FakeLog[], fork = ''): void {
    const number = this.blocks.length;
    const parentHash = this.blocks.at(-1)?.hash ?? `0x${'0'.repeat(64)}`;
    const hash = `0x${createHash('sha256')
      .update(JSON.stringify([parentHash, number, logs, fork]))
      .digest('hex')}` as Hex;
    this.blocks.push({ number, hash, parentHash, timestamp: 1_700_000_000 + number, logs });
  }

  /** Drops the last `depth` blocks and mines as many others with the logs that `logsOf` gives. */
  reorg(depth: number, logsOf: (block: number) => readonly FakeLog[]): void {
    const from = this.blocks.length - depth;
    this.blocks.length = from;
    for (let block = from; block < from + depth; block++) this.mine(logsOf(block), `fork ${Math.random()}`);
  }

  answer(method: string, params: readonly unknown[]): unknown {
    if (method === 'eth_chainId') return toQuantity(this.chainId);
    if (method === 'eth_blockNumber') return toQuantity(this.head);
    if (method === 'eth_getBlockByNumber') return this.header(params[0] as string);
    if (method === 'eth_getLogs') return this.logs(params[0] as LogQuery);
    if (method === 'eth_call') return (params[0] as { data: Hex }).data;
    if (method === 'eth_feeHistory') return this.feeHistory(Number(params[0]), Number(params[1]));
    throw new Error(`method ${method} not supported`);
  }

  private feeHistory(count: number, last: number) {
    const { fullness } = this;
    if (fullness === undefined) return null;
    return { gasUsedRatio: this.blocks.slice(last + 1 - count, last + 1).map((block) => fullness(block)) };
  }

  private header(tag: string) {
    const block = this.blocks[tag.startsWith('0x') ? Number(tag) : this.head];
    if (block === undefined) return null;
    const { number, hash, parentHash, timestamp } = block;
    return { number: toQuantity(number), hash, parentHash, timestamp: toQuantity(timestamp) };
  }

  private logs({ fromBlock, toBlock, address, topics }: LogQuery) {
    return this.blocks.slice(Number(fromBlock), Number(toBlock) + 1).flatMap((block) =>
      block.logs
        .map((log, index) => ({
          ...log,
          blockNumber: toQuantity(block.number),
          blockHash: block.hash,
          logIndex: toQuantity(index),
          removed: false,
        }))
        .filter((log) => address.includes(log.address) && topics[0].includes(log.topics[0] as Hex)),
    );
  }
}

interface LogQuery {
  readonly fromBlock: Hex;
  readonly toBlock: Hex;
  readonly address: readonly Address[];
  readonly topics: readonly [readonly Hex[]];
}
