import { BadDataError } from '@undertow/units';
import { LEG_ROLES, type Book, type BookAsset } from '../../book.ts';
import {
  changedOldFile,
  held,
  oldBookFile,
  owed,
  PAIRS,
  POOL,
  type OldAsset,
  type OldBookParts,
  type OldContent,
} from '../../fixtures/old-book-file.ts';
import { isDue } from '../../is-due.ts';
import type { AccountRow } from '../../rows.ts';
import { ownValues } from '../../value-account.ts';
import { exportBook } from '../canonical.ts';
import { importBook } from '../import-book.ts';

const WAD = 10n ** 18n;
const USDC: OldAsset = { symbol: 'USDC', decimals: 6, priceUsd: 1 };
const WETH: OldAsset = { symbol: 'WETH', priceUsd: 3_000, pool: { quote: 'USDC', liquidity: 1e6 } };
const lending: OldBookParts = {
  assets: [USDC, WETH],
  venues: [POOL],
  accounts: [{ venue: 'pool', legs: [held('WETH', 10, 0.83, 0.05), owed('USDC', 20_000)] }],
};

/** A book in which one more asset is held against dollars. */
const withAsset = (asset: OldAsset, others: readonly OldAsset[] = [USDC, WETH]): Book =>
  importBook(
    oldBookFile({
      assets: [...others, asset],
      venues: [POOL],
      accounts: [{ venue: 'pool', legs: [held(asset.symbol, 1, 0.8, 0.05), owed('USDC', 0.1)] }],
    }),
  );

const assetOf = (book: Book, symbol: string): BookAsset =>
  book.assets.find((asset) => asset.symbol === symbol)!;
const familyOf = (book: Book, symbol: string) => book.references[assetOf(book, symbol).reference]!.symbol;
/** What the first oracle of an asset is made of: how much of which feeds. */
function oracleOf(book: Book, symbol: string) {
  const row = book.assets.indexOf(assetOf(book, symbol));
  const { multiplier, terms } = book.oracles.find((oracle) => oracle.asset === row)!.formula;
  return { multiplier, feeds: terms.map(({ feed }) => book.feeds[feed]!.id) };
}

describe('a file of version 3', () => {
  test('becomes a book of the present version, which is written and read as such', () => {
    const book = importBook(oldBookFile(lending));
    expect(importBook(exportBook(book))).toEqual(book);
    expect(book.legs.amount).toEqual(Float64Array.of(10, 20_000));
    expect(book.venues[0]!.rule).toMatchObject({
      kernel: 'repay-and-seize',
      badDebt: 'deficit',
      closeFactor: 0.5,
    });
    expect(Array.from(book.legs.role, (role) => LEG_ROLES[role])).toEqual(['collateral', 'debt']);
  });

  test('is refused when it was changed after its export', () => {
    const text = oldBookFile(lending).replace('"block":1', '"block":2');
    expect(() => importBook(text)).toThrow(/changed after its export: it states hash/);
    expect(() => importBook(text)).toThrow(BadDataError);
  });

  test('has the same hash however its text is laid out', () => {
    const file: unknown = JSON.parse(oldBookFile(lending));
    const turned = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, field]) => [name, turned(field)]),
          )
        : value;
    expect(importBook(JSON.stringify(turned(file), undefined, 2))).toEqual(importBook(oldBookFile(lending)));
  });

  test.each<[string, (content: OldContent) => void, RegExp]>([
    [
      'a field of another kind',
      (c) => Object.assign(c.legs, { amount: ['1', 2] }),
      /legs\.amount\[0\] must be a number, but is "1"/,
    ],
    [
      'a field that is missing',
      (c) => Object.assign(c, { oracles: undefined }),
      /book\.content\.oracles is missing/,
    ],
    [
      'a market that is not there',
      (c) => Object.assign(c.legs, { market: [9, 0] }),
      /legs\.market\[0\] names row 9 of 2/,
    ],
    [
      'a column too short',
      (c) => Object.assign(c.legs, { side: [1] }),
      /legs\.side has 1 entries, but there must be 2/,
    ],
    [
      'a derivation in a circle',
      (c) => Object.assign(c.assets[1]!, { derivedFrom: { asset: 1, ratio: 1, isRedeemable: true } }),
      /assets\[1\] must not be derived from itself/,
    ],
    ['a price of zero', (c) => Object.assign(c.oracles[1]!, { priceUsd: 0 }), /must be above 0/],
    [
      'an integer that wraps',
      (c) => Object.assign(c.legs, { side: [257, -1] }),
      /legs\.side\[0\] must be an integer from -1 to 1/,
    ],
    [
      'a release without maths',
      (c) => Object.assign(c.venues[0]!, { version: '9' }),
      /accounts\[0\] is at a venue without a rule/,
    ],
    [
      'digits that do not fit',
      (c) => Object.assign(c.exact.amount, ['7']),
      /exact\.amount\[0\] must be legs\.amount\[0\]/,
    ],
  ])('is refused with %s though the hash fits', (_, change, message) => {
    const text = changedOldFile(oldBookFile(lending), change);
    expect(() => importBook(text)).toThrow(message);
    expect(() => importBook(text)).toThrow(BadDataError);
  });
});

describe('families of a file of version 3', () => {
  test.each([
    ['wstETH', 3_600, 'ETH', 'redeemable'],
    ['weETH', 3_200, 'ETH', 'redeemable'],
    ['cbETH', 3_300, 'ETH', 'redeemable'],
    ['stETH', 2_998, 'ETH', 'redeemable'],
    ['ETHx', 3_150, 'ETH', 'redeemable'],
    ['WETH.e', 3_000, 'ETH', 'pegged'],
    ['ETHFI', 2, 'ETHFI', 'none'],
    ['LINK', 15, 'LINK', 'none'],
    ['USDT', 1, 'USD', 'pegged'],
    ['USDC.e', 1, 'USD', 'pegged'],
    ['DAI', 0.999, 'USD', 'pegged'],
    ['WETH (0x1234…abcd)', 3_000, 'WETH (0x1234…abcd)', 'none'],
  ] as const)('%s at %d USD is of %s, %s', (symbol, priceUsd, family, kind) => {
    const book = withAsset({ symbol, priceUsd });
    expect(familyOf(book, symbol)).toBe(family);
    expect(assetOf(book, symbol).tie.kind).toBe(kind);
    expect(familyOf(book, 'WETH')).toBe('ETH');
  });

  test.each([
    ['WBTC', 'BTC', 'none', ['WBTC']],
    ['tBTC', 'BTC', 'pegged', ['tBTC']],
    ['LBTC', 'BTC', 'redeemable', ['WBTC']],
  ] as const)('%s is %s, %s, priced by %s', (symbol, family, kind, feeds) => {
    const book = withAsset(
      { symbol, decimals: 8, priceUsd: symbol === 'LBTC' ? 60_900 : 60_000 },
      symbol === 'WBTC' ? [USDC] : [USDC, { symbol: 'WBTC', decimals: 8, priceUsd: 60_000 }],
    );
    expect(familyOf(book, symbol)).toBe(family);
    expect(assetOf(book, symbol).tie.kind).toBe(kind);
    expect(oracleOf(book, symbol).feeds).toEqual(feeds);
  });

  test('a token of another chain is one of its coin, and one that carries the name of an asset is one of that', () => {
    const avax: OldAsset = { symbol: 'WAVAX', priceUsd: 20 };
    expect(familyOf(withAsset({ symbol: 'sAVAX', priceUsd: 24 }, [USDC, avax]), 'sAVAX')).toBe('AVAX');
    const gno: OldAsset = { symbol: 'GNO', priceUsd: 200 };
    expect(familyOf(withAsset({ symbol: 'osGNO', priceUsd: 210 }, [USDC, gno]), 'osGNO')).toBe('GNO');
    const usde: OldAsset = { symbol: 'USDe', priceUsd: 1 };
    const staked = withAsset({ symbol: 'sUSDe', priceUsd: 1.18 }, [USDC, usde]);
    expect(assetOf(staked, 'sUSDe').tie).toMatchObject({ kind: 'redeemable', to: 1, ratio: 1.18 });
    expect(familyOf(staked, 'sUSDe')).toBe('USD');
    expect(oracleOf(staked, 'sUSDe')).toEqual({ multiplier: 1.18, feeds: ['USDe'] });
  });

  test('a token of any name is one of what it is traded for and lent against as the same', () => {
    const parts = (threshold: number) =>
      importBook(
        oldBookFile({
          assets: [USDC, WETH, { symbol: 'QQQ', priceUsd: 3_300, pool: { quote: 'WETH', liquidity: 1e5 } }],
          venues: [POOL],
          accounts: [{ venue: 'pool', legs: [held('QQQ', 10, threshold, 0.01), owed('WETH', 5)] }],
        }),
      );
    expect(familyOf(parts(0.95), 'QQQ')).toBe('ETH');
    expect(familyOf(parts(0.7), 'QQQ')).toBe('QQQ');
  });

  test('a derivation is a tie, exchanged only where the book says so', () => {
    const derived = (isRedeemable: boolean) =>
      withAsset({ symbol: 'QQQ', priceUsd: 3_300, derivedFrom: { from: 'WETH', isRedeemable } });
    expect(assetOf(derived(true), 'QQQ').tie).toEqual({
      kind: 'redeemable',
      to: 1,
      ratio: 1.1,
      capacity: undefined,
    });
    expect(assetOf(derived(false), 'QQQ').tie).toEqual({ kind: 'pegged', to: 1, ratio: 1.1, capacity: 0 });
    expect(oracleOf(derived(true), 'QQQ')).toEqual({ multiplier: 1.1, feeds: ['WETH'] });
    expect(oracleOf(derived(false), 'QQQ')).toEqual({ multiplier: 1, feeds: ['QQQ'] });
  });

  test('a staked token that the book derives without saying that it is redeemed is priced by the rate all the same', () => {
    const derivedFrom = { from: 'WETH', isRedeemable: false };
    const book = withAsset({ symbol: 'ezETH', priceUsd: 3_030, derivedFrom });
    expect(assetOf(book, 'ezETH').tie).toMatchObject({ to: 1, capacity: 0 });
    expect(oracleOf(book, 'ezETH')).toEqual({ multiplier: 1.01, feeds: ['WETH'] });
  });

  test('what has no market is exchanged by nobody, whatever its name, unless an issuer takes it', () => {
    expect(assetOf(withAsset({ symbol: 'deUSD', priceUsd: 1 }), 'deUSD').tie.capacity).toBe(0);
    expect(assetOf(withAsset({ symbol: 'rsETH', priceUsd: 3_100 }), 'rsETH').tie.capacity).toBe(0);
    expect(assetOf(withAsset({ symbol: 'USDT', priceUsd: 1 }), 'USDT').tie.capacity).toBeUndefined();
    const traded = withAsset({ symbol: 'deUSD', priceUsd: 1, pool: { quote: 'USDC', liquidity: 1e6 } });
    expect(assetOf(traded, 'deUSD').tie.capacity).toBeUndefined();
  });

  test('a coin whose price comes from its own staked form does not hang in a circle', () => {
    const book = withAsset({ symbol: 'wstETH', priceUsd: 3_600, pool: { quote: 'USDC', liquidity: 1e6 } }, [
      USDC,
      { symbol: 'WETH', priceUsd: 3_000, pool: { quote: 'wstETH', liquidity: 1e6 } },
    ]);
    expect(familyOf(book, 'wstETH')).toBe('ETH');
    expect(assetOf(book, 'wstETH').tie).toMatchObject({ to: undefined, ratio: 1.2 });
    const quoted = withAsset({ symbol: 'ETH', priceUsd: 3_000, pool: { quote: 'WETH', liquidity: 1e6 } });
    expect(assetOf(quoted, 'WETH').tie).toMatchObject({ kind: 'wrapped', to: undefined, ratio: 1 });
  });
});

describe('oracles of a file of version 3', () => {
  test('that say one feed share it, and a fixed one is a constant', () => {
    const book = withAsset({ symbol: 'QQQ', priceUsd: 6_000, feed: 'WETH' }, [
      { ...USDC, isFixed: true },
      WETH,
    ]);
    expect(book.feeds.map(({ id }) => id)).toEqual(['WETH']);
    expect(oracleOf(book, 'QQQ')).toEqual({ multiplier: 2, feeds: ['WETH'] });
    expect(oracleOf(book, 'USDC')).toEqual({ multiplier: 1, feeds: [] });
  });

  test('follow what they are made of to the last unit where that is one feed, in proportion elsewhere', () => {
    const even = withAsset({ symbol: 'stETH', priceUsd: 3_000 });
    expect(even.exact.source).toEqual(['USDC', 'WETH', 'WETH'].map((feed) => ({ form: 'feed', feed })));
    const staked = withAsset({ symbol: 'stETH', priceUsd: 2_990 });
    expect(staked.exact.source.map((source) => source?.form)).toEqual(['feed', 'feed', undefined]);
  });

  const pair = (collateral: OldAsset, debt: OldAsset, isOwnPrice = true) =>
    importBook(
      oldBookFile({
        assets: [USDC, WETH, collateral].filter(
          (one, i, all) => all.findIndex((x) => x.symbol === one.symbol) === i,
        ),
        venues: [PAIRS],
        accounts: [
          {
            venue: 'pairs',
            legs: [{ ...held(collateral.symbol, 10, 0.9, 0.02), isOwnPrice }, owed(debt.symbol, 1)],
          },
        ],
      }),
    );
  const legOracle = (book: Book) => {
    const { multiplier, terms } = book.oracles[book.legs.oracle[0]!]!.formula;
    return { multiplier, feeds: terms.map(({ feed }) => book.feeds[feed]!.id) };
  };

  test('of a pair of its own are so many units of what it lends, to the last unit', () => {
    const book = pair({ symbol: 'wstETH', priceUsd: 3_600 }, WETH);
    expect(legOracle(book)).toEqual({ multiplier: 1.2, feeds: ['WETH'] });
    expect(book.exact.source[book.legs.oracle[0]!]).toMatchObject({ form: 'pair', debt: 1 });
    expect(legOracle(pair({ symbol: 'xUSD', priceUsd: 1.25 }, USDC))).toEqual({
      multiplier: 1.25,
      feeds: ['USDC'],
    });
    expect(legOracle(pair({ symbol: 'RWA', priceUsd: 50 }, USDC))).toEqual({
      multiplier: 50,
      feeds: ['USDC'],
    });
    expect(legOracle(pair({ symbol: 'RWA', priceUsd: 50, isFixed: true }, USDC, false))).toEqual({
      ...{ multiplier: 50, feeds: ['USDC'] },
    });
  });

  test('of a pair of its own follow the coin where that is another than what it lends', () => {
    expect(legOracle(pair({ symbol: 'wstETH', priceUsd: 3_600 }, USDC))).toEqual({
      multiplier: 1.2,
      feeds: ['WETH'],
    });
    expect(legOracle(pair(WETH, USDC))).toEqual({ multiplier: 1, feeds: ['WETH'] });
  });

  test('that are fixed and asked by a pair and a pool are two', () => {
    const book = importBook(
      oldBookFile({
        assets: [USDC, { symbol: 'XYZ', priceUsd: 2, isFixed: true }],
        venues: [POOL, PAIRS],
        accounts: [
          { venue: 'pool', legs: [held('XYZ', 10, 0.8, 0.05), owed('USDC', 1)] },
          { venue: 'pairs', legs: [held('XYZ', 10, 0.8, 0.05), owed('USDC', 1)] },
        ],
      }),
    );
    expect(book.oracles.map(({ id, formula }) => [id, formula.terms.length])).toEqual([
      ['USDC', 1],
      ['XYZ', 0],
      ['XYZ in USDC by USDC', 1],
    ]);
    expect(Array.from(book.legs.oracle)).toEqual([1, 0, 2, 0]);
  });
});

describe('mechanisms of a file of version 3', () => {
  const settlement = [
    0n,
    6n,
    100_000n,
    62_500n,
    25_000n,
    2_000n,
    750_000n,
    10n ** 10n,
    500_000n,
    5n * 10n ** 8n,
  ];
  const series = [
    ...[3_000n * WAD, 1_702_000_000n, WAD / 20n, 10n ** 10n, 200n * WAD, WAD / 5n, (WAD * 5n) / 2n],
    ...[1_209_600n, (WAD * 9n) / 5n, 4_838_400n, (WAD * 6n) / 5n, (WAD * 4n) / 5n],
  ];
  const text = oldBookFile({
    assets: [
      ...[USDC, WETH],
      { symbol: 'vUSD', priceUsd: 1, isFixed: true },
      {
        ...{ symbol: 'vETH', priceUsd: 3_000, feed: 'perp:vETH' },
        derivedFrom: { from: 'WETH', isRedeemable: false },
      },
    ],
    venues: [
      { id: 'cdp', mechanism: 'cdp', version: '1', states: { p: [(WAD * 11n) / 10n, 10n ** 10n, 200n] } },
      {
        ...{ id: 'perp', mechanism: 'perpetual', version: '1' },
        states: { cash: [...settlement, 30_000n], vETH: [2n], WETH: [1n, 18n, 8n, 100_000n] },
      },
      { id: 'option', mechanism: 'option', version: '1', states: { s: series } },
      {
        id: 'money',
        mechanism: 'money-market',
        version: '1',
        states: {
          WETH: [2n * 10n ** 26n, 10n ** 10n, WAD / 2n],
          USDC: [2n * 10n ** 14n, 10n ** 22n, WAD / 2n],
        },
      },
    ],
    accounts: [
      {
        ...{ venue: 'cdp', state: [2n * WAD] },
        legs: [
          { ...held('WETH', 2, 0.9, 0), market: 'p' },
          { ...owed('vUSD', 1_000), market: 'p' },
        ],
      },
      {
        venue: 'perp',
        legs: [
          { ...held('WETH', 2, 0.8, 0.1) },
          { asset: 'vUSD', side: 1, amount: 0, market: 'cash' },
          { ...owed('vUSD', 5), market: 'cash' },
          { asset: 'vETH', side: 1, amount: 1, threshold: 0.9375 },
          { ...owed('vUSD', 1_500), market: 'vETH' },
        ],
      },
      {
        ...{ venue: 'option', state: [3n] },
        legs: [
          { ...held('USDC', 900, 1, 0), market: 's' },
          { ...owed('WETH', 1), market: 's' },
        ],
      },
      { venue: 'money', state: [5n * 10n ** 8n, 0n], legs: [held('WETH', 2, 0.8, 0.1), owed('USDC', 100)] },
    ],
  });
  const table = (low: number, high: number) => [low, high];
  const book = importBook(
    changedOldFile(text, (content) => {
      const leg = content.legs.instrument.length - 3;
      content.legs.instrument[leg] = 0;
      Object.assign(content, {
        instruments: [
          {
            ...{ venue: 2, id: 's call', label: 'a call', underlying: 1, isCall: true, strikeUsd: 3_000 },
            ...{ expiry: 1_702_000_000, spotUsd: [1_000, 4_000], volatilityFactor: [1] },
            ...{ valueUsd: table(1, 1_010), closingUsd: table(2, 1_020), marginUsd: table(200, 600) },
            leastMargin: { amount: 200, mostPerContract: null, inUnderlying: false },
            penalty: { share: 0.2, leastUsd: 15, liquidatorShare: 0.4, exchangeFee: 0.0075 },
          },
        ],
      });
    }),
  );

  test('have roles, rules and states without what these say now', () => {
    expect(Array.from(book.legs.role, (role) => LEG_ROLES[role])).toEqual([
      ...['collateral', 'debt'],
      ...['collateral', 'cash', 'cash', 'base', 'notional'],
      ...['collateral', 'option'],
      ...['collateral', 'debt'],
    ]);
    expect(book.venues.map(({ rule }) => rule)).toEqual([
      { kernel: 'stability-pool', liquidatorShare: 0.005 },
      expect.objectContaining({
        kernel: 'close-position',
        maintenanceMargin: 0.0625,
        collateralFundFee: 0.03,
      }),
      { kernel: 'buy-back' },
      expect.objectContaining({ kernel: 'repay-and-seize', closeFactor: 0.5, seizesAllSupply: true }),
    ]);
    expect(Array.from(book.accounts.stake)).toEqual([2, 0, 0, 0]);
    expect(book.exact.accountState).toEqual([[], [], [3n], [5n * 10n ** 8n, 0n]]);
    expect(book.exact.marketState.map((state) => state.length)).toEqual([2, 3, 10, 0, 12, 2, 2]);
    expect(assetOf(book, 'vETH').tie).toMatchObject({ kind: 'pegged', to: 1, capacity: 0 });
    expect(oracleOf(book, 'vETH')).toEqual({ multiplier: 1, feeds: ['perp:vETH'] });
  });

  test('decide about every account', () => {
    const values = ownValues(book);
    expect(book.accounts.owner.map((_, account) => isDue(values, account as AccountRow))).toEqual([
      ...[false, false, false, false],
    ]);
  });
});
