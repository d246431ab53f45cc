import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { EnginePool } from '@undertow/engine-pool';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFirst } from '../input.ts';
import { asInputLater } from '../scenario-input.ts';
import { pooledOf } from '../sweeps/run-sweep.ts';
import { SweepRuns } from '../sweeps/sweep-runs.ts';
import { tailAnswer, type TailAnswer } from '../sweeps/tail-answer.ts';
import { FACT_SOURCE } from '../tokens.ts';

/** Scenarios that are run again for one tail: each tells its whole story, which takes as long as a question. */
const MOST_IN_TAIL = 500;

interface TailArgs {
  readonly sweep: string;
  readonly level: number | null;
  readonly accounts: number | null;
}

/** Who, where, and because of whom, in the worst scenarios of a sweep. */
@Resolver()
export class SweepTailResolver {
  readonly #pool: EnginePool;
  readonly #runs: SweepRuns;
  readonly #source: FactSource;

  constructor(
    @Inject(EnginePool) pool: EnginePool,
    @Inject(SweepRuns) runs: SweepRuns,
    @Inject(FACT_SOURCE) source: FactSource,
  ) {
    [this.#pool, this.#runs, this.#source] = [pool, runs, source];
  }

  @Query('sweepTail')
  async sweepTail(
    @Args() { sweep: id, level, accounts }: TailArgs,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<TailAnswer> {
    const named = checkFirst(accounts);
    const sweep = await this.#runs.find(id);
    if (sweep.state !== 'done')
      throw inputError(`The sweep is ${sweep.state}: its worst scenarios are known once it is done.`);
    const { sweeps } = this.#source;
    const pooled = await asInputLater(pooledOf(sweep, { source: sweeps }));
    const chunks = await sweeps.chunks(id);
    const wanted = { chunks, level: level ?? 0.99, accounts: named, most: MOST_IN_TAIL };
    return tailAnswer(await asInputLater(this.#pool.tailMeasures(pooled, wanted, signal)));
  }
}
