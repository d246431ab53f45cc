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
  type ReportQuestion,
} from '@undertow/report';
import { isSample } from '@undertow/sweep';
import { UsageError } from '../explain-error.ts';
import type { BookSource } from '../book-source.ts';
import { print, printReadable } from '../print.ts';
import { checkPolicies, scenarioOf, type ScenarioOptions } from '../simulate/scenario-of.ts';
import { openTablesOrBook, type OpenedTables } from '../simulate/open-tables-or-book.ts';
import { stopSignal } from '../stop-signal.ts';
import { planOf, type PlanOptions } from '../sweep/plan-of.ts';
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
  const opened = await openTablesOrBook(options);
  const scenario: Scenario = scenarioOf(opened.book, options, opened.quotes);
  await report({ kind: 'scenario', scenario }, { opened, options, running });
}

/** The scenarios of a plan as a report. */
export async function runSweepReport(
  options: ReportOptions & PlanOptions & { readonly engine?: EngineKind },
  running?: Running,
): Promise<void> {
  const plan = await planOf(options);
  const opened = await openTablesOrBook(options);
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
}

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
  const opened = await openTablesOrBook(options);
  const asked = proposalAsked({
    plan,
    tolerance: { most: tolerance },
    ...(confidence !== undefined && { confidence }),
    ...(behaviour !== undefined && { behaviour }),
  });
  const question = { kind: 'proposal', asked, venues: venue ?? null, parameters: parameter ?? null } as const;
  await report(question, { opened, options, running });
}

/** The state of risk as a report. */
export async function runStateReport(options: ReportOptions, running?: Running): Promise<void> {
  const opened = await openTablesOrBook(options);
  await report({ kind: 'state', moves: STATE_MOVES, drops: STATE_DROPS }, { opened, options, running });
}

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
