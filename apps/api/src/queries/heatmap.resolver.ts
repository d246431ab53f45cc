import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { HeatmapCache, type HeatmapAnswer } from '../heatmap-cache.ts';
import { checkDrops } from '../input.ts';
import { LiveBook, type Head } from '../live-book.ts';

@Resolver()
export class HeatmapResolver {
  readonly #live: LiveBook;
  readonly #cache: HeatmapCache;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(HeatmapCache) cache: HeatmapCache) {
    this.#live = live;
    this.#cache = cache;
  }

  @Query('heatmap')
  async heatmap(
    @Args('drops') drops: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<HeatmapAnswer & { readonly head: Head }> {
    const checked = checkDrops(drops);
    const { book, head } = await this.#live.at(block);
    return { ...(await this.#cache.get(book, checked)), head };
  }
}
