import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { capUpdateAnswer, type CapUpdateAnswer, type CapUpdateAsked } from '../cap-update-answer.ts';
import { LiveBook } from '../live-book.ts';
import { oracleAnswer, type OracleAnswer } from '../oracle-answer.ts';
import { OracleReports } from '../oracle-reports.ts';

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

  @Query('capUpdate')
  capUpdate(
    @Args() { block, ...asked }: CapUpdateAsked & { readonly block?: number | null },
  ): Promise<CapUpdateAnswer> {
    return this.#live.look((at) => capUpdateAnswer(at, asked), block);
  }
}
