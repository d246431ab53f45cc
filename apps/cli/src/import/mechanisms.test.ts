import { checkBook } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { bookOfTables } from '@undertow/tables';
import { handMadeFiles, type HandMadeTables } from '../../../../libs/tables/src/fixtures/rows.ts';

const PAIR_LIKE = ['isolated-pair', 'cdp'];

/** Ten accounts of one mechanism against ETH, the weakest of which fall due after some percent. */
function tablesOf(mechanism: string): HandMadeTables {
  const isPair = PAIR_LIKE.includes(mechanism);
  const market = isPair ? { market: 'ETH-USD1' } : {};
  const at = (asset: string, role: string, amount: number) => ({
    venue: 'v',
    ...market,
    asset,
    role,
    amount,
  });
  return {
    prices: [
      { asset: 'ETH', price: 2_000 },
      { asset: 'USD1', price: 1, reference: 'USD' },
    ],
    markets: [
      {
        ...{ venue: 'v', ...market, asset: 'ETH', mechanism },
        ...{ liquidationThreshold: 0.8, liquidationBonus: 0.05 },
        ...(isPair ? { debtAsset: 'USD1' } : {}),
      },
      ...(isPair ? [] : [{ venue: 'v', asset: 'USD1', mechanism }]),
    ],
    positions: Array.from({ length: 10 }, (_, i) => `owner-${i}`).flatMap((owner, i) => [
      { owner, ...at('ETH', 'collateral', 10) },
      { owner, ...at('USD1', 'debt', 10_000 + i * 550) },
    ]),
    orders: [
      { asset: 'ETH', quote: 'USD1', side: 'bid', price: 1_999, size: 1_000, source: 'exchange' },
      { asset: 'ETH', quote: 'USD1', side: 'bid', price: 1_950, size: 1_000, source: 'exchange' },
    ],
    ...(mechanism === 'cdp'
      ? { funds: [{ venue: 'v', kind: 'stability-pool', asset: 'USD1', amount: 1e6 }] }
      : {}),
  };
}

describe('an imported book', () => {
  it.each(['pooled-lending', 'isolated-pair', 'money-market', 'cdp'])(
    'is liquidated at %s as far as it is due, and more so the deeper the fall',
    async (mechanism) => {
      const { book } = await bookOfTables(handMadeFiles(tablesOf(mechanism)));
      checkBook(book);
      const after = (move: number) => simulate(book, { moves: [{ kind: 'reference', symbol: 'ETH', move }] });
      const dueAt = (move: number) =>
        Array.from({ length: 10 }, (_, i) => (10 * 2_000 * (1 + move) * 0.8) / (10_000 + i * 550)).filter(
          (health) => health < 1,
        ).length;
      for (const move of [-0.05, -0.1, -0.2])
        expect(after(move).accounts).toBeGreaterThanOrEqual(dueAt(move));
      expect(after(0.1).accounts).toBe(0);
      expect(after(-0.2).stuckUsd).toBe(0);
      expect(after(-0.2).liquidatedUsd).toBeGreaterThan(after(-0.1).liquidatedUsd);
    },
  );
});
