import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Coverage } from '@undertow/book';
import { oracleStakes, type OracleStakes } from '@undertow/lag';
import { capUpdateAnswer, type CapUpdateAnswer, type CapUpdateAsked } from '../cap-update-answer.ts';
import { LiveBook } from '../live-book.ts';
import { inputError } from '../errors.ts';
import { oracleAnswer, type OracleAnswer } from '../oracle-answer.ts';
import type { Head } from '../shown.ts';
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

  constructor(@Inject(OracleReports) reports: OracleReports, @Inject(LiveBook) live: LiveBook) {
    this.#reports = reports;
    this.#live = live;
  }

  @Query('oracles')
  async oracles(@Args('block') block: number | null | undefined): Promise<OracleAnswer> {
    const { at, report } = await this.#reports.at(block);
    return oracleAnswer(at, report);
  }

  @Query('oracleStakes')
  async oracleStakes(
    @Args() { block, gasUsd }: { readonly block?: number | null; readonly gasUsd: number },
  ): Promise<StakesAnswer> {
    if (!(gasUsd >= 0)) throw inputError(`gasUsd is ${gasUsd}; it must be 0 or more.`);
    const { book, head } = await this.#live.look((at) => ({ book: at.book, head: at.head }), block);
    return { head, bookHash: book.hash, coverage: book.coverage, ...oracleStakes(book, gasUsd) };
  }

  @Query('capUpdate')
  capUpdate(
    @Args() { block, ...asked }: CapUpdateAsked & { readonly block?: number | null },
  ): Promise<CapUpdateAnswer> {
    return this.#live.look((at) => capUpdateAnswer(at, asked), block);
  }
}
