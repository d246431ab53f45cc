import { setImmediate } from 'node:timers/promises';
import type { Book } from '@undertow/book';
import type { EngineKind } from '@undertow/cascade';
import { sharedBook, sharedPlan, type EnginePool } from '@undertow/engine-pool';
import {
  advicesOf,
  incidentReport,
  proposalReport,
  scenarioReport,
  stateReport,
  sweepReport,
  TAIL_LEVEL,
  type MadeOf,
  type ProposalQuestion,
  type ReportContent,
  type ReportQuestion,
  type SweptBook,
} from '@undertow/report';
import {
  isSample,
  openPlan,
  readPlan,
  sweepKey,
  sweepShape,
  SweepTable,
  tailMeasures,
} from '@undertow/sweep';
import { asUsage, asUsageLater } from '../explain-error.ts';
import { runChunks } from '../sweep/run-chunks.ts';
import { sweepProgress } from '../sweep/sweep-progress.ts';

/** What a sweep of a report runs on. */
export interface SweepRunning {
  readonly pool: EnginePool;
  readonly signal: AbortSignal;
}

/** A report was stopped before it was whole. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * The report that a question asks for: made new, or made again to verify another.
 *
 * @throws UsageError for what the book lacks; StoppedError when a sweep was stopped.
 */
export async function makeReport(
  question: ReportQuestion,
  made: MadeOf,
  running: SweepRunning,
): Promise<ReportContent> {
  switch (question.kind) {
    case 'scenario':
      return asUsage(() => scenarioReport(made, question.scenario));
    case 'state': {
      const of = { book: await sharedBook(made.book) };
      const ran = await running.pool.stateRuns(of, question, { signal: running.signal });
      return asUsage(() => stateReport(made, question, ran));
    }
    case 'incident':
      return asUsage(() => incidentReport(made, question));
    case 'proposal':
      return proposal(question, made, running);
    case 'sweep': {
      const swept = await sweptBook(made.book, question, running);
      return asUsage(() => sweepReport(made, swept));
    }
  }
}

async function proposal(
  asked: ProposalQuestion,
  made: MadeOf,
  { signal }: SweepRunning,
): Promise<ReportContent> {
  const question = { ...asked, asked: { ...asked.asked, plan: asUsage(() => readPlan(asked.asked.plan)) } };
  const progress = sweepProgress(process.stderr, { startedMs: performance.now(), what: 'parameters' });
  const steps = advicesOf(made.book, question);
  try {
    for (;;) {
      const step = asUsage(() => steps.next());
      if (step.done) return proposalReport(made, question, step.value);
      progress.tell(step.value.done, step.value.all, performance.now());
      // So that Ctrl-C is heard.
      await setImmediate();
      if (signal.aborted)
        throw new StoppedError(
          'Stopped before all parameters were advised: there is no report of a part of them.',
        );
    }
  } finally {
    progress.end();
  }
}

async function sweptBook(
  book: Book,
  asked: { readonly plan: unknown; readonly engine: EngineKind },
  { pool, signal }: SweepRunning,
): Promise<SweptBook> {
  const { engine } = asked;
  const plan = asUsage(() => readPlan(asked.plan));
  const opened = asUsage(() => openPlan(plan, book));
  const table = new SweepTable(
    sweepShape(book, { key: sweepKey({ plan, book, engine }), count: opened.count }),
  );
  const shared = { book: await sharedBook(book), plan: sharedPlan(plan), engine };
  const progress = sweepProgress(process.stderr, { startedMs: performance.now(), what: 'scenarios' });
  const told = (done: number, all: number) => progress.tell(done, all, performance.now());
  try {
    await asUsageLater(() => runChunks({ pool, sweep: shared, table, signal, told }));
  } finally {
    progress.end();
  }
  if (!table.isComplete)
    throw new StoppedError('Stopped before the sweep was whole: there is no report of a part of it.');
  const run: Parameters<typeof tailMeasures>[0]['run'] = (scenarios) =>
    pool.tailScenarios({ book: shared.book }, scenarios, signal);
  const tail = isSample(plan)
    ? await tailMeasures({ book, opened, table, run }, { level: TAIL_LEVEL })
    : undefined;
  return { plan, opened, engine, table, tail };
}
