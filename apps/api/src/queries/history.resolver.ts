import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { checkFirst } from '../input.ts';
import type { FactSource, SeenIncident, SeenLiquidation } from '../fact-source.ts';
import { FACT_SOURCE } from '../tokens.ts';

@Resolver()
export class HistoryResolver {
  readonly #source: FactSource;

  constructor(@Inject(FACT_SOURCE) source: FactSource) {
    this.#source = source;
  }

  @Query('liquidations')
  liquidations(@Args('first') first: number | null): Promise<readonly SeenLiquidation[]> {
    return this.#source.liquidations(checkFirst(first));
  }

  @Query('incidents')
  incidents(@Args('first') first: number | null): Promise<readonly SeenIncident[]> {
    return this.#source.incidents(checkFirst(first));
  }
}
