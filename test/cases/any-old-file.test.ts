import { bookBuffer, exportBook, importBook } from '@undertow/book';
import fc from 'fast-check';
import {
  held,
  MONEY_MARKET,
  oldBookFile,
  owed,
  PAIRS,
  POOL,
  type OldAccount,
  type OldAsset,
} from '../../libs/book/src/fixtures/old-book-file.ts';
import { crash, moveOf } from './crash.ts';

// Whatever a file of version 3 holds that fits together is read, is the same book as text and as a buffer, and runs.

const PRICES: Readonly<Record<string, number>> = {
  ...{
    WETH: 3_000,
    ETH: 3_000,
    wstETH: 3_600,
    weETH: 3_150,
    'WETH.e': 2_999,
    'PT-weETH-26DEC': 2_900,
    ETHFI: 2,
  },
  ...{ WBTC: 60_000, cbBTC: 60_010, tBTC: 59_800, LBTC: 60_500, USDT: 1.0002, 'USDC.e': 0.9998, USDe: 0.999 },
  ...{ sUSDe: 1.17, DAI: 1, sDAI: 1.11, GHO: 0.998, LINK: 14, AAVE: 90, stkAAVE: 91, GNO: 200, osGNO: 212 },
  ...{ sAVAX: 24, WAVAX: 20, RLP: 1.2, EURC: 1.1 },
};
const OLD_POOL = { ...POOL, id: 'old', version: '3.0' };
const VENUES = [POOL, OLD_POOL, PAIRS, MONEY_MARKET];

/** A choice of a list by a number from 0 to 1. */
const chosen = <T>(list: readonly T[], by: number): T =>
  list[Math.min(Math.floor(by * list.length), list.length - 1)]!;
const share = fc.double({ min: 0, max: 1, noNaN: true });

const drafts = fc.record({
  symbols: fc.shuffledSubarray(Object.keys(PRICES), { minLength: 1, maxLength: 9 }),
  assets: fc.array(
    fc.record({
      decimals: fc.constantFrom(6, 8, 18),
      isFixed: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      sharesFeedOf: fc.option(share, { freq: 6 }),
      quote: fc.option(share, { freq: 2 }),
      liquidity: fc.double({ min: 3, max: 8, noNaN: true }).map((digits) => 10 ** digits),
      derivedFrom: fc.option(fc.record({ from: share, isRedeemable: fc.boolean() }), { freq: 7 }),
    }),
    { minLength: 10, maxLength: 10 },
  ),
  accounts: fc.array(
    fc.record({
      venue: fc.constantFrom(...VENUES),
      held: share,
      owed: share,
      usage: fc.double({ min: 0.8, max: 1, noNaN: true }),
      threshold: fc.constantFrom(0.8, 0.93),
      isOwnPrice: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

describe('any file of version 3', () => {
  test('whose curves end in cash is read and runs, and a named move is the move of what is named', () => {
    fc.assert(
      fc.property(drafts, share, fc.double({ min: -0.4, max: 0.2, noNaN: true }), (draft, what, move) => {
        const symbols = ['USDC', ...draft.symbols];
        // What is derived or quoted is so from or in what stands before it, so that all ends in cash.
        const assets = symbols.map((symbol, row): OldAsset => {
          const { decimals, isFixed, sharesFeedOf, quote, liquidity, derivedFrom } = draft.assets[row]!;
          const before = symbols.slice(0, row);
          return {
            ...{ symbol, decimals, isFixed, priceUsd: PRICES[symbol] ?? 1 },
            ...(sharesFeedOf === null ? {} : { feed: chosen(symbols, sharesFeedOf) }),
            ...(quote === null || row === 0 ? {} : { pool: { quote: chosen(before, quote), liquidity } }),
            ...(derivedFrom === null || row === 0
              ? {}
              : { derivedFrom: { ...derivedFrom, from: chosen(before, derivedFrom.from) } }),
          };
        });
        const accounts = draft.accounts.map((account): OldAccount => {
          const asset = chosen(symbols, account.held);
          const debt = chosen(
            symbols.filter((symbol) => symbol !== asset),
            account.owed,
          );
          const units = Math.ceil(1e6 / (PRICES[asset] ?? 1));
          const debtUsd = units * (PRICES[asset] ?? 1) * account.threshold * account.usage;
          const isOwnPrice = account.venue === PAIRS && account.isOwnPrice;
          return {
            venue: account.venue.id,
            legs: [
              { ...held(asset, units, account.threshold, 0.05), isOwnPrice },
              owed(debt, debtUsd / (PRICES[debt] ?? 1)),
            ],
          };
        });
        const book = importBook(oldBookFile({ assets, venues: VENUES, accounts }));
        expect(importBook(exportBook(book))).toEqual(book);
        expect(importBook(bookBuffer(book))).toEqual(book);
        const symbol = chosen(symbols, what);
        const result = crash(book, { [`asset:${symbol}`]: move }, { isBandRun: false });
        expect(moveOf(result, symbol).marketMove).toBeCloseTo(move, 9);
        for (const figure of ['lossAtSaleUsd', 'repaidUsd', 'stuckUsd', 'liquidatedUsd'] as const)
          expect(Number.isFinite(result[figure])).toBe(true);
        expect(result.liquidatorProfitUsd).toBeGreaterThanOrEqual(-1e-3);
      }),
      { numRuns: 60 },
    );
  });
});
