import { join } from 'node:path';
import type { EngineKind, Scenario } from '@undertow/cascade';
import type { ParameterKind } from '@undertow/advice';
import {
  bundleOf,
  proposalAsked,
  STATE_DROPS,
  STATE_MOVES,
  TAIL_LEVEL,
  type ProposalAsked,
  type ProposalHistory,
  type ReportQuestion,
} from '@undertow/report';
import { isSample, type PriceRow } from '@undertow/sweep';
import { limitsOf } from '../advise/limits-of.ts';
import { UsageError } from '../explain-error.ts';
import type { BookSource } from '../book-source.ts';
import { print, printReadable } from '../print.ts';
import { checkPolicies, scenarioOf, type ScenarioOptions } from '../simulate/scenario-of.ts';
import { openTablesOrBook, type OpenedTables } from '../simulate/open-tables-or-book.ts';
import { stopSignal } from '../stop-signal.ts';
import { DAY, HOUR, planAndPricesOf, planOf, type PlanOptions } from '../sweep/plan-of.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { makeReport } from './make-report.ts';
import { thisMaker } from './maker.ts';
import { printPdf } from './print-pdf.ts';
import { signBundle } from './signing.ts';
import { PAGE_FILE, PDF_FILE, POST_FILE, REPORT_FILE, writeReport } from './write-report.ts';

/** What every report is asked for with. */
export interface ReportOptions extends BookSource {
  /** Folder of its files. */
  readonly out: string;
  /** A file with a key, or `true`: the key in the environment. */
  readonly sign?: string | true;
  readonly pdf?: boolean;
  /** Default: one for each core. */
  readonly threads?: number;
  readonly tables?: readonly string[];
}

/** One cascade as a report. */
export async function runScenarioReport(
  options: ReportOptions & ScenarioOptions,
  running?: Running,
): Promise<void> {
  checkPolicies(options);
  const opened = await openReported(options);
  const scenario: Scenario = scenarioOf(opened.book, options, opened.quotes);
  await report({ kind: 'scenario', scenario }, { opened, options, running });
}

/** The scenarios of a plan as a report. */
export async function runSweepReport(
  options: ReportOptions & PlanOptions & { readonly engine?: EngineKind },
  running?: Running,
): Promise<void> {
  const plan = await planOf(options);
  const opened = await openReported(options);
  const engine = options.engine ?? 'fast';
  await report({ kind: 'sweep', plan, engine, tailLevel: TAIL_LEVEL }, { opened, options, running });
}

/** What parameters are advised by, in the words of the command line. */
export interface ProposalOptions extends PlanOptions {
  /** USD, or a share of the market's debt. */
  readonly tolerance: ProposalAsked['tolerance']['most'];
  readonly confidence?: number;
  readonly behaviour?: ProposalAsked['behaviour'];
  readonly venue?: readonly string[];
  readonly parameter?: readonly ParameterKind[];
  /** A preset or a file. */
  readonly limits?: string;
  /** Unix seconds. */
  readonly start?: number;
  readonly backtest?: boolean;
  readonly disclosure?: string;
  readonly licence?: string;
}

/** What stands in a proposal where its author says nothing: plainly that, and the licence that such posts usually have. */
export const DEFAULT_DISCLOSURE =
  'The author of this proposal has disclosed nothing: who they are, who pays them, and what they hold is not said.';
export const DEFAULT_LICENCE = 'Copyright and related rights waived via CC0 1.0.';
/** Prices that a bundle may bring: four years of hours of five assets. */
const MOST_PRICES = 200_000;

/** Parameters that would hold, as a report for a vote. */
export async function runProposalReport(
  options: ReportOptions & ProposalOptions,
  running?: Running,
): Promise<void> {
  const { tolerance, confidence, behaviour, venue, parameter } = options;
  const plan = await planOf(options);
  if (!isSample(plan))
    throw new UsageError(
      'A grid is no sample, and says nothing of how much is lost how often: give --prices, or a --plan that draws.',
    );
  const opened = await openReported(options);
  const asked = proposalAsked({
    plan,
    tolerance: { most: tolerance },
    ...(confidence !== undefined && { confidence }),
    ...(behaviour !== undefined && { behaviour }),
  });
  const { limits, start, disclosure = DEFAULT_DISCLOSURE, licence = DEFAULT_LICENCE } = options;
  if (start !== undefined && limits === undefined)
    throw new UsageError('--start is when a steward begins: give --limits too, or leave it out.');
  const question: ReportQuestion = {
    ...{ kind: 'proposal', asked, venues: venue ?? null, parameters: parameter ?? null },
    ...(limits !== undefined && { limits: limitsOf(limits) }),
    ...(start !== undefined && { start }),
    ...(options.backtest && { history: historyOf((await planAndPricesOf(options))?.rows ?? [], options) }),
    words: { disclosure, licence: licence === 'none' ? '' : licence },
  };
  await report(question, { opened, options, running });
}

/** Prices by symbol, for a bundle. */
function historyOf(rows: readonly PriceRow[], { step = HOUR, horizon = DAY }: PlanOptions): ProposalHistory {
  if (rows.length === 0)
    throw new UsageError(
      '--backtest goes over prices of the past: give --prices, not --plan, or leave it out.',
    );
  if (rows.length > MOST_PRICES)
    throw new UsageError(
      `A proposal brings the prices that it is backtested over, at most ${MOST_PRICES}, but these are ${rows.length}: give fewer, such as one a day.`,
    );
  const bySymbol = [...Map.groupBy(rows, ({ symbol }) => symbol)];
  return {
    ...{ stepSeconds: step, horizonSeconds: horizon },
    prices: bySymbol.map(([symbol, own]) => ({
      symbol,
      times: own.map(({ time }) => time),
      prices: own.map(({ price }) => price),
    })),
  };
}

/** The state of risk as a report. */
export async function runStateReport(options: ReportOptions, running?: Running): Promise<void> {
  const opened = await openReported(options);
  await report({ kind: 'state', moves: STATE_MOVES, drops: STATE_DROPS }, { opened, options, running });
}

/** The book of a report: as of the block that it names. */
const openReported = (options: ReportOptions) => openTablesOrBook({ ...options, atLastChange: true });

/** Makes a report, writes it into its folder and says what it comes to. */
export async function report(
  question: ReportQuestion,
  {
    opened: { book, blockHash },
    options,
    running: { signal, pool: given } = { signal: stopSignal() },
  }: {
    readonly opened: Pick<OpenedTables, 'book' | 'blockHash'>;
    readonly options: ReportOptions;
    readonly running: Running | undefined;
  },
): Promise<void> {
  const { out, sign, pdf, threads } = options;
  const made = { book, blockHash: blockHash ?? null, ...thisMaker() };
  const content = await withThreads({ threads, pool: given }, (pool) =>
    makeReport(question, made, { pool, signal }),
  );
  const unsigned = bundleOf(content);
  const bundle = sign === undefined ? unsigned : await signBundle(unsigned, sign);
  writeReport(bundle, book, out);
  await printReadable(`${content.subject}\n${content.summary.join('\n')}\n`);
  const signers = bundle.signatures.map(({ signer }) => `signed by ${signer}\n`).join('');
  await print(`id ${bundle.id}\n${signers}`);
  const files = [REPORT_FILE, PAGE_FILE, POST_FILE].join(', ');
  process.stderr.write(`Wrote ${files} and what belongs to them into ${out}\n`);
  if (pdf) await printPdf(join(out, PAGE_FILE), join(out, PDF_FILE));
}
