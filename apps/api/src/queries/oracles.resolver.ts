import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { oracleAnswer, type OracleAnswer } from '../oracle-answer.ts';
import { OracleReports } from '../oracle-reports.ts';

@Resolver()
export class OraclesResolver {
  readonly #reports: OracleReports;

  constructor(@Inject(OracleReports) reports: OracleReports) {
    this.#reports = reports;
  }

  @Query('oracles')
  async oracles(@Args('block') block: number | null | undefined): Promise<OracleAnswer> {
    const { at, report } = await this.#reports.at(block);
    return oracleAnswer(at, report);
  }
}
