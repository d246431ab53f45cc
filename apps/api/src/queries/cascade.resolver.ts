import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { simulate, type AccountLosses, type CascadeResult } from '@undertow/cascade';
import {
  checkFirst,
  checkShocks,
  checkVolatilityShock,
  type ResolvedShock,
  type ShockInput,
} from '../input.ts';
import { LiveBook, type Head } from '../live-book.ts';

type CascadeAnswer = Omit<CascadeResult, 'scenario'> & {
  readonly head: Head;
  readonly shocks: readonly ResolvedShock[];
  readonly volatilityShock: number;
};

@Resolver('Cascade')
export class CascadeResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('cascade')
  async cascade(
    @Args('shocks') inputs: readonly ShockInput[],
    @Args('volatilityShock') volatility: number | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<CascadeAnswer> {
    const volatilityShock = checkVolatilityShock(volatility);
    const { book, head } = await this.#live.at(block);
    const shocks = checkShocks(book, inputs);
    const byAsset = Object.fromEntries(shocks.map(({ asset, ratio }) => [asset, ratio]));
    return { ...simulate(book, { shocks: byAsset, volatilityShock }), head, shocks, volatilityShock };
  }

  @ResolveField('byAccount')
  byAccount(@Parent() cascade: CascadeAnswer, @Args('first') first: number | null): readonly AccountLosses[] {
    return cascade.byAccount.slice(0, checkFirst(first));
  }
}
