import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook } from '@undertow/book';
import type { Address } from '@undertow/market';
import { bookOfAllMechanisms } from '../../../../libs/book/src/fixtures/book-of-all-mechanisms.ts';
import { garchReturns } from '../../../../libs/sweep/src/fixtures/garch-returns.ts';
import { UsageError } from '../explain-error.ts';
import { printed } from '../fixtures/printed.ts';
import { runClearing, runMargin, type MarginOptions } from './run-margin.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-margin-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const OWNER: Address = `0x${'5'.repeat(40)}`;
const book = file('book.json', exportBook(bookOfAllMechanisms()));
let price = 2_000;
const lines = Array.from(garchReturns({ count: 500, omega: 1e-5, alpha: 0.05, beta: 0.85 }), (value, at) => {
  price *= Math.exp(value);
  return `${at * 3_600},${price}`;
});
const prices = [`ETH=${file('eth.csv', ['time,price', ...lines].join('\n'))}`];

const margin = (options: Partial<MarginOptions> = {}, owner = OWNER) =>
  printed(() => runMargin(owner, { book, data: folder, ...options }));

describe('undertow margin', () => {
  it('sets the three margins side by side, with lines, value at risk and scenarios', async () => {
    const text = await margin({ prices, confidence: 0.95 });
    expect(text).toMatch(
      /^6 accounts with [\d.]+K USD of equity against [\d,]+ USD of maintenance margin\./m,
    );
    expect(text).toMatch(/None\smay\sbe\sliquidated\snow\./);
    expect(text).toMatch(/^isolated, the worst .*^cross, all as one .*^portfolio /ms);
    expect(text).toMatch(/^pooled-lending@test +ETH +2,000 +625 +−68\.8 % +\d+\.\d$/m);
    expect(text).toMatch(/Over 1 d, by the moments of the past at the volatility of now \(EWMA\)/);
    expect(text).toMatch(/in 95\.0 % of them no more than [\d,.K]+ USD\sis\slost/);
    expect(text).toMatch(/^perpetual@test +[\d,]+ +[\d,]+ +[\d,]+ +[\d,]+$/m);
    expect(text).toMatch(/^ETH +1 % +213 /m);
    expect(text).toMatch(/^ETH +0\.99\d* +−[\d.e-]+ +\S+ +\S+ +[\d,.K]+ +[\d,.K]+$/m);
    expect(text).toMatch(/^All prices +−50 % .*\+50 %$/m);
  });

  it('gives the same as JSON, whatever the method', async () => {
    const json = JSON.parse(
      await margin({ prices, json: true, method: 'student-t', count: 300, horizon: 3_600 }),
    );
    expect(json).toMatchObject({ address: OWNER, block: 10, withoutPrices: [], noPrices: null });
    expect(json.portfolio.tail).toMatchObject({ method: 'student-t', scenarios: 300, level: 0.99 });
    expect(json.portfolio.worst.moves[0].name).toBe('ETH');
    expect(json.accounts).toHaveLength(6);
    expect(json.accounts[0]).toMatchObject({ venue: 'pooled-lending@test', equityUsd: 3_000 });
    expect(json.accounts[0]).not.toHaveProperty('account');
    expect(json.accounts[0].distances[0].lineUsd).toBeCloseTo(625, 3);
    expect(json.isolated.maintenanceUsd).toBeGreaterThan(0);
  });

  it('has margins without prices, and says what is missing', async () => {
    const text = await margin();
    expect(text).toMatch(
      /No value at risk and no deviations: a book file has no prices of the past: give\ssome/,
    );
    expect(text).toMatch(/^pooled-lending@test +ETH +2,000 +625 +−68\.8 % +–$/m);
    const others = await margin({ prices: [`SOL=${prices[0]!.slice(4)}`] });
    expect(others).toMatch(/Of\sETH\sno\sprices\swere\sgiven/);
  });

  it('refuses an address that has nothing there, and a horizon between two steps', async () => {
    const stranger = margin({}, `0x${'1'.repeat(40)}`);
    await expect(stranger).rejects.toThrow(UsageError);
    await expect(stranger).rejects.toThrow(
      /has no account with a debt or a position in the book of block 10/,
    );
    await expect(margin({ prices, horizon: 5_000 })).rejects.toThrow(/whole steps/);
  });

  it('takes margins by size from a file, and says what is wrong with one', async () => {
    const tiers = [
      { fromUsd: 0, initialMargin: 0.1, maintenanceMargin: 0.05 },
      { fromUsd: 1_000, initialMargin: 0.5, maintenanceMargin: 0.25 },
    ];
    const brackets = (value: unknown, name = 'brackets.json') => file(name, JSON.stringify(value));
    const json = async (options: Partial<MarginOptions> = {}) =>
      JSON.parse(await margin({ ...options, json: true })).accounts.find(
        ({ venue }: { venue: string }) => venue === 'perpetual@test',
      ) as { initialUsd: number; maintenanceUsd: number };
    const own = await json();
    const tiered = await json({ brackets: brackets([{ venue: 'perpetual@test', tiers }]) });
    // One WETH at 2,000 USD: the first thousand at 10 and 5 %, the other at 50 and 25 %, and what else the account must have.
    expect(tiered.maintenanceUsd - own.maintenanceUsd).toBeCloseTo(50 + 250 - 2_000 * 0.0625, 6);
    const wrong = [
      [
        [{ venue: 'aave', tiers }],
        /table 1: the book has no venue aave; those with perpetuals: perpetual@test/,
      ],
      [[{ venue: 'pooled-lending@test', tiers }], /pooled-lending@test has no perpetuals/],
      [[{ venue: 'perpetual@test', market: 'DOGE', tiers }], /has no market DOGE; it has/],
      [[{ venue: 'perpetual@test', tiers: [{ ...tiers[1] }] }], /table 1: /],
      [
        [
          { venue: 'perpetual@test', tiers },
          { venue: 'perpetual@test', tiers },
        ],
        /table 2 is the second of/,
      ],
      [[{ venue: 'perpetual@test' }], /at 0\.tiers: .*It must be a list such as/],
    ] as const;
    for (const [value, message] of wrong)
      await expect(margin({ brackets: brackets(value) })).rejects.toThrow(message);
    await expect(margin({ brackets: file('no.json', '{') })).rejects.toThrow(/cannot be read as brackets/);
  });

  it('shows all venues as one clearing house, by deviations or by plain moves', async () => {
    const clearing = (options: Partial<MarginOptions> = {}) =>
      printed(() => runClearing({ book, data: folder, ...options }));
    const plain = await clearing();
    expect(plain).toMatch(/^All venues as one clearing house at block 10/);
    expect(plain).toMatch(/No\sdeviations\sare\sknown/);
    const json = JSON.parse(await clearing({ prices, json: true }));
    expect(json).toMatchObject({ block: 10, scenarios: 18, missing: [], noPrices: null });
    expect(json.factors).toEqual([{ name: 'ETH', deviation: expect.any(Number) }]);
    expect(await clearing({ prices })).toMatch(
      /of\stwo,\sfour\sand\ssix\sstandard\sdeviations\seither\sway\s\(ETH\s/,
    );
  });
});
