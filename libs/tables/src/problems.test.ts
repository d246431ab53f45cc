import { POOLED, problemsOf, type HandMadeTables } from './fixtures/rows.ts';

/** The pooled tables with some of their rows otherwise. */
const withRow = (table: keyof HandMadeTables, row: Readonly<Record<string, unknown>>): HandMadeTables => ({
  ...POOLED,
  [table]: [...(POOLED[table] ?? []), row],
});

const position = { owner: 'bob', venue: 'pool', asset: 'WETH', role: 'collateral', amount: 1 };
const pair = { venue: 'pairs', market: 'a', mechanism: 'isolated-pair', liquidationThreshold: 0.8 };

describe('what is wrong with tables', () => {
  test.each<[string, HandMadeTables, RegExp]>([
    [
      'a text for a number',
      withRow('positions', { ...position, amount: '1,000' }),
      /^positions\.csv, line 6, column amount: "1,000" is not a number: write it as 1234\.5/,
    ],
    [
      'a negative amount',
      withRow('positions', { ...position, amount: '-1' }),
      /line 6, column amount: -1 must be at least 0/,
    ],
    [
      'no finite number',
      withRow('positions', { ...position, amount: 1e300 }),
      /amount: 1e\+300 must be at least 0 and at most 1e\+24/,
    ],
    [
      'raw units',
      withRow('positions', { ...position, role: 'debt', amount: 1e18 }),
      /column amount: .* WETH are worth more than all the money there is: amounts are in whole units/,
    ],
    [
      'a role that there is not',
      withRow('positions', { ...position, role: 'lent' }),
      /column role: "lent" must be one of collateral, supply, debt/,
    ],
    ['a blank', withRow('positions', { ...position, owner: ' ' }), /column owner: it must not be blank/],
    [
      'a name with blanks',
      withRow('positions', { ...position, venue: 'my pool' }),
      /column venue: "my pool" is no name/,
    ],
    [
      'a bonus of 105 %',
      withRow('markets', { venue: 'pool', asset: 'x', mechanism: 'pooled-lending', liquidationBonus: 1.05 }),
      /markets\.csv, line 5, column liquidationBonus: 1\.05 must be .*0\.05, not 1\.05/,
    ],
    [
      'a threshold of 83',
      withRow('markets', {
        venue: 'pool',
        asset: 'x',
        mechanism: 'pooled-lending',
        liquidationThreshold: '83',
      }),
      /83 must be at least 0 and at most 1, as a ratio: 0\.83 or 83%/,
    ],
    [
      'no bonus',
      withRow('markets', {
        venue: 'pool',
        asset: 'x',
        mechanism: 'pooled-lending',
        liquidationThreshold: 0.5,
      }),
      /liquidationBonus: a market with a liquidationThreshold must have a bonus/,
    ],
    [
      'another mechanism',
      withRow('markets', { venue: 'pool', asset: 'x', mechanism: 'perpetual' }),
      /"perpetual" must be one of pooled-lending/,
    ],
    [
      'two mechanisms of a venue',
      withRow('markets', { venue: 'pool', asset: 'x', mechanism: 'money-market' }),
      /pool has money-market here and pooled-lending in markets\.csv 2: it is one for the whole venue/,
    ],
    [
      'a market twice',
      withRow('markets', { venue: 'pool', asset: 'WETH', mechanism: 'pooled-lending' }),
      /WETH at pool is in markets\.csv 2 already/,
    ],
    [
      'a pair without its debt',
      withRow('markets', { ...pair, asset: 'WETH' }),
      /debtAsset: a market of isolated-pair must name what is owed/,
    ],
    [
      'a price twice',
      withRow('prices', { asset: 'WETH', price: 2_001 }),
      /WETH has this price in prices\.csv 2 already/,
    ],
    [
      'prices in a circle',
      {
        ...POOLED,
        prices: [
          { asset: 'A', price: 1, in: 'B' },
          { asset: 'B', price: 1, in: 'A' },
        ],
        ties: [],
      },
      /prices of [AB] and [AB] are in units of each other/,
    ],
    [
      'a rate without a tie',
      withRow('prices', { asset: 'rETH', price: 2_200, oracle: 'rate' }),
      /prices\.csv, line 5, column oracle: rETH is tied to no asset/,
    ],
    [
      'a feed of nothing',
      withRow('prices', { asset: 'rETH', price: 2_200, feed: 'ETC / USD' }),
      /column feed: "ETC \/ USD" names no feed/,
    ],
    [
      'a cap below the price',
      withRow('prices', { asset: 'rETH', price: 2_200, cap: 2_000 }),
      /column cap: 2000 USD is below the price itself/,
    ],
    [
      'two that stand for one',
      withRow('prices', { asset: 'ETH', price: 2_000 }),
      /ETH and WETH both stand for ETH|WETH and ETH both stand for ETH/,
    ],
    [
      'a tie to nothing',
      withRow('ties', { asset: 'WETH', kind: 'wrapped', to: 'ETC' }),
      /ties\.csv, line 3, column to: ETC has no price/,
    ],
    [
      'a tie in a circle',
      withRow('ties', { asset: 'WETH', kind: 'wrapped', to: 'wstETH' }),
      /is tied to itself through others/,
    ],
    [
      'more for less',
      withRow('quotes', {
        asset: 'WETH',
        quote: 'USDC',
        side: 'sell',
        amountIn: 2_000,
        amountOut: 1e6,
        source: '1inch',
      }),
      /^quotes\.csv, line 5: 1inch, WETH in USDC: 2000 brings 1000000, no more than 1000/,
    ],
    [
      'a quote of an asset without a price',
      withRow('quotes', {
        asset: 'LINK',
        quote: 'USDC',
        side: 'sell',
        amountIn: 1,
        amountOut: 1,
        source: 'x',
      }),
      /line 5, column asset: LINK has no price/,
    ],
    [
      'a quote in what follows it',
      withRow('quotes', {
        asset: 'WETH',
        quote: 'wstETH',
        side: 'sell',
        amountIn: 1e5,
        amountOut: 8e4,
        source: 'x',
      }),
      /column quote: .* follows .* itself/,
    ],
    [
      'two collaterals in a pair',
      {
        ...POOLED,
        markets: [...POOLED.markets!, { ...pair, asset: 'WETH', debtAsset: 'USDC' }],
        positions: [
          { ...position, venue: 'pairs', market: 'a' },
          { ...position, venue: 'pairs', market: 'a', asset: 'wstETH' },
          { ...position, venue: 'pairs', market: 'a', asset: 'USDC', role: 'debt' },
        ],
      },
      /asset: the market a at pairs has WETH as its collateral/,
    ],
    [
      'a pair that is not named',
      {
        ...POOLED,
        markets: [...POOLED.markets!, { ...pair, asset: 'WETH', debtAsset: 'USDC' }],
        positions: [
          { ...position, venue: 'pairs' },
          { ...position, venue: 'pairs', asset: 'USDC', role: 'debt' },
        ],
      },
      /column market: an account of isolated-pair must name its market/,
    ],
    [
      'half a basis point',
      {
        ...POOLED,
        positions: [
          { ...position, liquidationThreshold: 0.80005 },
          { ...position, asset: 'USDC', role: 'debt' },
        ],
      },
      /0\.80005 is not in whole basis points/,
    ],
    [
      'decimals that a debt position cannot compare',
      {
        prices: [
          { asset: 'A', price: 1_999.99, decimals: 24 },
          { asset: 'B', price: 1, decimals: 6 },
        ],
        markets: [
          {
            ...{ venue: 'v', market: 'm', asset: 'A', debtAsset: 'B' },
            mechanism: 'cdp',
            liquidationThreshold: 0.9,
          },
        ],
      },
      /markets\.csv, line 2, column debtAsset: B has so much fewer decimals than A/,
    ],
    [
      'a fund of nobody',
      withRow('funds', { venue: 'nowhere', kind: 'reserves', asset: 'WETH', amount: 1 }),
      /funds\.csv, line 2, column asset: the markets table has no terms of the venue/,
    ],
  ])('says of %s where it is and what to do', async (_what, tables, message) => {
    const problems = await problemsOf(tables);
    expect(problems.join('\n')).toMatch(message);
    expect(problems.length).toBeLessThan(4);
  });

  test('is listed all at once, an unknown column once', async () => {
    const rows = POOLED.positions!.map((row) => ({ ...row, ammount: 1, amount: 'x' }));
    const problems = await problemsOf({ ...POOLED, positions: rows });
    expect(problems.filter((one) => one.includes('ammount'))).toEqual([
      expect.stringMatching(
        /^positions\.csv, line 1: the positions table has no column "ammount": take it out or rename it\. It has owner, venue/,
      ),
    ]);
    expect(problems.filter((one) => one.includes('column amount'))).toHaveLength(4);
  });

  test('is a missing column, told once', async () => {
    const rows = POOLED.positions!.map(({ role: _, ...row }: Record<string, unknown>) => row);
    expect(await problemsOf({ ...POOLED, positions: rows })).toEqual([
      'positions.csv, line 1: the positions table must have a column "role"',
    ]);
  });

  test('ends after fifty', async () => {
    const rows = Array.from({ length: 80 }, () => ({ ...position, amount: 'x' }));
    const problems = await problemsOf({ ...POOLED, positions: rows });
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)).toMatch(/There may be more/);
  });
});
