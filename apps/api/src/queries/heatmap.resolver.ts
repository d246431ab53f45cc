import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Coverage } from '@undertow/book';
import type { AssetReproduction } from '@undertow/cascade';
import { checkColumns, checkReproductionDrops } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { SweepCache, type NamedRow } from '../sweep-cache.ts';

interface HeatmapAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly moves: readonly number[];
  readonly rows: readonly NamedRow[];
  readonly coverage: Coverage;
}

interface ReproductionAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly drops: readonly number[];
  readonly lines: readonly AssetReproduction[];
  readonly coverage: Coverage;
}

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
    const { book, head } = await this.#live.at(block);
    const { columns, ...answer } = await this.#sweeps.heatmap(book, checked);
    return { ...answer, moves: columns, head };
  }

  @Query('reproduction')
  async reproduction(
    @Args('drops') drops: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<ReproductionAnswer> {
    const checked = checkReproductionDrops(drops);
    const { book, head } = await this.#live.at(block);
    const { rows: lines, columns, ...answer } = await this.#sweeps.reproduction(book, checked);
    return { ...answer, drops: columns, lines, head };
  }
}
