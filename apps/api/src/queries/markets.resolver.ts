import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { LiveBook } from '../live-book.ts';
import { marketSummaries, type MarketSummary } from '../market-summaries.ts';
import type { AtHead } from '../shown.ts';

@Resolver()
export class MarketsResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('markets')
  async markets(@Args('block') block: number | null | undefined): Promise<AtHead<MarketSummary>> {
    const { book, head } = await this.#live.at(block);
    return { head, bookHash: book.hash, nodes: marketSummaries(book) };
  }
}
