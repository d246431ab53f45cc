import { gunzipSync } from 'node:zlib';
import { exportBook } from '@undertow/book';
import { bundleOf, bundleText, readBundle, type ReportContent } from '@undertow/report';
import { whaleBook } from '../../cascade/src/fixtures/crowd-books.ts';
import {
  madeOf,
  madeProposal,
  madeScenario,
  madeState,
  madeSweep,
} from '../../report/src/fixtures/made-reports.ts';
import { gridPlan, studentTPlan } from '../../sweep/src/fixtures/plans.ts';
import { EnginePool } from './engine-pool.ts';
import { makeReport, type ReportProgress } from './make-report.ts';
import { sharedBook } from './shared-book.ts';

const book = whaleBook();
const sample = { ...studentTPlan, count: 120 };

describe('a report that threads make', () => {
  const pools = [new EnginePool({ threads: 1 }), new EnginePool({ threads: 2 })];

  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  /** What every pool makes for the question of a report, and has told meanwhile. */
  async function madeAgain({ question }: ReportContent) {
    const { book: _, ...made } = madeOf(book);
    return Promise.all(
      pools.map(async (pool) => {
        const progress: ReportProgress[] = [];
        const of = { book: await sharedBook(book) };
        const wanted = { ...made, question };
        const report = await makeReport(pool, of, wanted, { told: (one) => progress.push(one) });
        return { ...report, text: gunzipSync(report.gzip).toString(), progress };
      }),
    );
  }

  it.each<[string, () => ReportContent | Promise<ReportContent>]>([
    ['scenario', () => madeScenario(book)],
    ['state', () => madeState(book)],
    ['sweep that is a sample', () => madeSweep(sample, book)],
    ['sweep of a grid', () => madeSweep(gridPlan, book)],
    ['proposal', () => madeProposal(book)],
  ])(
    'of a %s is, byte for byte, what the functions alone give, with one thread and with two',
    async (_, make) => {
      const content = await make();
      const bundle = bundleOf(content);
      for (const { id, kind, subject, bytes, text, progress } of await madeAgain(content)) {
        expect(text).toBe(bundleText(bundle));
        expect({ id, kind, subject }).toEqual({
          id: bundle.id,
          kind: content.kind,
          subject: content.subject,
        });
        expect(bytes).toBe(Buffer.byteLength(text));
        expect(readBundle(Buffer.from(text))).toEqual(bundle);
        expect(progress.at(-1)).toEqual({ stage: 'report', done: 0, all: 1 });
      }
    },
  );

  it('tells how far the scenarios of a sweep are', async () => {
    const [made] = await madeAgain(await madeSweep(sample, book));
    const counts = made!.progress.flatMap(({ stage, done }) => (stage === 'scenarios' ? [done] : []));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(120);
  });

  it('goes with its book as export writes it', async () => {
    const { gzip, bytes } = await pools[0]!.exported({ book: await sharedBook(book) });
    const text = gunzipSync(gzip).toString();
    expect(text).toBe(exportBook(book));
    expect(bytes).toBe(Buffer.byteLength(text));
  });

  it('ends when nobody wants it, and says what the book lacks', async () => {
    const { book: _, ...made } = madeOf(book);
    const of = { book: await sharedBook(book) };
    const { question } = madeProposal(book);
    const nowhere = { ...made, question: { ...question, venues: ['nowhere'] } as typeof question };
    await expect(makeReport(pools[0]!, of, nowhere)).rejects.toThrow('venue "nowhere"; there is at');
    const stop = new AbortController();
    const told = () => stop.abort(new Error('not wanted'));
    const { question: sweep } = await madeSweep(sample, book);
    await expect(
      makeReport(pools[1]!, of, { ...made, question: sweep }, { signal: stop.signal, told }),
    ).rejects.toThrow('not wanted');
  });
});
