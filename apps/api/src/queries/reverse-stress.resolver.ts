import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { EnginePool, type PooledSweep } from '@undertow/engine-pool';
import { EngineRuns } from '../engine-runs.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFalls, DEFAULT_WHOLE_FALLS } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { asInputLater } from '../scenario-input.ts';
import { dropOf } from '../sweep-answers.ts';
import {
  stressAnswer,
  wholeReproductionAnswer,
  type StressAnswer,
  type WholeReproductionAnswer,
} from '../sweeps/stress-answer.ts';
import { pooledOf } from '../sweeps/run-sweep.ts';
import { SweepRuns } from '../sweeps/sweep-runs.ts';
import { FACT_SOURCE } from '../tokens.ts';

interface StressArgs {
  readonly sweep: string;
  readonly lossUsd: number;
  readonly venue: string | null | undefined;
}

/** What it takes to lose so much, and how strongly falls feed themselves. */
@Resolver()
export class ReverseStressResolver {
  readonly #live: LiveBook;
  readonly #pool: EnginePool;
  readonly #runs: SweepRuns;
  readonly #source: FactSource;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(EnginePool) pool: EnginePool,
    @Inject(SweepRuns) runs: SweepRuns,
    @Inject(FACT_SOURCE) source: FactSource,
  ) {
    [this.#live, this.#pool, this.#runs, this.#source] = [live, pool, runs, source];
  }

  @Query('reverseStress')
  async reverseStress(
    @Args() { sweep: id, lossUsd, venue }: StressArgs,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<StressAnswer> {
    const pooled = await this.#pooled(id);
    const item = { lossUsd, venue: venue ?? undefined };
    return stressAnswer(await asInputLater(this.#pool.reverseStress(pooled, item, signal)));
  }

  @Query('reverseStressByVenue')
  async reverseStressByVenue(
    @Args('sweep') id: string,
    @Args('lossUsd') lossUsd: number,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<StressAnswer[]> {
    const pooled = await this.#pooled(id);
    return (await asInputLater(this.#pool.reverseStressByVenue(pooled, lossUsd, signal))).map(stressAnswer);
  }

  @Query('wholeReproduction')
  async wholeReproduction(
    @Args('moves') moves: readonly number[] | null | undefined,
    @Args('block') block: number | null | undefined,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<WholeReproductionAnswer> {
    const drops = checkFalls(moves ?? DEFAULT_WHOLE_FALLS).map(dropOf);
    const at = await this.#live.at(block);
    return wholeReproductionAnswer(at, await new EngineRuns(this.#pool, signal).wholeReproduction(at, drops));
  }

  async #pooled(id: string): Promise<PooledSweep> {
    const sweep = await this.#runs.find(id);
    return asInputLater(pooledOf(sweep, { source: this.#source.sweeps }));
  }
}
