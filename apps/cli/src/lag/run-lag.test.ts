import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { printed } from '../fixtures/printed.ts';
import { runLag } from './run-lag.ts';

const MINUTES = 4 * 1_440;
/** A price that goes up and down by a tenth, without repeating in a day. */
const priceAt = (minute: number) => 100 * (1 + 0.1 * Math.sin(minute / 61) + 0.05 * Math.sin(minute / 17));
const market = Array.from({ length: MINUTES }, (_, minute) => [minute * 60, priceAt(minute)]);
/** Every quarter of an hour, the price of an hour before. */
const answers = Array.from({ length: MINUTES / 15 - 4 }, (_, row) => [
  (row * 15 + 60) * 60,
  priceAt(row * 15),
]);
const csv = (head: string, rows: readonly (readonly (string | number)[])[]) =>
  [head, ...rows.map((row) => row.join(','))].join('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'undertow-lag-'));
  writeFileSync(join(folder, 'answers.csv.gz'), gzipSync(csv('updated_at,price', answers)));
  writeFileSync(join(folder, 'market.csv'), csv('time,close', market));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text?: string) => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const run = (change: object = {}) =>
  printed(() =>
    runLag({ answers: file('answers.csv.gz'), market: file('market.csv'), longest: 120, ...change }),
  );

test('an oracle that is an hour late is said to be, with the flags that it earns', async () => {
  const said = await run();
  expect(said).toMatch(/Delay {5}(59\.\d|60) min/);
  expect(said).toContain('deviating');
  expect(said).toMatch(/Missed {4}/);
  const json = JSON.parse(await run({ json: true })) as { delay: { delaySeconds: number; error: number } };
  expect(Math.abs(json.delay.delaySeconds - 3_600)).toBeLessThan(120);
  expect(json.delay.error).toBeLessThan(1e-9);
});

test('times are read as seconds, milliseconds, and dates in UTC, and a bar is known at its end', async () => {
  const bars = market.slice(0, 3_000).map(([time, price], row, all) => {
    const close = all[row + 1]?.[1] ?? price;
    return [
      new Date(time! * 1_000).toISOString().slice(0, 19).replace('T', ' '),
      price,
      Math.max(price!, close!),
      Math.min(price!, close!),
      close,
    ];
  });
  const barred = file('bars.csv', csv('date,open,high,low,close', bars as (string | number)[][]));
  const milliseconds = file(
    'ms.csv',
    csv(
      'timestamp,answer',
      answers.map(([time, price]) => [time! * 1_000 + 1e12, price!]),
    ),
  );
  expect(await run({ market: barred })).toMatch(/Delay {5}(59\.\d|60) min/);
  await expect(run({ answers: milliseconds })).rejects.toThrow(/no time in common/);
});

test.each([
  ['no column', 'when,price\n1,2', /no column of the time: it has when, price/],
  ['a time that is none', 'time,price\nyesterday,2', /line 2: the time cannot be read/],
  ['no price', 'time,price\n1,0\n2,-1', /no price above 0/],
  ['a short row', 'time,price\n1', /line 2: it has 1 cells, but the header has 2/],
])('a file with %s is refused with what to do', async (_, text, why) => {
  await expect(run({ market: file('bad.csv', text) })).rejects.toThrow(why);
});

test('what was said is drawn in the terminal and into files, with what was flagged', async () => {
  const [svg, html] = [file('picture.svg'), file('page.html')];
  const said = await run({ svg, html });
  expect(said).toMatch(/─ oracle {3}· market/);
  expect(said).toMatch(/deviating {2,}.*[░▓]/);
  for (const text of [readFileSync(svg, 'utf8'), readFileSync(html, 'utf8')]) {
    expect(text).toContain('>deviating</text>');
    expect(text).not.toMatch(/NaN|Infinity/);
  }
  expect(readFileSync(html, 'utf8')).toContain('Delay');
  await expect(run({ svg: join(folder, 'none', 'picture.svg') })).rejects.toThrow(/another file with --svg/);
});

test('what is wrong with a source by itself is said, and what can be mended is', async () => {
  const hour = 3_600 * 30;
  const wrong = market
    .filter(([time]) => time! < hour || time! > hour + 7_200)
    .map(([time, price], row) => [time!, row === 500 ? price! * 1.4 : price!]);
  const bad = file('wrong.csv', csv('time,close', [...wrong, [600, 100], [660, 0]]));
  const said = await run({ market: bad });
  expect(said).toMatch(/market +jumps and comes back +1 +\d\d\.\d\d % +1970-01-01 08:20/);
  expect(said).toMatch(/market +vanishes for longer than it usually does +1 +12\d\.?\d* min/);
  expect(said).toMatch(/market +goes back in time: put in order +1/);
  expect(said).toMatch(/market +says a price that is none: left out +1/);
  expect(said).toMatch(/Delay {5}(59\.\d|60|60\.\d) min/);
  expect(await run()).toContain('nothing wrong with either');
  // The market's file is said to be an hour and ten minutes late, so that the oracle answers before it.
  const late = file(
    'late.csv',
    csv(
      'time,close',
      market.map(([time, price]) => [time! + 4_200, price!]),
    ),
  );
  expect(await run({ market: late })).toMatch(
    /oracle +is ahead of its market: a clock is wrong +1 +10(\.\d)? min/,
  );
});

test('an event that is rebuilt needs no files', async () => {
  const said = await run({ answers: undefined, market: undefined, replay: 'capo-2026-03-10' });
  expect(said).toMatch(/room once it lands, by a dry run +-2\.82 % {2}computed/);
});

test('options that do not fit together are refused', async () => {
  await expect(run({ replay: 'maker-2020-03' })).rejects.toThrow(/leave out --answers/);
  await expect(
    run({ answers: undefined, market: undefined, replay: 'maker-2020-03', files: '.', from: 5 }),
  ).rejects.toThrow(/leave out --from and --to/);
  await expect(run({ answers: undefined })).rejects.toThrow(/Name both files/);
  await expect(run({ answers: undefined, market: undefined, replay: 'maker-2020-03' })).rejects.toThrow(
    /Name the folder/,
  );
});
