import type { LiquidityChanged } from '@undertow/market';
import { bigintAt, hexAt, integerAt, integerCell, present } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const liquidityChanged: FactTable<LiquidityChanged> = {
  kind: 'LiquidityChanged',
  table: 'liquidity_changed',
  columns: [
    ...['pool', 'form', 'lower_tick', 'upper_tick', 'liquidity_delta'],
    ...['sqrt_price_x96', 'tick', 'liquidity'],
  ],
  toCells({ pool, change }) {
    if (change.form === 'range') {
      const { lowerTick, upperTick, liquidityDelta } = change;
      const range = [integerCell(lowerTick), integerCell(upperTick), liquidityDelta.toString()];
      return [pool, change.form, ...range, null, null, null];
    }
    const { sqrtPriceX96, tick, liquidity } = change;
    return [
      ...[pool, change.form, null, null, null],
      ...[sqrtPriceX96.toString(), integerCell(tick), liquidity.toString()],
    ];
  },
  fromCells: (key, cells) => ({
    kind: 'LiquidityChanged',
    ...key,
    pool: hexAt(cells, 0),
    change:
      present(cells, 1) === 'range'
        ? {
            form: 'range',
            lowerTick: integerAt(cells, 2),
            upperTick: integerAt(cells, 3),
            liquidityDelta: bigintAt(cells, 4),
          }
        : {
            form: 'price',
            sqrtPriceX96: bigintAt(cells, 5),
            tick: integerAt(cells, 6),
            liquidity: bigintAt(cells, 7),
          },
  }),
};
