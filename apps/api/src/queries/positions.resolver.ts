import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { accountSummary } from '@undertow/book';
import { accountAnswer, type AccountAnswer } from '../account-answer.ts';
import { assetFinder } from '../asset-answer.ts';
import { inputError } from '../errors.ts';
import { checkAfter, checkFirst, checkHealth } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { marketSummaries, type MarketSummary } from '../market-summaries.ts';
import { rankAccounts, type AccountOrder } from '../rank-accounts.ts';

@Resolver()
export class PositionsResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('accounts')
  async accounts(
    @Args('first') first: number | null,
    @Args('after') after: number | null,
    @Args('venue') venue: string | null | undefined,
    @Args('orderBy') orderBy: AccountOrder | null,
    @Args('maxHealthFactor') maxHealthFactor: number | null | undefined,
    @Args('block') block?: number | null,
  ): Promise<{ readonly head: Head; readonly total: number; readonly items: readonly AccountAnswer[] }> {
    const start = checkAfter(after ?? 0);
    const end = start + checkFirst(first);
    const { book, head } = await this.#live.at(block);
    const known = book.venues.map(({ id }) => id);
    if (typeof venue === 'string' && !known.includes(venue))
      throw inputError(
        `Venue ${JSON.stringify(venue.slice(0, 60))} is not watched. Known: ${known.join(', ')}.`,
      );
    const ranked = rankAccounts(book, orderBy ?? 'health', {
      venue: venue ?? undefined,
      maxHealthFactor: checkHealth(maxHealthFactor),
    });
    const find = assetFinder(book.assets);
    return {
      head,
      total: ranked.length,
      items: ranked.slice(start, end).map((totals) => accountAnswer(find, accountSummary(book, totals))),
    };
  }

  @Query('markets')
  async markets(@Args('block') block: number | null | undefined): Promise<readonly MarketSummary[]> {
    const { book } = await this.#live.at(block);
    return marketSummaries(book);
  }
}
