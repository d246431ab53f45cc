import { constantFormula } from '@undertow/book';
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
  test('a staked token has a row beside that of what it stakes only where an oracle follows its own market', () => {
    const staked = handMadeBook(
      [
        { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1_000_000 },
        { symbol: 'stETH', priceUsd: 1_200, decimals: 18, tie: { to: 'WETH' } },
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
    expect(heatmap(staked, []).map(({ kind, symbol, family }) => [kind, symbol, family])).toEqual([
      ['reference', 'WETH', ['WETH', 'stETH']],
      ['reference', 'USDC', ['USDC']],
      ['asset', 'stETH', ['stETH']],
    ]);
    expect(heatmap(staked, [])[2]).toMatchObject({ tiedTo: 'WETH', asset: handMadeAddress(1) });
    // Priced by its rate it has no discount that a venue would see.
    const byRate = {
      ...staked,
      feeds: staked.feeds.filter(({ id }) => id !== 'stETH'),
      oracles: staked.oracles.map((oracle, row) =>
        row === 1
          ? { ...oracle, formula: { ...staked.oracles[0]!.formula, multiplier: 1.2 } }
          : row === 2
            ? { ...oracle, formula: constantFormula(1) }
            : oracle,
      ),
    };
    expect(heatmap(byRate, []).map(({ symbol }) => symbol)).toEqual(['WETH']);
  });

  test('rises hurt who owes', () => {
    const short = handMadeBook(
      [
        { symbol: 'CRV', priceUsd: 1, decimals: 18, liquidity: 1_000_000 },
        { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant', tie: {} },
      ],
      [
        {
          venue: 'aave30',
          legs: [
            { asset: 'USDC', amount: 10_000, threshold: 0.8, bonus: 0.05 },
            { asset: 'CRV', amount: -7_500 },
          ],
        },
      ],
    );
    const [row, ...rest] = heatmap(short, [-0.2, 0.1]);
    expect(rest).toEqual([]);
    expect(row!.symbol).toBe('CRV');
    expect(row!.cells.map(({ move, accounts }) => [move, accounts])).toEqual([
      [-0.2, 0],
      [0.1, 1],
    ]);
    expect(row!.cells[1]!.finalMove).toBeGreaterThan(0.1);
  });

  test('has a row per reference and a cell per move, equal to the cascade of that move alone', () => {
    const rows = heatmap(book, [-0.05, -0.1, -0.5]);
    expect(rows.map(({ symbol, priceUsd }) => [symbol, priceUsd])).toEqual([
      ['WETH', 1_000],
      ['USDC', 1],
    ]);
    const cascade = simulate(book, { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.5 }] });
    expect(rows[0]!.cells.map(({ move, accounts }) => [move, accounts])).toEqual([
      [-0.05, 0],
      [-0.1, 1],
      [-0.5, 1],
    ]);
    expect(rows[0]!.cells[2]).toMatchObject({
      liquidatedUsd: cascade.liquidatedUsd,
      badDebtUsd: cascade.badDebtUsd,
      lossUsd: cascade.lossUsd,
      stuckUsd: 0,
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
        tie: { kind: 'pegged', to: 'base', capacity: 0 },
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
    expect(found).toEqual([
      { kind: 'reference', symbol: 'base' },
      { kind: 'reference', symbol: 'spot' },
      { kind: 'reference', symbol: 'USDC' },
      { kind: 'asset', asset: handMadeAddress(1) },
    ]);
  });

  test('takes the rows that are named', () => {
    const rows = [{ kind: 'reference', symbol: 'WBTC' }] as const;
    expect(heatmap(book, [-0.1], { rows })).toMatchObject([{ symbol: 'WBTC' }]);
    const unknown = [{ kind: 'asset', asset: '0xabc' }] as const;
    expect(() => heatmap(book, [-0.1], { rows: unknown })).toThrow(/no asset 0xabc/);
    const none = [{ kind: 'reference', symbol: 'XYZ' }] as const;
    expect(() => heatmap(book, [-0.1], { rows: none })).toThrow(/no reference XYZ/);
  });
});
