import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { cascadeAnswer, type CascadeAnswer } from '../cascade-answer.ts';
import { EngineRuns } from '../engine-runs.ts';
import { checkFirst } from '../input.ts';
import { EnginePool } from '@undertow/engine-pool';
import { LiveBook } from '../live-book.ts';
import { MarketReferences } from '../market-references.ts';
import { checkScenario, overridesOf, scenarioOf, type ScenarioInput } from '../scenario-input.ts';
import { landing } from '../landing.ts';

interface CascadeArguments extends ScenarioInput {
  readonly overrides?: readonly string[] | null;
  readonly block?: number | null;
}

@Resolver('Cascade')
export class CascadeResolver {
  readonly #live: LiveBook;
  readonly #references: MarketReferences;
  readonly #pool: EnginePool;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(MarketReferences) references: MarketReferences,
    @Inject(EnginePool) pool: EnginePool,
  ) {
    this.#live = live;
    this.#references = references;
    this.#pool = pool;
  }

  @Query('cascade')
  async cascade(
    @Args() { overrides, block, ...input }: CascadeArguments,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<CascadeAnswer> {
    checkScenario(input);
    const { book, head } = await this.#live.at(block);
    const asked = {
      ...{ book, head },
      scenario: await landing(scenarioOf(book, input), { book, head }, this.#references),
      overrides: overridesOf(book, overrides),
    };
    return cascadeAnswer(asked, await new EngineRuns(this.#pool, signal).cascade(asked));
  }

  @ResolveField('byAccount')
  byAccount(
    @Parent() { byAccount }: CascadeAnswer,
    @Args('first') first: number | null,
  ): CascadeAnswer['byAccount'] {
    return byAccount.slice(0, checkFirst(first));
  }
}
