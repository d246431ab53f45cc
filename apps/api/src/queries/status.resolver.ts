import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Coverage } from '@undertow/book';
import type { ApiConfig } from '../config.ts';
import { Freshness } from '../freshness.ts';
import { checkSpread } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { FACT_SOURCE, NETWORK } from '../tokens.ts';
import type { FactSource } from '../fact-source.ts';

interface StatusAnswer {
  readonly head: Head | null;
  readonly network: string;
  readonly explorer: string | undefined;
  readonly finalityDepth: number;
  readonly trusted: boolean;
  readonly reason: string | undefined;
  readonly facts: bigint;
  readonly coverage: Coverage;
  readonly bookHash: string | undefined;
}

interface BlockName {
  readonly block: number;
  readonly hash: string;
  readonly time: number;
  readonly isFinal: boolean;
}

interface BlocksAnswer {
  readonly oldest: BlockName | undefined;
  readonly newest: BlockName | undefined;
  readonly nodes: readonly BlockName[];
}

const NOTHING_COVERED: Coverage = { accounts: 0, modelledDebtUsd: 0, knownDebtUsd: 0, share: 1, gaps: [] };

@Resolver()
export class StatusResolver {
  readonly #live: LiveBook;
  readonly #source: FactSource;
  readonly #network: ApiConfig['network'];
  readonly #freshness: Freshness;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(FACT_SOURCE) source: FactSource,
    @Inject(NETWORK) network: ApiConfig['network'],
    @Inject(Freshness) freshness: Freshness,
  ) {
    this.#live = live;
    this.#source = source;
    this.#network = network;
    this.#freshness = freshness;
  }

  @Query('blocks')
  async blocks(
    @Args()
    {
      from,
      to,
      first,
    }: {
      readonly from?: number | null;
      readonly to?: number | null;
      readonly first: number | null;
    },
  ): Promise<BlocksAnswer> {
    const most = checkSpread(first);
    const newest = await this.#live.head();
    if (newest === undefined) return { oldest: undefined, newest: undefined, nodes: [] };
    const named = ({ block, hash, time }: Omit<BlockName, 'isFinal'>): BlockName => ({
      ...{ block, hash, time },
      isFinal: block <= newest.block - this.#network.finalityDepth,
    });
    const upTo = Math.min(to ?? newest.block, newest.block);
    const [[oldest], nodes] = await Promise.all([
      this.#source.blocksBetween({ from: undefined, to: newest.block, most: 2 }),
      this.#source.blocksBetween({ from: from ?? undefined, to: upTo, most }),
    ]);
    return { oldest: oldest && named(oldest), newest: named(newest), nodes: nodes.map(named) };
  }

  @Query('status')
  async status(): Promise<StatusAnswer> {
    const stored = await this.#source.stored();
    const isTrue = stored?.trusted ?? true;
    const head = (await this.#live.head()) ?? null;
    const stale = this.#freshness.problem(stored?.time);
    const book = isTrue && head ? (await this.#live.at()).book : undefined;
    return {
      head,
      network: this.#network.name,
      explorer: this.#network.explorer,
      finalityDepth: this.#network.finalityDepth,
      trusted: isTrue && stale === undefined,
      reason: isTrue ? stale : stored?.reason,
      facts: stored?.facts ?? 0n,
      coverage: book?.coverage ?? NOTHING_COVERED,
      bookHash: book?.hash,
    };
  }
}
