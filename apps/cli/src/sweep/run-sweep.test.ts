import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { exportBook } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { EnginePool, LostThreadError } from '@undertow/engine-pool';
import { readPlan } from '@undertow/sweep';
import { studentTPlan } from '../../../../libs/sweep/src/fixtures/plans.ts';
import { UsageError } from '../explain-error.ts';
import { printed } from '../fixtures/printed.ts';
import { importTables } from '../import/import-tables.ts';
import { loans } from './fixtures/loans.ts';
import { runSweep, type SweepOptions } from './run-sweep.ts';
import { readSweepFile } from './sweep-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const tables = [file('loans.csv', loans(30))];
const { book: crowd } = await importTables(tables);
const book = file('book.json', exportBook(crowd));
const plan = file('plan.json', JSON.stringify(studentTPlan));
const base = { book, data: folder } satisfies SweepOptions;
const going = new AbortController().signal;
const pool = new EnginePool({ threads: 1 });
afterAll(() => pool.close());

const sweep = (options: Partial<SweepOptions>, signal = going) =>
  printed(() => runSweep({ ...base, ...options }, { signal, pool }));

/** An abort after so many looks at it. */
function stoppedAfter(looks: number): AbortSignal {
  let left = looks;
  return {
    get aborted() {
      return left-- <= 0;
    },
  } as unknown as AbortSignal;
}

describe('undertow sweep', () => {
  const grid = [
    { what: 'ETH', moves: [-0.2, -0.4] },
    { what: 'CRV', moves: [-0.1] },
  ];

  it('sums up a grid without probabilities', async () => {
    const text = await sweep({ grid });
    expect(text).toContain('A book of tables, the fast engine: 3 scenarios, a grid, moving ETH, CRV.');
    expect(text).toMatch(/^At worst [\d.]+K USD is lost: ETH −40 %\. A grid is no sample/);
    const calm = [{ what: 'ETH', moves: [0.1, 0.2] }];
    expect(await sweep({ grid: calm })).toMatch(
      /^Nobody is liquidated and nothing is lost in any scenario\./,
    );
    expect(text).toMatch(/Worst moves.*\n.*\n.*\n +1 +ETH −40 % /);
    for (const word of ['LaR', 'VaR', 'ES ']) expect(text).not.toContain(word);
    expect(await sweep({ grid, product: true })).toContain(': 2 scenarios, all combinations of a grid');
  });

  it('takes tables for a book', async () => {
    const fromTables = await printed(() => runSweep({ tables, data: folder, grid }, { signal: going, pool }));
    expect(fromTables).toBe(await sweep({ grid }));
  });

  it('sums up draws, in both engines alike, and names the worst by what simulate says of it', async () => {
    const json = JSON.parse(await sweep({ plan, json: true, engine: 'clear' }));
    const fast = JSON.parse(await sweep({ plan, json: true, engine: 'fast' }));
    expect(json).toMatchObject({
      engine: 'clear',
      bookHash: crowd.hash,
      count: 40,
      done: 40,
      notConverged: 0,
    });
    expect(fast.lossUsd.mean / json.lossUsd.mean).toBeCloseTo(1, 9);
    const [worst] = json.worst;
    const moves = worst.moves.map(({ symbol, move }: { symbol: string; move: number }) => ({
      kind: 'reference',
      symbol,
      move,
    }));
    expect(simulate(crowd, { moves }, { band: false }).lossUsd).toBeCloseTo(worst.lossUsd, 6);
    const text = await sweep({ plan });
    expect(text).toMatch(/In 99\.0 % of scenarios at most [\d.]+[KM]? USD is lost, in the/);
    for (const part of ['LaR', 'ES of loss', 'Loss by scenarios', '█', 'By venue', 'Part of ES'])
      expect(text).toContain(part);
  });

  it('tells what is behind the tail', async () => {
    const asked = { plan, tail: 0.9 };
    const json = JSON.parse(await sweep({ ...asked, json: true }));
    const { measures, worst } = json.tail;
    const parts = measures.accounts.map(
      ({ contributionUsd }: { contributionUsd: number }) => contributionUsd,
    );
    const sum = parts.reduce((all: number, part: number) => all + part, measures.otherAccountsUsd);
    expect(sum / measures.expectedShortfallUsd).toBeCloseTo(1, 6);
    expect(worst.all).toHaveLength(4);
    const text = await sweep(asked);
    for (const part of [
      'Behind the ES of 90.0 %',
      'Accounts by their part',
      'the shock',
      'Cover-2',
      'The worst scenario',
    ])
      expect(text).toContain(part);
  });

  it('keeps what is done when it is stopped, and goes on to the same bytes', async () => {
    const told = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const [whole, part] = [join(folder, 'whole.json'), join(folder, 'part.json')];
    await sweep({ plan, out: whole });
    await sweep({ plan, out: part }, stoppedAfter(2));
    expect(process.exitCode).toBe(130);
    process.exitCode = undefined;
    expect(told.mock.calls.join('')).toMatch(
      /Stopped after \d+ of 40 scenarios\. Go on with: undertow sweep --book \S+book\.json --resume \S+part\.json$/m,
    );
    told.mockRestore();
    const kept = JSON.parse(readFileSync(part, 'utf8'));
    expect(kept.summary.done).toBeLessThan(40);
    await sweep({ resume: part });
    const resumed = JSON.parse(readFileSync(part, 'utf8'));
    expect(resumed).toEqual(JSON.parse(readFileSync(whole, 'utf8')));
    expect(readPlan(resumed.plan)).toEqual(studentTPlan);
  });

  it('writes the same file with any number of threads, and the same tail', async () => {
    const asked = { plan, count: 300, tail: 0.9, json: true };
    const files = [1, 2].map((threads) => join(folder, `threads-${threads}.json`));
    const one = await sweep({ ...asked, out: files[0]! });
    const two = { ...base, ...asked, threads: 2, out: files[1]! };
    expect(await printed(() => runSweep(two, { signal: going }))).toBe(one);
    const [first, second] = files.map((path) => readFileSync(path, 'utf8'));
    expect(second).toBe(first);
  });

  it('keeps what is done when a scenario cannot be run', async () => {
    const out = join(folder, 'lost.json');
    const { sweep: run } = EnginePool.prototype;
    const failing = jest.spyOn(EnginePool.prototype, 'sweep').mockImplementation(async function (
      this: EnginePool,
      ...asked
    ) {
      if (asked[1].from > 0) throw new LostThreadError('out of memory');
      return run.apply(this, asked);
    });
    await expect(sweep({ plan, out })).rejects.toThrow('out of memory');
    failing.mockRestore();
    expect(readSweepFile(out).chunks.map(({ from, to }) => [from, to])).toEqual([[0, 1]]);
  });

  it('takes prices of the past, in one file or in one for each', async () => {
    const price = (hour: number, base: number) =>
      base * (1 + 0.2 * Math.sin(hour / 5) + 0.1 * Math.cos(hour * hour));
    const hours = [...Array(80).keys()];
    const at = (hour: number) => new Date(1.6e12 + hour * 3.6e6).toISOString();
    const long = hours.flatMap((hour) => [
      `${at(hour)},ETH,${price(hour, 2_000)}`,
      `${at(hour)},DOGE,${price(hour + 9, 1)}`,
    ]);
    const both = file('both.csv', `time,symbol,price\n${long.join('\n')}\n`);
    const eth = file(
      'eth.csv',
      `open_time,close\n${hours.map((hour) => `${1.6e9 + hour * 3_600},${price(hour, 2_000)}`).join('\n')}\n`,
    );
    const text = await sweep({ prices: [both], horizon: 14_400 });
    expect(text).toContain('windows of the past of 4 h every 1 h');
    expect(text.replaceAll('\n', ' ')).toContain('Not in the book, and so not moved: DOGE.');
    const one = JSON.parse(await sweep({ prices: [`ETH=${eth}`], horizon: 14_400, json: true }));
    expect(one).toMatchObject({
      done: 75,
      independent: 18.75,
      plan: { kind: 'historical', factors: ['ETH'] },
    });
    const drawn = { prices: [both], model: 'student-t', count: 5, json: true } as const;
    expect(JSON.parse(await sweep({ ...drawn, horizon: 3_600 }))).toMatchObject({ done: 5 });
    const filtered = { ...drawn, model: 'filtered', horizon: 7_200, filter: 'garch' } as const;
    expect(JSON.parse(await sweep(filtered))).toMatchObject({ done: 5, plan: { kind: 'monte-carlo' } });
  });

  it.each<[Partial<SweepOptions>, RegExp]>([
    [{}, /give one of --grid <what=moves>, --prices <files> and --plan <file>/],
    [{ grid, plan }, /give one of/],
    [{ grid: [{ what: 'DOGE', moves: [0.1] }] }, /"DOGE" is not in the book/],
    [{ plan: file('bad.json', '{"version":1,"kind":"grid"}') }, /plan\.axes/],
    [{ plan: book }, /book\.json cannot be read as a plan: plan\.kind/],
    [
      { plan: file('swept.json', '{"format":"undertow-sweep"}') },
      /is no plan but a sweep: go on with it by --resume/,
    ],
    [
      { prices: [file('r.json', '{"a":1}')] },
      /Cannot read .*r\.json: .*Prices are CSV with columns time, symbol and price/,
    ],
    [{ plan: join(folder, 'none.json') }, /none\.json cannot be read as a plan/],
    [{ plan, liquidators: 'unlimited' }, /A plan says by itself .* leave out --liquidators/],
    [{ grid, tail: 0.99 }, /A grid is no sample, and has no tail/],
    [{ grid, count: 5 }, /--count only changes something with a plan that draws/],
    [{ grid, degrees: 5 }, /--degrees only changes something with --model student-t/],
    [{ prices: [file('p.csv', 'time,price\n1,2\n')] }, /no column of the symbol.*ETH=p\.csv/],
    [
      { prices: [file('q.csv', 'time,symbol,price\n1,ETH,0\n')] },
      /q\.csv, line 2: the price must be a number above 0/,
    ],
    [{ prices: [join(folder, 'none.csv')] }, /Cannot read .*none\.csv/],
    [{ resume: plan }, /plan\.json cannot be read as a sweep: format/],
    [{ grid, out: folder }, /Cannot write .*: it is a folder\. Choose another file with --out/],
    [{ grid, out: join(folder, 'none', 'a.json') }, /Cannot write .*: there is no folder .*none\./],
    [{ resume: plan, grid }, /leave out --plan, --grid/],
  ])('says what is wrong: %#', async (options, words) => {
    const error: unknown = await sweep(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(words);
  });

  it('refuses to go on with another book', async () => {
    const out = join(folder, 'other.json');
    await sweep({ grid, out });
    const others = await importTables([file('loans-other.csv', loans(3))]);
    const other = file('other-book.json', exportBook(others.book));
    await expect(sweep({ resume: out, book: other })).rejects.toThrow(
      /is a sweep of another book \(A book of tables, hash [\da-f]{8}…\)/,
    );
  });
});
