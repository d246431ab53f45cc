import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { Coverage } from '@undertow/book';
import { EnginePool } from '@undertow/engine-pool';
import type { OracleStakes } from '@undertow/lag';
import { capUpdateAnswer, type CapUpdateAnswer, type CapUpdateAsked } from '../cap-update-answer.ts';
import { EngineRuns } from '../engine-runs.ts';
import { LiveBook } from '../live-book.ts';
import { inputError } from '../errors.ts';
import { oracleAnswer, type OracleAnswer } from '../oracle-answer.ts';
import type { Head } from '../shown.ts';
import { MarketReferences } from '../market-references.ts';
import { OracleReports } from '../oracle-reports.ts';

/** What hangs on oracles, as the schema has it. */
interface StakesAnswer extends OracleStakes {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
}

@Resolver()
export class OraclesResolver {
  readonly #reports: OracleReports;
  readonly #live: LiveBook;
  readonly #references: MarketReferences;

  readonly #pool: EnginePool;

  constructor(
    @Inject(OracleReports) reports: OracleReports,
    @Inject(LiveBook) live: LiveBook,
    @Inject(MarketReferences) references: MarketReferences,
    @Inject(EnginePool) pool: EnginePool,
  ) {
    this.#reports = reports;
    this.#live = live;
    this.#references = references;
    this.#pool = pool;
  }

  @Query('oracles')
  async oracles(@Args('block') block: number | null | undefined): Promise<OracleAnswer> {
    const { at, report } = await this.#reports.at(block);
    return oracleAnswer(at, report);
  }

  @Query('oracleStakes')
  async oracleStakes(
    @Args() { block, gasUsd }: { readonly block?: number | null; readonly gasUsd: number },
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<StakesAnswer> {
    if (!(gasUsd >= 0)) throw inputError(`gasUsd is ${gasUsd}; it must be 0 or more.`);
    const at = await this.#live.at(block);
    const { book, head } = at;
    const { markets } = await this.#references.at({ book, head });
    const stakes = await new EngineRuns(this.#pool, signal).stakes(at, { gasUsd, markets });
    return { head, bookHash: book.hash, coverage: book.coverage, ...stakes };
  }

  @Query('capUpdate')
  capUpdate(
    @Args() { block, ...asked }: CapUpdateAsked & { readonly block?: number | null },
  ): Promise<CapUpdateAnswer> {
    return this.#live.look((at) => capUpdateAnswer(at, asked), block);
  }
}
