import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { cascadeAnswer, type CascadeAnswer } from '../cascade-answer.ts';
import { checkFirst } from '../input.ts';
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

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(MarketReferences) references: MarketReferences) {
    this.#live = live;
    this.#references = references;
  }

  @Query('cascade')
  async cascade(@Args() { overrides, block, ...input }: CascadeArguments): Promise<CascadeAnswer> {
    checkScenario(input);
    const { book, head } = await this.#live.at(block);
    return cascadeAnswer({
      ...{ book, head },
      scenario: await landing(scenarioOf(book, input), { book, head }, this.#references),
      overrides: overridesOf(book, overrides),
    });
  }

  @ResolveField('byAccount')
  byAccount(
    @Parent() { byAccount }: CascadeAnswer,
    @Args('first') first: number | null,
  ): CascadeAnswer['byAccount'] {
    return byAccount.slice(0, checkFirst(first));
  }
}
