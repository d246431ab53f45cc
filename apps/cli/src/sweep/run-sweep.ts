import type { Book } from '@undertow/book';
import { openEngine, type EngineKind } from '@undertow/cascade';
import { sharedBook, sharedPlan } from '@undertow/engine-pool';
import {
  equilibria,
  isSample,
  openPlan,
  planCoverage,
  readPlan,
  summary,
  sweepKey,
  sweepShape,
  SweepTable,
  tailMeasures,
  type SweepSummary,
} from '@undertow/sweep';
import type { BookSource } from '../book-source.ts';
import { asUsage, asUsageLater, UsageError } from '../explain-error.ts';
import { refuseUnwritable, writeWhole } from '../import/write-whole.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { heightText } from '../height-text.ts';
import { openTablesOrBook } from '../simulate/open-tables-or-book.ts';
import { INTERRUPTED, stopSignal } from '../stop-signal.ts';
import { terminalWidth } from '../terminal-width.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { planOf, type PlanOptions } from './plan-of.ts';
import { runChunks } from './run-chunks.ts';
import { readSweepFile, sweepJson, type SweepFile } from './sweep-file.ts';
import type { Sweep } from './sweep.ts';
import { sweepProgress } from './sweep-progress.ts';
import { summaryJson, type SummedSweep } from './summary-json.ts';
import { summaryText } from './summary-text.ts';
import { tailText, type Tail } from './tail-text.ts';

export interface SweepOptions extends BookSource, PlanOptions {
  readonly engine?: EngineKind;
  /** Default: one for each core. */
  readonly threads?: number;
  /** Where the results go. */
  readonly out?: string;
  /** A file of `--out` that is not whole. */
  readonly resume?: string;
  /** Level beyond which scenarios are run again for what is behind them. */
  readonly tail?: number;
  readonly json?: boolean;
  /** As of `simulate`. */
  readonly tables?: readonly string[];
}

/**
 * Runs a sweep and prints what came of it. When it is stopped, or a scenario fails, what is done is kept in the file of `--out`; when it
 * is stopped, that is summed up all the same.
 */
export async function runSweep(
  options: SweepOptions,
  { signal, pool: given }: Running = { signal: stopSignal() },
): Promise<void> {
  const out = options.out ?? options.resume;
  if (out !== undefined) refuseUnwritable(out);
  const sweep = await openSweep(options);
  await withThreads({ threads: options.threads, pool: given }, async (pool) => {
    try {
      await runMissing(sweep, { pool, signal });
    } catch (error) {
      if (sweep.table.done > 0) keep(sweep, out);
      throw error;
    }
    const { table } = sweep;
    const summed = keep(sweep, out);
    if (summed)
      await tell({ ...sweep, summed, coverage: planCoverage(sweep.opened, sweep.book) }, options, {
        pool,
        signal,
      });
    if (table.isComplete) return;
    process.stderr.write(stoppedText(sweep, options));
    process.exitCode = INTERRUPTED;
  });
}

async function runMissing(
  { book, plan, engine, table }: Sweep,
  { pool, signal }: Required<Running>,
): Promise<void> {
  const progress = sweepProgress(process.stderr, { startedMs: performance.now(), what: 'scenarios' });
  const sweep = { book: await sharedBook(book), plan: sharedPlan(plan), engine };
  const told = (done: number, all: number) => progress.tell(done, all, performance.now());
  try {
    await asUsageLater(() => runChunks({ pool, sweep, table, signal, told }));
  } finally {
    progress.end();
  }
}

/** Sums up what is done, and keeps it where it is to be kept. */
function keep(sweep: Sweep, out: string | undefined): SweepSummary | undefined {
  const summed = sweep.table.done > 0 ? summary(sweep.table, sweep.plan) : undefined;
  if (out !== undefined) writeWhole(out, jsonPieces(sweepJson(fileOf(sweep), summed)));
  return summed;
}

async function tell(
  told: SummedSweep,
  { json, tail: level }: SweepOptions,
  running: Required<Running>,
): Promise<void> {
  const width = terminalWidth();
  if (!json) await printReadable(summaryText(told, width));
  const tail = level === undefined || !told.table.isComplete ? undefined : await tailOf(told, level, running);
  if (json) return printPieces(jsonPieces({ ...summaryJson(told), ...(tail && { tail }) }));
  if (tail) await printReadable(`\n${tailText(told.book, tail, width)}`);
}

/** Runs the worst scenarios again by the engine that tells everything; undefined when that was stopped. */
async function tailOf(
  { book, opened, table, engine, summed }: SummedSweep,
  level: number,
  { pool, signal }: Required<Running>,
): Promise<Tail | undefined> {
  const progress = sweepProgress(process.stderr, {
    startedMs: performance.now(),
    what: 'scenarios of the tail',
  });
  const shared = { book: await sharedBook(book) };
  try {
    const measures = await tailMeasures(
      { book, opened, table, run: (scenarios) => pool.tailScenarios(shared, scenarios, signal) },
      { level, told: (done, all) => progress.tell(done, all, performance.now()) },
    );
    const [worst] = summed.worst;
    return {
      measures,
      worst: worst && equilibria(openEngine(book, { kind: engine }), opened.scenario(worst.index)),
    };
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write('Stopped before the tail was run: the sweep itself is whole.\n');
    process.exitCode = INTERRUPTED;
    return undefined;
  } finally {
    progress.end();
  }
}

async function openSweep(options: SweepOptions): Promise<Sweep> {
  const { resume } = options;
  const before = resume === undefined ? undefined : resumed(options, resume);
  // Read once more, so that its fields stand in the order in which a file that is gone on with has them.
  const given = before ? undefined : await planOf(options);
  const plan = before?.plan ?? asUsage(() => readPlan(given));
  if (options.tail !== undefined && !isSample(plan))
    throw new UsageError(
      'A grid is no sample, and has no tail: leave out --tail, or give prices or a plan that draws.',
    );
  const { book } = await openTablesOrBook(options);
  if (before && before.bookHash !== book.hash)
    throw new UsageError(
      `${resume} is a sweep of another book (${heightText(before)}, hash ${before.bookHash.slice(0, 8)}…): name that one with --book, --block or its tables.`,
    );
  const engine = before?.engine ?? options.engine ?? 'fast';
  const opened = asUsage(() => openPlan(plan, book));
  const key = sweepKey({ plan, book, engine });
  const table = new SweepTable(sweepShape(book, { key, count: opened.count }));
  for (const chunk of before?.chunks ?? [])
    asUsage(() => table.putChunk(chunk), `${resume} cannot be gone on with: `);
  return { book, plan, opened, engine, table };
}

function resumed(options: SweepOptions, path: string): SweepFile {
  const { plan, grid, prices, engine } = options;
  if (plan !== undefined || grid !== undefined || prices !== undefined || engine !== undefined)
    throw new UsageError(
      '--resume goes on with the plan and the engine of its file: leave out --plan, --grid, --prices and --engine.',
    );
  return readSweepFile(path);
}

const fileOf = ({ book, plan, engine, table }: Sweep): SweepFile => ({
  engine,
  bookHash: book.hash,
  chainId: book.chainId,
  block: book.block,
  plan,
  chunks: table.present().map((range) => table.chunk(range)),
});

function stoppedText({ table, book }: Sweep, options: SweepOptions): string {
  const { done, shape } = table;
  const numbers = `Stopped after ${done.toLocaleString('en-US')} of ${shape.count.toLocaleString('en-US')} scenarios.`;
  const out = options.out ?? options.resume;
  if (out === undefined) return `${numbers} Nothing is kept: with --out <file> it could be gone on with.\n`;
  return `${numbers} Go on with: undertow sweep ${sourceText(book, options)} --resume ${out}\n`;
}

/** How the book of a sweep is named once more; that of a database by its block, as there will be newer ones. */
function sourceText({ block, chainId }: Book, { tables = [], book, chain }: SweepOptions): string {
  const indexed = chain === undefined ? `--block ${block}` : `--block ${block} --chain ${chainId}`;
  return [
    ...tables,
    book === undefined ? '' : `--book ${book}`,
    tables.length === 0 && book === undefined ? indexed : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
}
