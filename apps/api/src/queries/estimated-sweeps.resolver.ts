import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { readPlan } from '@undertow/sweep';
import { assetFinder } from '../asset-answer.ts';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { LiveBook } from '../live-book.ts';
import { asInput, asInputLater } from '../scenario-input.ts';
import { estimatedPlan, type EstimatedOf } from '../sweeps/estimated-plan.ts';
import { storedPrices } from '../sweeps/stored-prices.ts';
import { sweepAnswer, type SweepAnswer } from '../sweeps/sweep-answer.ts';
import { SweepRuns } from '../sweeps/sweep-runs.ts';
import { FACT_SOURCE } from '../tokens.ts';

interface EstimatedArgs extends EstimatedOf {
  readonly shared: unknown;
  readonly block: number | null | undefined;
}

/** More than so many factors are a mistake: their prices are read one after another. */
const MOST_FACTORS = 50;

/** Sweeps whose plans are estimated from stored prices. */
@Resolver()
export class EstimatedSweepsResolver {
  readonly #live: LiveBook;
  readonly #runs: SweepRuns;
  readonly #source: FactSource;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(SweepRuns) runs: SweepRuns,
    @Inject(FACT_SOURCE) source: FactSource,
  ) {
    [this.#live, this.#runs, this.#source] = [live, runs, source];
  }

  @Mutation('startEstimatedSweep')
  async startEstimatedSweep(@Args() asked: EstimatedArgs): Promise<SweepAnswer> {
    const { factors, stepSeconds, block, shared } = asked;
    if (factors.length === 0 || factors.length > MOST_FACTORS)
      throw inputError(`factors has ${factors.length} names; it must have 1 to ${MOST_FACTORS}.`);
    const at = await this.#live.at(block);
    const store = { series: this.#source.series, reference: await this.#source.reference() };
    // The block's own second counts.
    const wanted = { factors, stepSeconds, to: at.head.time + 1 };
    const { rows, sources } = await asInputLater(storedPrices(store, wanted));
    const plan = asInput(() =>
      readPlan({ ...estimatedPlan(rows, asked), ...sharedOf(shared), priceSources: sources }),
    );
    return sweepAnswer(await this.#runs.start(at, plan), assetFinder(this.#live.assets()));
  }
}

/** What all scenarios have in common; the plan's own checks say what is wrong with it. */
function sharedOf(shared: unknown): object {
  if (shared === undefined || shared === null) return {};
  if (typeof shared !== 'object' || Array.isArray(shared))
    throw inputError('shared must be an object, such as {"depthFactor": 0.5}.');
  const known = ['policies', 'depthFactor', 'volatilityMove', 'maxRounds'];
  const other = Object.keys(shared).find((name) => !known.includes(name));
  if (other !== undefined) throw inputError(`shared has ${other}; it may have ${known.join(', ')}.`);
  return shared;
}
