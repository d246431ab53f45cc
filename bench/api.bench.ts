// How long questions of the API's pool wait while a sweep runs on all of its threads, and whether the event loop, which answers
// everybody, stays free meanwhile. Beside it in the same run: the same cascade on the event loop, as it would be without threads.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { availableParallelism } from 'node:os';
import { assetsAtRisk, simulate, type CellName, type Scenario } from '@undertow/cascade';
import { EnginePool, sharedBook, sharedPlan } from '@undertow/engine-pool';
import { parseOverride, type Book } from '@undertow/book';
import type { Plan } from '@undertow/sweep';
import { syntheticBook } from './cascade/synthetic-book.ts';
import './end-with-parent.ts';
import { median, report, type Row } from './report.ts';

const ACCOUNTS = (process.env['ACCOUNTS'] ?? '10000,100000').split(',').map(Number);
const QUESTIONS = Number(process.env['QUESTIONS'] ?? 40);
const THREADS = Number(process.env['THREADS'] ?? availableParallelism());

const row = (measure: string, unit: string, ours: number, more: Partial<Row> = {}): Row => ({
  ...{ measure, unit, ours, limit: '–', peerName: '', peer: null, ratio: null },
  ...more,
});

const quantile = (values: readonly number[], level: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * level))]!;

async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Falls of one reference, as good as alike, none of which is asked for twice. */
const fall = (i: number): Scenario => ({
  moves: [{ kind: 'reference', symbol: 'WETH', move: -0.2 - i / 1e6 }],
});

/** What-ifs one after the other, milliseconds each: the cascade under the terms in force and under others, and whom those make due. */
async function whatIfs(
  pool: EnginePool,
  book: Book,
  { from, count = QUESTIONS }: { readonly from: number; readonly count?: number },
): Promise<number[]> {
  const venue = book.venues[book.markets[0]!.venue]!.id;
  const overrides = [parseOverride(book, `${venue} closeFactor=0.6`)];
  const times: number[] = [];
  for (let i = from; i < from + count; i++)
    times.push(
      await timed(() =>
        Promise.all([
          pool.simulate({ book }, fall(i), { accounts: 500 }),
          pool.simulate({ book, overrides }, fall(i), { accounts: 500 }),
          pool.madeDue({ book, overrides }, 500),
        ]),
      ),
    );
  return times;
}

const plan: Plan = {
  ...{ version: 1, kind: 'monte-carlo', count: 1_000_000, seed: 1, factors: ['WETH', 'WBTC'] },
  model: {
    ...{ kind: 'student-t', degreesOfFreedom: 4 },
    covariance: [
      [0.01, 0.008],
      [0.008, 0.01],
    ],
  },
};

async function measure(accounts: number): Promise<Row[]> {
  const of = (text: string) => `${text}, ${accounts.toLocaleString('en')} accounts`;
  const book = syntheticBook(accounts);
  const pool = new EnginePool({ threads: THREADS });
  try {
    const shared = await timed(() => sharedBook(book));
    const alone: number[] = [];
    for (let i = 0; i < 5; i++) alone.push(await timed(() => simulate(book, fall(i))));
    await whatIfs(pool, book, { from: 1_000, count: 4 });
    const idle = await whatIfs(pool, book, { from: 2_000 });
    const sweep = { book: await sharedBook(book), plan: sharedPlan(plan) };
    const ending = new AbortController();
    let ran = 0;
    const chunks = Array.from({ length: 2 }, async (_, lane) => {
      for (let from = lane * 50; !ending.signal.aborted; from += 100) {
        await pool.sweep(sweep, { from, to: from + 50 }, ending.signal);
        ran += 50;
      }
    });
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    const began = performance.now();
    const busy = await whatIfs(pool, book, { from: 3_000 });
    const moves = Array.from({ length: 20 }, (_, i) => -(i + 1) / 40);
    const names = assetsAtRisk(book)
      .slice(0, 20)
      .flatMap((name) => moves.map((move): CellName => ({ ...name, move })));
    const heatmap = await timed(() => pool.cells({ book }, names));
    const seconds = (performance.now() - began) / 1_000;
    loop.disable();
    ending.abort(new Error('measured'));
    await Promise.allSettled(chunks);
    const clear = { peerName: 'one cascade on the event loop', peer: median(alone) };
    return [
      row(of('what-if, p50'), 'ms', median(idle), {
        ...clear,
        ratio: median(idle) / median(alone),
        limit: '< 20 at 100,000 accounts',
      }),
      row(of('what-if while a sweep runs, p50'), 'ms', median(busy)),
      row(of('what-if while a sweep runs, p99'), 'ms', quantile(busy, 0.99), {
        limit: '< 100 at 100,000 accounts',
      }),
      row(of(`heatmap of ${names.length} cells while a sweep runs`), 'ms', heatmap),
      row(of('scenarios of the sweep meanwhile'), '1/s', ran / seconds),
      row(of('event loop delay meanwhile, p99'), 'ms', loop.percentile(99) / 1e6),
      row(of('event loop delay meanwhile, longest'), 'ms', loop.max / 1e6),
      row(of('making the buffer of a book'), 'ms', shared, {
        limit: 'between other turns of the event loop, once per book',
      }),
    ];
  } finally {
    await pool.close();
  }
}

const rows: Row[] = [];
for (const accounts of ACCOUNTS) rows.push(...(await measure(accounts)));
report('api', rows, { accounts: ACCOUNTS, questions: QUESTIONS, threads: THREADS });
