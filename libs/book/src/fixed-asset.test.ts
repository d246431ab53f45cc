import type { Book } from './book.ts';
import { isFixedAsset, whyNoShock } from './fixed-asset.ts';

const asset = (symbol: string) => ({ address: `0x${symbol}`, symbol, oraclePriceUsd: 1 });
const oracle = (row: number, isFixed: boolean) => ({ asset: row, isFixed });

/** CASH is taken as given, COIN by one venue alone; an account holds both and WETH. */
const book = {
  assets: [asset('CASH'), asset('COIN'), asset('WETH'), asset('FAR')],
  oracles: [oracle(0, true), oracle(1, true), oracle(1, false), oracle(2, false), oracle(3, false)],
  venues: [{ id: 'margin@test' }, { id: 'far@test' }],
  accounts: { count: 2, venue: [0, 1], legStart: [0, 3, 4] },
  legs: { count: 4, asset: [0, 1, 2, 3], oracle: [0, 1, 3, 4] },
  funds: [],
  depth: [],
} as unknown as Book;

test('only what every venue takes as given is fixed', () => {
  expect([0, 1, 2].map((row) => isFixedAsset(book, row))).toEqual([true, false, false]);
});

test('says why a shock would move nothing, and what would', () => {
  expect(whyNoShock(book, '0xCASH')).toBe(
    'CASH cannot be shocked: margin@test takes it as worth 1 USD whatever a market says, so nothing would change. What moves accounts there: WETH.',
  );
  expect(['0xCOIN', '0xWETH', '0xnone'].map((one) => whyNoShock(book, one))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what has a market of its own, or something that hangs on it, is moved there', () => {
  expect(whyNoShock({ ...book, depth: [{}] } as unknown as Book, '0xCASH')).toBeUndefined();
  const hanging = { ...asset('BOND'), derivedFrom: { asset: 0 } };
  expect(
    whyNoShock({ ...book, assets: [...book.assets, hanging] } as unknown as Book, '0xCASH'),
  ).toBeUndefined();
});
