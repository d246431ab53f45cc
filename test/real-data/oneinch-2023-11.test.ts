import { checkBook } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { sell } from '@undertow/liquidity';
import { describeWithData, importedFiles, rowsOf } from './real-file.ts';

const FOLDER = 'oneinch-price-impact-2023';

const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48';

/** Quotes of both directions in the sweep of one hour from the first: quotes of one time. */
function sweep(hour: number): object[] {
  const first = 1_700_438_400;
  const isOf = (row: Readonly<Record<string, string>>, from: string, to: string) =>
    row['src'] === from &&
    row['dst'] === to &&
    Math.floor((Number(row['timestamp']) - first) / 3_600) === hour;
  const rows = rowsOf(`${FOLDER}/oneinch_quotes.csv.gz`);
  const pair = { asset: 'WETH', quote: 'USDC', source: '1inch' };
  const [inWeth, inUsdc] = [1e18, 1e6];
  return [
    ...rows
      .filter((row) => isOf(row, WETH, USDC))
      .map((row) => ({
        ...{ ...pair, side: 'sell' },
        ...{ amountIn: Number(row['in_amount']) / inWeth, amountOut: Number(row['out_amount']) / inUsdc },
      })),
    ...rows
      .filter((row) => isOf(row, USDC, WETH))
      .map((row) => ({
        ...{ ...pair, side: 'buy' },
        ...{ amountIn: Number(row['in_amount']) / inUsdc, amountOut: Number(row['out_amount']) / inWeth },
      })),
  ];
}

const imported = (hour: number) =>
  importedFiles({
    'quotes.ndjson': sweep(hour),
    'prices.ndjson': [
      { asset: 'WETH', price: 2_010, reference: 'ETH' },
      { asset: 'USDC', price: 1, decimals: 6 },
    ],
    'markets.ndjson': [
      {
        ...{ venue: 'pool', asset: 'WETH', mechanism: 'pooled-lending' },
        ...{ liquidationThreshold: 0.83, liquidationBonus: 0.05 },
      },
      { venue: 'pool', asset: 'USDC', mechanism: 'pooled-lending' },
    ],
    'positions.ndjson': [
      { owner: 'whale', venue: 'pool', asset: 'WETH', role: 'collateral', amount: 100_000 },
      { owner: 'whale', venue: 'pool', asset: 'USDC', role: 'debt', amount: 1.25e8 },
    ],
  });

describeWithData(FOLDER, () => {
  it(
    'has every sweep of WETH and USDC as a curve, and pays what it quotes',
    async () => {
      for (let hour = 0; hour < 17; hour++) {
        const { book } = await imported(hour);
        checkBook(book);
        const curve = book.depth.find((one) => one !== undefined)!;
        for (const row of sweep(hour) as { side: string; amountIn: number; amountOut: number }[])
          if (row.side === 'sell') {
            const { quoteAmount } = sell(curve, curve.startSqrtPrice, row.amountIn);
            expect(Math.abs(quoteAmount / row.amountOut - 1)).toBeLessThan(0.005);
          }
      }
    },
    5 * 60_000,
  );

  it('moves the price by what its author measured: 0.95 %, 1.8 % and 6.4 %', async () => {
    const { book } = await imported(7);
    const curve = book.depth.find((one) => one !== undefined)!;
    const impactOf = (units: number) =>
      1 - sell(curve, curve.startSqrtPrice, units).quoteAmount / units / curve.startSqrtPrice ** 2;
    for (const [units, impact] of [
      [10_941, 0.0095],
      [21_845, 0.018],
      [67_114, 0.064],
    ] as const)
      expect(Math.abs(impactOf(units) / impact - 1)).toBeLessThan(0.2);
  });

  it('takes a whale after a fall far beyond its last quote, as much as pays', async () => {
    const { book } = await imported(7);
    const result = simulate(book, { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.3 }] });
    expect(result.liquidatedUsd).toBeGreaterThan(4e7);
    expect(result.byAsset.find(({ symbol }) => symbol === 'WETH')!.marketAfterUsd).toBeLessThan(2_010 * 0.7);
  });
});
