import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Judgement, type MarketFrontier } from '@undertow/advice';
import { EnginePool, frontierOf, judge, sharedBook, sharedQuestion } from '@undertow/engine-pool';
import {
  adviceAnswer,
  adviceRunAnswer,
  type AdviceAnswer,
  type AdviceRunAnswer,
} from '../advice/advice-answer.ts';
import { adviceQuestion, type AdviceArgs } from '../advice/advice-question.ts';
import { AdviceRuns } from '../advice/advice-runs.ts';
import { askedRun } from '../advice/asked-run.ts';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFirst } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { asInputLater, overridesOf } from '../scenario-input.ts';
import { FACT_SOURCE } from '../tokens.ts';

interface AdvicesArgs {
  readonly venue: string | null | undefined;
  readonly market: string | null | undefined;
  readonly parameter: string | null | undefined;
  readonly history: number | null;
  readonly first: number | null;
}

/** Bonuses that one answer has a line for. */
const MOST_BONUSES = 200;

/** Advised parameters: computed, kept, and what somebody types judged. */
@Resolver()
export class AdviceResolver {
  readonly #live: LiveBook;
  readonly #runs: AdviceRuns;
  readonly #pool: EnginePool;
  readonly #source: FactSource;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(AdviceRuns) runs: AdviceRuns,
    @Inject(EnginePool) pool: EnginePool,
    @Inject(FACT_SOURCE) source: FactSource,
  ) {
    this.#live = live;
    this.#runs = runs;
    this.#pool = pool;
    this.#source = source;
  }

  /** The newest advices of each parameter, each beside the one before it. */
  @Query('advices')
  async advices(@Args() { venue, market, parameter, history, first }: AdvicesArgs): Promise<AdviceAnswer[]> {
    const each = checkFirst(history);
    const found = await this.#source.advice.advices({
      venue: venue ?? undefined,
      market: market ?? undefined,
      parameter: parameter ?? undefined,
      each: each + 1,
      most: checkFirst(first) * (each + 1),
    });
    const answers = found.map((one, at) => {
      const answer = adviceAnswer(one);
      const next = found[at + 1];
      const isOfSame = next && sameParameter(answer, adviceAnswer(next));
      return isOfSame ? adviceAnswer(one, next) : answer;
    });
    const seen = new Map<string, number>();
    return answers.filter(({ parameter: { venue: of, market: on, kind } }) => {
      const key = JSON.stringify([of, on, kind]);
      const many = (seen.get(key) ?? 0) + 1;
      seen.set(key, many);
      return many <= each;
    });
  }

  @Query('adviceRun')
  async adviceRun(@Args('id') id: string): Promise<AdviceRunAnswer> {
    return adviceRunAnswer(await this.#runs.find(id), undefined);
  }

  @Query('adviceRuns')
  async adviceRuns(@Args('first') first: number | null): Promise<AdviceRunAnswer[]> {
    return (await this.#runs.list(checkFirst(first))).map((run) => adviceRunAnswer(run, undefined));
  }

  @Mutation('startAdvice')
  async startAdvice(@Args() args: AdviceArgs): Promise<AdviceRunAnswer> {
    const at = await this.#live.at(args.block);
    const run = await this.#runs.start(at, await askedRun(this.#source, at, { ...args, isScheduled: false }));
    return adviceRunAnswer(run, at.head.time);
  }

  @Mutation('cancelAdvice')
  async cancelAdvice(@Args('id') id: string): Promise<AdviceRunAnswer> {
    return adviceRunAnswer(await this.#runs.cancel(id), undefined);
  }

  /** What a change that somebody types comes to. */
  @Query('judgement')
  async judgement(
    @Args() { overrides: texts, ...args }: AdviceArgs & { readonly overrides: readonly string[] },
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<Judgement> {
    if (texts.length === 0) throw inputError('overrides is empty: name at least one change of terms.');
    const at = await this.#live.at(args.block);
    const question = sharedQuestion(await adviceQuestion(this.#source, at, args));
    const overrides = overridesOf(at.book, texts);
    const of = { book: await sharedBook(at.book), question, block: at.head.block };
    return asInputLater(judge(this.#pool, of, { overrides, signal }));
  }

  /** Where liquidations of a market turn toxic, to draw. */
  @Query('toxicityFrontier')
  async toxicityFrontier(
    @Args('venue') venue: string,
    @Args('market') market: string,
    @Args('bonuses') bonuses: readonly number[] | null,
    @Args('block') block: number | null | undefined,
  ): Promise<MarketFrontier | undefined> {
    if (bonuses && (bonuses.length > MOST_BONUSES || bonuses.some((bonus) => !(bonus >= 0 && bonus <= 1))))
      throw inputError(`bonuses must be at most ${MOST_BONUSES} ratios from 0 to 1.`);
    const { book, head } = await this.#live.at(block);
    const found = book.markets.find(
      (one) => book.venues[one.venue]!.id === venue && (one.id === market || one.label === market),
    );
    if (!found) throw inputError(`${venue} has no market ${JSON.stringify(market.slice(0, 80))}.`);
    const asked = {
      plan: undefined,
      confidence: 0.99,
      tolerance: { most: { kind: 'usd', usd: 0 } },
    } as const;
    const of = { book: await sharedBook(book), question: sharedQuestion({ asked }), block: head.block };
    const parameter = { kind: 'liquidationThreshold', venue, market: found.id } as const;
    return asInputLater(frontierOf(this.#pool, of, { parameter, ...(bonuses && { bonuses }) }));
  }
}

const sameParameter = (a: AdviceAnswer, b: AdviceAnswer): boolean =>
  a.parameter.kind === b.parameter.kind &&
  a.parameter.venue === b.parameter.venue &&
  a.parameter.market === b.parameter.market;
