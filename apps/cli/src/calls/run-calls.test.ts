import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook } from '@undertow/book';
import { appendEntries, EMPTY_LOG } from '@undertow/calls';
import { bookOfAllMechanisms } from '../../../../libs/book/src/fixtures/book-of-all-mechanisms.ts';
import { UsageError } from '../explain-error.ts';
import { printed } from '../fixtures/printed.ts';
import { runCallsCheck, type CallsCheckOptions } from './run-check.ts';
import { runCallsVerify } from './run-log.ts';
import { runCallsPolicy } from './run-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-calls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const LOANS = join(import.meta.dirname, '../../../../docs/examples/positions.csv');
const check = (options: Partial<CallsCheckOptions>) =>
  printed(() => runCallsCheck({ policy: 'unchained', data: folder, ...options }));

describe('undertow calls check', () => {
  it('says who would be called of loans in a table, by name, and what cures it', async () => {
    const text = await check({ tables: [LOANS] });
    // Carol has 3 × 60,000 against 120,000: 150 %. To 165 %: repay 10,909, or add 0.3 WBTC.
    expect(text).toMatch(/2 of 4 accounts with a debt have reached a rung\./);
    expect(text).toMatch(
      /^call +carol +loans +150\.0 % +120,000 +48 h +repay 10,909\.09\d* USDC \(10,909 USD\)$/m,
    );
    expect(text).toMatch(/^ +add 0\.3000000000000000\d+ WBTC \(18,000 USD\)$/m);
    expect(text).toMatch(/^courtesy +dave .* only warned /m);
    expect(await check({ tables: [LOANS], policy: 'xexon' })).toMatch(/none of 4 accounts/);
    expect(await check({ tables: [LOANS], most: 1 })).toMatch(/and 1 more: --most shows them/);
  });

  it('gives all of it as JSON, and says who is not measured', async () => {
    const book = file('book.json', exportBook(bookOfAllMechanisms()));
    const found = JSON.parse(await check({ book, json: true })) as {
      readonly unmeasured: readonly { readonly venue: string; readonly reason: string }[];
    };
    expect(found.unmeasured.map(({ venue }) => venue)).toEqual(['perpetual@test', 'option@test']);
    expect(await check({ book })).toMatch(
      /^Not measured, and so not called: 2 accounts, as it has positions or options/m,
    );
  });

  it('goes by standard deviations of given prices, and asks for them', async () => {
    const policy = 'volatility';
    await expect(check({ tables: [LOANS], policy })).rejects.toThrow('needs prices of the past');
    await expect(check({ tables: [LOANS], prices: ['ETH=x'] })).rejects.toThrow('change nothing where');
    let price = 60_000;
    const rows = Array.from({ length: 300 }, (_, hour) => {
      price *= hour % 2 === 0 ? 1.012 : 1 / 1.012;
      return `${hour * 3_600},${price}`;
    });
    const prices = [`WBTC=${file('btc.csv', ['time,price', ...rows].join('\n'))}`];
    // 1.2 % an hour are 5.8 % a day; Carol is due after a fall by 14.5 %: 2.7 of these.
    expect(await check({ tables: [LOANS], policy, prices })).toMatch(/^call +carol +loans +2\.6\d σ/m);
  });

  it('refuses a policy that is none, with all that is wrong with it', async () => {
    await expect(check({ policy: 'nobody' })).rejects.toThrow('none of figure, unchained');
    const policy = file(
      'policy.json',
      '{"version":1,"name":"x","measure":"loanToValue","rungs":[],"cureTarget":1}',
    );
    await expect(check({ policy })).rejects.toThrow(
      /policy\.json: .*\n {2}rungs: a ladder has at least one rung/,
    );
    await expect(check({ policy: file('bad.json', '{') })).rejects.toThrow(UsageError);
  });
});

describe('undertow calls policy', () => {
  it('lists policies, and prints one that check takes', async () => {
    expect(await printed(() => runCallsPolicy(undefined))).toMatch(
      /^unchained +courtesy at 160\.0 %, warns only +published$/m,
    );
    const policy = file('mine.json', await printed(() => runCallsPolicy('unchained')));
    expect(await check({ tables: [LOANS], policy })).toMatch(/^call +carol/m);
    await expect(runCallsPolicy('other')).rejects.toThrow('There is no policy "other"');
  });
});

describe('undertow calls verify', () => {
  const log = appendEntries(
    EMPTY_LOG,
    [1, 2, 3].map((at) => ({ kind: 'decision', call: 'c', at, content: { at } }) as const),
  );
  const lines = log.map((entry) => JSON.stringify(entry));
  const verify = (text: string, head?: string) =>
    printed(() =>
      runCallsVerify(file('log.jsonl', text), { data: folder, ...(head !== undefined && { head }) }),
    );
  const exitCode = process.exitCode;
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it('says that a log is whole, and what it cannot know without a head', async () => {
    expect(await verify(`${lines.join('\n')}\n`)).toMatch(
      /^Whole: 3 entries.* Entries cut off at its end would not show/,
    );
    expect(await verify(lines.join('\n'), `3:${log[2]!.hash}`)).not.toMatch(/cut off/);
    expect(process.exitCode).toBe(exitCode);
  });

  it('names the first entry that is wrong, and exits with 1', async () => {
    const changed = [lines[0], lines[1]!.replace('"content":{"at":2}', '"content":{"at":9}'), lines[2]];
    expect(await verify(changed.join('\n'))).toMatch(/^NOT WHOLE: entry 2 was changed/);
    expect(process.exitCode).toBe(1);
    expect(await verify(lines.slice(0, 2).join('\n'), `3:${log[2]!.hash}`)).toMatch(
      /^NOT WHOLE: entry 3 is not there/,
    );
    await expect(verify('hello')).rejects.toThrow('log.jsonl, line 1 is no entry of a log');
    await expect(verify('', 'x')).rejects.toThrow('--head is the last entry');
  });
});
