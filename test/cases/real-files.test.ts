import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importBook } from '@undertow/book';
import { crash, moveOf, pathOf } from './crash.ts';

// The files of which the other tests here are the kinds, where they lie beside the project.
const folder = join(import.meta.dirname, '../../../shared/cases/risk');
const isThere = existsSync(folder);
if (!isThere) console.log('skipped: the public cases are not beside the project (../shared/cases/risk)');
const read = (file: string) => importBook(readFileSync(join(folder, file), 'utf8'));

(isThere ? describe : describe.skip)('the public cases', () => {
  test('are all read', () => {
    const files = readdirSync(folder).flatMap((name) =>
      readdirSync(join(folder, name)).flatMap((file) => (file.endsWith('.json') ? [`${name}/${file}`] : [])),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(read(file).hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(['book', 'book-linked'])('01 %s: the borrower of dollars is due, the looper is not', (file) => {
    const result = crash(read(`01-lst-not-linked-on-public-networks/${file}.json`), { WETH: -0.3 });
    expect(moveOf(result, 'wstETH')).toMatchObject({ oracleMoves: [-0.3] });
    expect(result.byAccount.map(({ owner }) => owner.slice(-3))).toEqual(['3ea']);
    expect(result.repaidUsd).toBeCloseTo(2.3e6, 3);
  });

  test('01 with a WETH borrower: both are due, wstETH at −30 % from the start', () => {
    const result = crash(read('01-lst-not-linked-on-public-networks/book-with-a-weth-borrower.json'), {
      WETH: -0.3,
    });
    expect(moveOf(result, 'wstETH').marketMove).toBeCloseTo(-0.3, 12);
    expect(result.accounts).toBe(2);
  });

  test.each([{ WETH: -0.3 }, { WETH: -0.3, wstETH: -0.3 }])('02 with %j: nobody is due', (moves) => {
    const result = crash(read('02-shock-of-eth-and-lst-together/book.json'), moves);
    expect(moveOf(result, 'wstETH').marketMove).toBeCloseTo(-0.3, 12);
    expect(result.accounts + result.stuck.length).toBe(0);
  });

  test('04: 445,831 USD less slippage', () => {
    const result = crash(read('04-oracle-only-shock-capo/book.json'), { 'oracle:wstETH': -0.0285 });
    expect(result.repaidUsd).toBeCloseTo(11_550_000, 3);
    expect(pathOf(result, 'wstETH').seized).toBeCloseTo(4_887.147, 3);
    expect(result.liquidatorProfitUsd).toBeLessThan(445_832);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(445_000);
  });

  test.each([{ xUSD: -0.5 }, { xUSD: 0.5 }, { USDC: 0.2 }, { USDC: -0.2 }])(
    '05a with %j: nobody is due',
    (moves) => {
      const result = crash(read('05-hard-coded-oracle-xusd/book-from-facts.json'), moves);
      expect(result.accounts + result.stuck.length).toBe(0);
    },
  );

  test('05b: nobody liquidated, 44,360,000 USD short', () => {
    const result = crash(read('05-hard-coded-oracle-xusd/book.json'), { xUSD: -0.77 });
    expect(result.accounts).toBe(0);
    expect(result.shortfallUsd).toBeCloseTo(44_360_000, 3);
  });

  test('06: one account, 2,000,000 repaid, no bad debt', () => {
    const result = crash(read('06-lst-priced-by-its-rate/book.json'), { WETH: -0.3 });
    expect(result.accounts).toBe(1);
    expect(result.repaidUsd).toBeCloseTo(2e6, 3);
    expect(result.lossUsd).toBe(0);
  });

  test('07: no more is paid than 63 M USDC, and no more is lost than 92 M CRV at the last price', () => {
    const result = crash(read('07-short-squeeze/book.json'), { CRV: 0.25 });
    const { marketAfterUsd } = pathOf(result, 'CRV');
    expect(12e6 * (Math.sqrt(marketAfterUsd) - Math.sqrt(0.625))).toBeLessThanOrEqual(63e6);
    expect(result.badDebtUsd).toBeLessThanOrEqual(92e6 * marketAfterUsd);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(0);
  });

  test('10: one account, 4.5 M repaid, no bad debt', () => {
    const result = crash(read('10-stable-debt-pushed-above-its-cap/book.json'), { WETH: -0.3 });
    expect(result.accounts).toBe(1);
    expect(result.repaidUsd).toBeCloseTo(4.5e6, 3);
    expect(result.lossUsd).toBe(0);
  });

  test('11: between 39.1 M and 41.0 M lost', () => {
    const { band } = crash(read('11-one-whale-sold-in-one-trade/book.json'), { TKN: -0.2 });
    expect(band!.between.lossUsd).toBeGreaterThan(39.1e6);
    expect(band!.within.lossUsd).toBeGreaterThan(band!.between.lossUsd);
    expect(band!.within.lossUsd).toBeLessThan(41.1e6);
  });

  test('12: nobody buys, 90 M stuck', () => {
    const result = crash(read('12-collateral-without-a-market/book.json'), { RWA: -0.05 });
    expect(result.repaidUsd).toBe(0);
    expect(result.stuck).toMatchObject([{ reason: 'no-market', debtUsd: 90e6 }]);
  });

  test.each([0.1, 1, -0.3, -0.8])('21 with WETH at %d: nobody is due', (move) => {
    const result = crash(read('21-pair-in-units-of-its-loan/book.json'), { WETH: move });
    expect(moveOf(result, 'wstETH').oracleMoves).toEqual([move]);
    expect(result.accounts + result.stuck.length).toBe(0);
  });
});
