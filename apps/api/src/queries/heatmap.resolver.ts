import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { checkColumns, checkFalls } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import {
  dropOf,
  heatmapAnswer,
  reproductionAnswer,
  type HeatmapAnswer,
  type ReproductionAnswer,
} from '../sweep-answers.ts';
import { SweepCache } from '../sweep-cache.ts';

/** What is computed for every row and column. */
@Resolver()
export class HeatmapResolver {
  readonly #live: LiveBook;
  readonly #sweeps: SweepCache;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(SweepCache) sweeps: SweepCache) {
    this.#live = live;
    this.#sweeps = sweeps;
  }

  @Query('heatmap')
  async heatmap(
    @Args('moves') moves: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<HeatmapAnswer> {
    const checked = checkColumns(moves);
    return heatmapAnswer(await this.#live.at(block), checked, this.#sweeps);
  }

  @Query('reproduction')
  async reproduction(
    @Args('moves') moves: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<ReproductionAnswer> {
    const drops = checkFalls(moves).map(dropOf);
    const at = await this.#live.at(block);
    return reproductionAnswer(at, await this.#sweeps.reproduction(at.book, drops));
  }
}
