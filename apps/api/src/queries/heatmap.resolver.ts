import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { EnginePool } from '@undertow/engine-pool';
import { EngineRuns } from '../engine-runs.ts';
import { checkColumns, checkFalls } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import {
  dropOf,
  heatmapAnswer,
  reproductionAnswer,
  type HeatmapAnswer,
  type ReproductionAnswer,
} from '../sweep-answers.ts';

/** What is computed for every row and column. */
@Resolver()
export class HeatmapResolver {
  readonly #live: LiveBook;
  readonly #pool: EnginePool;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(EnginePool) pool: EnginePool) {
    this.#live = live;
    this.#pool = pool;
  }

  @Query('heatmap')
  async heatmap(
    @Args('moves') moves: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<HeatmapAnswer> {
    const checked = checkColumns(moves);
    const at = await this.#live.at(block);
    return heatmapAnswer(at, checked, new EngineRuns(this.#pool, signal).cellsOf(at));
  }

  @Query('reproduction')
  async reproduction(
    @Args('moves') moves: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<ReproductionAnswer> {
    const drops = checkFalls(moves).map(dropOf);
    const at = await this.#live.at(block);
    const rows = await new EngineRuns(this.#pool, signal).reproduction(at, drops);
    return reproductionAnswer(at, drops, rows);
  }
}
