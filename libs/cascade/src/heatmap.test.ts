import { assetsAtRisk } from './assets-at-risk.ts';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeInstrument,
} from './fixtures/hand-made-book.ts';
import { heatmap } from './heatmap.ts';
import { simulate } from './simulate.ts';

const book = handMadeBook(
  [
    { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1_000_000 },
    { symbol: 'WBTC', priceUsd: 10_000, decimals: 8, liquidity: 1_000_000 },
    { symbol: 'USDC', priceUsd: 1, decimals: 6 },
  ],
  [
    {
      venue: 'aave30',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -7_300 },
      ],
    },
  ],
);

describe('heatmap', () => {
  test('says which rows are ratios to another asset', () => {
    const staked = handMadeBook(
      [
        { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1_000_000 },
        { symbol: 'stETH', priceUsd: 1_200, decimals: 18, derivedFrom: { asset: 'WETH' } },
        { symbol: 'USDC', priceUsd: 1, decimals: 6 },
      ],
      [
        {
          venue: 'aave30',
          legs: [
            { asset: 'stETH', amount: 10, threshold: 0.8, bonus: 0.05 },
            { asset: 'USDC', amount: -7_300 },
          ],
        },
      ],
    );
    expect(heatmap(staked, []).map(({ symbol, derivedFrom }) => [symbol, derivedFrom])).toEqual([
      ['WETH', undefined],
      ['stETH', { asset: handMadeAddress(0), symbol: 'WETH' }],
    ]);
  });

  test('has a row per collateral and a cell per drop, equal to the cascade of that drop alone', () => {
    const rows = heatmap(book, [0.05, 0.1, 0.5]);
    expect(rows.map(({ symbol, priceUsd }) => [symbol, priceUsd])).toEqual([['WETH', 1_000]]);
    const cascade = simulate(book, { shocks: { [handMadeAddress(0)]: -0.5 } });
    expect(rows[0]!.cells.map(({ drop, accounts }) => [drop, accounts])).toEqual([
      [0.05, 0],
      [0.1, 1],
      [0.5, 1],
    ]);
    expect(rows[0]!.cells[2]).toMatchObject({
      liquidatedUsd: cascade.liquidatedUsd,
      badDebtUsd: cascade.badDebtUsd,
      rounds: cascade.rounds.length,
      amplification: 1,
      converged: true,
    });
    expect(rows[0]!.cells[2]!.finalMove).toBeLessThan(-0.5);
    expect(rows[0]!.cells[0]!.amplification).toBeUndefined();
  });

  test('has a row for what positions hang on, though nobody holds it', () => {
    const assets: HandMadeAsset[] = [
      { symbol: 'base', priceUsd: 1_000, decimals: 18 },
      {
        ...{ symbol: 'perp', priceUsd: 1_000, decimals: 18, liquidity: 1e5 },
        derivedFrom: { asset: 'base', isRedeemable: false },
      },
      { symbol: 'spot', priceUsd: 10, decimals: 18 },
      { symbol: 'unused', priceUsd: 10, decimals: 18 },
      { symbol: 'USDC', priceUsd: 1, decimals: 6 },
    ];
    const put: HandMadeInstrument = {
      ...{
        venue: 'option',
        id: 'put',
        underlying: 'spot',
        isCall: false,
        strikeUsd: 10,
        expiry: 1_800_000_000,
      },
      ...{ spotUsd: [5, 15], valueUsd: () => 1, marginUsd: () => 2 },
    };
    const accounts: HandMadeAccount[] = [
      {
        venue: 'perpetual',
        legs: [
          { asset: 'perp', amount: 1, threshold: 0.9 },
          { asset: 'USDC', amount: -1 },
        ],
      },
      {
        venue: 'option',
        legs: [
          { asset: 'USDC', amount: 9, threshold: 1 },
          { asset: 'spot', amount: -1, instrument: 'put' },
        ],
      },
    ];
    const found = assetsAtRisk(handMadeBook(assets, accounts, { instruments: [put] }));
    expect(found).toEqual([0, 1, 2, 4].map(handMadeAddress));
  });

  test('takes the assets that are named', () => {
    expect(heatmap(book, [0.1], { assets: [handMadeAddress(1)] })[0]).toMatchObject({ symbol: 'WBTC' });
    expect(() => heatmap(book, [0.1], { assets: ['0xabc'] })).toThrow(/no asset 0xabc/);
  });
});
