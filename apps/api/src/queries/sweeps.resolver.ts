import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { StoredSweep } from '@undertow/store';
import { readPlan } from '@undertow/sweep';
import { assetFinder } from '../asset-answer.ts';
import { checkFirst } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { asInput } from '../scenario-input.ts';
import { sweepAnswer, type SweepAnswer } from '../sweeps/sweep-answer.ts';
import { SweepRuns } from '../sweeps/sweep-runs.ts';

/** Many scenarios on one book: begun, watched, ended and gone on with. */
@Resolver()
export class SweepsResolver {
  readonly #live: LiveBook;
  readonly #runs: SweepRuns;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(SweepRuns) runs: SweepRuns) {
    this.#live = live;
    this.#runs = runs;
  }

  @Query('sweep')
  async sweep(@Args('id') id: string): Promise<SweepAnswer> {
    return this.#answer(await this.#runs.find(id));
  }

  @Query('sweeps')
  async sweeps(@Args('first') first: number | null): Promise<SweepAnswer[]> {
    return (await this.#runs.list(checkFirst(first))).map((sweep) => this.#answer(sweep));
  }

  @Mutation('startSweep')
  async startSweep(
    @Args('plan') plan: unknown,
    @Args('block') block: number | null | undefined,
  ): Promise<SweepAnswer> {
    const checked = asInput(() => readPlan(plan));
    return this.#answer(await this.#runs.start(await this.#live.at(block), checked));
  }

  @Mutation('cancelSweep')
  async cancelSweep(@Args('id') id: string): Promise<SweepAnswer> {
    return this.#answer(await this.#runs.cancel(id));
  }

  @Mutation('resumeSweep')
  async resumeSweep(@Args('id') id: string): Promise<SweepAnswer> {
    return this.#answer(await this.#runs.resume(id));
  }

  @Subscription('sweepProgress')
  async *sweepProgress(@Args('id') id: string): AsyncGenerator<{ sweepProgress: SweepAnswer }> {
    for await (const sweep of this.#runs.watch(id)) yield { sweepProgress: this.#answer(sweep) };
  }

  #answer(sweep: StoredSweep): SweepAnswer {
    return sweepAnswer(sweep, assetFinder(this.#live.assets()));
  }
}
