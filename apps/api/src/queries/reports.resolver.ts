import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { comparisonSentences, type Comparison, type ReportKind } from '@undertow/report';
import { connectionOf, type Connection } from '../connection/connection.ts';
import { writeCursor, type PagedQuestion } from '../connection/cursor.ts';
import { placesOf } from '../connection/open-page.ts';
import { pageLength } from '../connection/page-length.ts';
import { reportNotFoundError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFirst } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { MarketReferences } from '../market-references.ts';
import {
  reportAnswer,
  reportRunAnswer,
  type ReportAnswer,
  type ReportRunAnswer,
} from '../reports/report-answer.ts';
import { ReportForms } from '../reports/report-forms.ts';
import type { ReportSource } from '../reports/report-source.ts';
import { asInputLater } from '../scenario-input.ts';
import { reportQuestion, type ReportInput } from '../reports/report-question.ts';
import { reportedBook } from '../reports/reported-book.ts';
import { ReportRuns } from '../reports/report-runs.ts';
import { FACT_SOURCE } from '../tokens.ts';

interface ReportsArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly where?: {
    readonly kind?: ReportKind | null;
    readonly venue?: string | null;
    readonly text?: string | null;
    readonly scheduled?: boolean | null;
  } | null;
}

/** What changed between two reports as the schema has it. */
interface ComparisonAnswer {
  readonly comparison: Comparison;
  readonly sentences: readonly string[];
  readonly path: string;
}

/** A report and its book as they are kept. @throws GraphQLError where there is none. */
async function packed(reports: ReportSource, id: string) {
  const [bundle, book] = await Promise.all([reports.bundle(id), reports.book(id)]);
  if (!bundle) throw reportNotFoundError(id);
  return { bundle: bundle.gzip, book: book?.gzip };
}

/** Reports: made, found, and ended while they are made. Their files are at /r/<id>. */
@Resolver()
export class ReportsResolver {
  readonly #live: LiveBook;
  readonly #runs: ReportRuns;
  readonly #source: FactSource;
  readonly #references: MarketReferences;
  readonly #forms: ReportForms;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(ReportRuns) runs: ReportRuns,
    @Inject(FACT_SOURCE) source: FactSource,
    @Inject(MarketReferences) references: MarketReferences,
    @Inject(ReportForms) forms: ReportForms,
  ) {
    this.#live = live;
    this.#runs = runs;
    this.#source = source;
    this.#references = references;
    this.#forms = forms;
  }

  @Mutation('startReport')
  async startReport(
    @Args('kind') kind: ReportKind,
    @Args('input') input: ReportInput | null | undefined,
    @Args('block') block: number | null | undefined,
  ): Promise<ReportRunAnswer> {
    const at = await reportedBook(this.#live, block);
    const parts = { source: this.#source, references: this.#references };
    const question = await reportQuestion(parts, at, { kind, input: input ?? {} });
    return this.#answer(await this.#runs.start(at, { question }));
  }

  @Mutation('cancelReport')
  async cancelReport(@Args('id') id: string): Promise<ReportRunAnswer> {
    return this.#answer(await this.#runs.cancel(id));
  }

  @Query('reportRun')
  async reportRun(@Args('id') id: string): Promise<ReportRunAnswer> {
    return this.#answer(await this.#runs.find(id));
  }

  @Query('reportRuns')
  async reportRuns(@Args('first') first: number | null): Promise<ReportRunAnswer[]> {
    return (await this.#runs.list(checkFirst(first))).map((run) => this.#answer(run));
  }

  @Query('report')
  async report(@Args('id') id: string): Promise<ReportAnswer> {
    const [found] = await this.#source.reports.list({ id, most: 1 });
    if (!found) throw reportNotFoundError(id);
    return reportAnswer(this.#source, found);
  }

  @Query('reports')
  async reports(@Args() { where, ...asked }: ReportsArgs): Promise<Connection<ReportAnswer>> {
    const { most, isFromEnd } = pageLength(asked);
    const question: PagedQuestion = { of: 'reports', where };
    const { after, before } = placesOf(question, asked);
    const wanted = {
      kind: where?.kind ?? undefined,
      venue: where?.venue ?? undefined,
      text: where?.text ?? undefined,
      isScheduled: where?.scheduled ?? undefined,
    };
    const found = await this.#source.reports.list({
      ...wanted,
      ...{ after: after?.[0], before: before?.[0], most: most + 1, isFromEnd },
    });
    return connectionOf({
      ...{ most, isFromEnd, items: found.map((one) => reportAnswer(this.#source, one)) },
      ...{ isAfter: after !== undefined, isBefore: before !== undefined },
      cursorOf: (_, index) => writeCursor(question, { block: 0, hash: '', place: [found[index]!.number] }),
      totalCount: () => this.#source.reports.count(wanted),
    });
  }

  /** What changed from one report to another: as its page has it. */
  @Query('compareReports')
  async compareReports(@Args('a') a: string, @Args('b') b: string): Promise<ComparisonAnswer> {
    const { reports } = this.#source;
    const [before, after] = await Promise.all([packed(reports, a), packed(reports, b)]);
    const work = { kind: 'comparison', file: 'comparison.json', before, after } as const;
    const form = await asInputLater(
      this.#forms.form({ key: JSON.stringify([a, b, 'comparison.json']), work }),
    );
    const comparison = JSON.parse(String(form!.body)) as Comparison;
    return { comparison, sentences: comparisonSentences(comparison), path: `/r/${a}/against/${b}` };
  }

  #answer(run: Parameters<typeof reportRunAnswer>[1]): ReportRunAnswer {
    return reportRunAnswer(this.#source, run);
  }
}
