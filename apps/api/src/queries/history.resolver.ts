import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { checkFirst } from '../input.ts';
import type { FactSource, SeenIncident, SeenLiquidation } from '../fact-source.ts';
import { LiveBook } from '../live-book.ts';
import { FACT_SOURCE } from '../tokens.ts';

@Resolver()
export class HistoryResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(LiveBook) live: LiveBook) {
    this.#source = source;
    this.#live = live;
  }

  @Query('liquidations')
  liquidations(@Args('first') first: number | null): Promise<readonly SeenLiquidation[]> {
    return this.#source.liquidations(checkFirst(first), this.#live.assets());
  }

  @Query('incidents')
  incidents(@Args('first') first: number | null): Promise<readonly SeenIncident[]> {
    return this.#source.incidents(checkFirst(first));
  }
}
