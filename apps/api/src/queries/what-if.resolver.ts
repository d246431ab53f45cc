import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { whatIfAnswer, type WhatIfAnswer } from '../cascade-answer.ts';
import { EngineRuns } from '../engine-runs.ts';
import { inputError } from '../errors.ts';
import { checkFirst } from '../input.ts';
import { EnginePool } from '@undertow/engine-pool';
import { LiveBook } from '../live-book.ts';
import { MarketReferences } from '../market-references.ts';
import { checkScenario, overridesOf, scenarioOf, type ScenarioInput } from '../scenario-input.ts';
import { landing } from '../landing.ts';

interface WhatIfArguments extends ScenarioInput {
  readonly overrides: readonly string[];
  readonly block?: number | null;
}

@Resolver('WhatIf')
export class WhatIfResolver {
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

  @Query('whatIf')
  async whatIf(
    @Args() { overrides, block, ...input }: WhatIfArguments,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<WhatIfAnswer> {
    if (overrides.length === 0)
      throw inputError('overrides is empty: name at least one change of terms, or ask for a cascade.');
    checkScenario(input);
    const { book, head } = await this.#live.at(block);
    const asked = {
      ...{ book, head },
      scenario: await landing(scenarioOf(book, input), { book, head }, this.#references),
      overrides: overridesOf(book, overrides),
    };
    return whatIfAnswer(asked, await new EngineRuns(this.#pool, signal).whatIf(asked));
  }

  @ResolveField('madeDue')
  madeDue(@Parent() { madeDue }: WhatIfAnswer, @Args('first') first: number | null): WhatIfAnswer['madeDue'] {
    return madeDue.slice(0, checkFirst(first));
  }
}
