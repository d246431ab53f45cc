import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Coverage } from '@undertow/book';
import type { AssetReproduction, HeatmapRow } from '@undertow/cascade';
import { checkDrops, checkReproductionDrops } from '../input.ts';
import { LiveBook, type Head } from '../live-book.ts';
import { SweepCache, type SweepAnswer } from '../sweep-cache.ts';

interface ReproductionAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly drops: readonly number[];
  readonly lines: readonly AssetReproduction[];
  readonly coverage: Coverage;
}

/** What is computed for every asset and drop. */
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
    @Args('drops') drops: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<SweepAnswer<HeatmapRow> & { readonly head: Head }> {
    const checked = checkDrops(drops);
    const { book, head } = await this.#live.at(block);
    return { ...(await this.#sweeps.heatmap(book, checked)), head };
  }

  @Query('reproduction')
  async reproduction(
    @Args('drops') drops: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<ReproductionAnswer> {
    const checked = checkReproductionDrops(drops);
    const { book, head } = await this.#live.at(block);
    const { rows: lines, ...answer } = await this.#sweeps.reproduction(book, checked);
    return { ...answer, lines, head };
  }
}
