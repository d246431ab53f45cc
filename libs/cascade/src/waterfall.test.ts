import fc from 'fast-check';
import type { AccountRow, AssetRow, FundRow } from '@undertow/book';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
import { imbalance } from './fixtures/imbalance.ts';
import { handMadeView } from './fixtures/hand-made-view.ts';
import type { Run } from './report.ts';
import type { Effect } from './rule.ts';
import { ruleOf } from './rules.ts';
import { simulate } from './simulate.ts';
import { fundUses, waterfallOf } from './waterfall.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];
const account = (venue: HandMadeAccount['venue']): HandMadeAccount => ({
  venue,
  legs: [
    { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -7_300 },
  ],
});
const loss = 7_300 - 5_000 / 1.05;

describe('waterfallOf', () => {
  test('tells what others bear from what is left; a deficit is left, and nobody paid it', () => {
    const book = handMadeBook(ASSETS, [account('aave30'), account('aave36'), account('morpho')], {
      funds: [{ venue: 'aave36', kind: 'deficit', asset: 'USDC', amount: -100 }],
    });
    const result = simulate(book, { shocks: { [handMadeAddress(0)]: -0.5 } });
    const own = { lossUsd: expect.closeTo(loss, 9) as number, fundUsd: 0 };
    const rest = expect.closeTo(loss, 9) as number;
    expect(result.waterfall).toEqual([
      { venue: 'aave30', ...own, socialisedUsd: 0, leftUsd: rest },
      { venue: 'aave36', ...own, socialisedUsd: 0, leftUsd: rest },
      { venue: 'morpho', ...own, socialisedUsd: rest, leftUsd: 0 },
    ]);
    expect(result.funds).toEqual([
      {
        ...{ venue: 'aave36', fund: 'deficit', asset: handMadeAddress(1), symbol: 'USDC', before: -100 },
        ...{ after: expect.closeTo(-100 - loss, 9) as number, drawnUsd: rest },
        ...{ paidUsd: 0, receivedUsd: 0, lossUsd: 0 },
      },
    ]);
  });

  test('a fund bears what the rule says, at the final prices, and the rows add up to the last bit', () => {
    const book = handMadeBook(ASSETS, [account('aave30'), account('aave36'), account('morpho')]);
    const badDebt = fc.record({
      kind: fc.constant('badDebt' as const),
      asset: fc.constantFrom(0 as AssetRow, 1 as AssetRow),
      amount: fc.double({ min: 0, max: 1e6, noNaN: true }),
      bornBy: fc.constantFrom('fund' as const, 'others' as const, 'nobody' as const),
      fund: fc.constant(0 as FundRow),
    });
    const liquidation = fc.record({
      account: fc.constantFrom(0 as AccountRow, 1 as AccountRow, 2 as AccountRow),
      repaidUsd: fc.constant(0),
      seizedUsd: fc.constant(0),
      effects: fc.array(badDebt),
    });
    fc.assert(
      fc.property(fc.array(liquidation), (liquidations) => {
        const run = {
          book,
          rounds: [{ liquidations }],
          finalPriceUsd: Float64Array.of(700, 0.99),
        } as unknown as Run;
        const rows = waterfallOf(run);
        for (const { lossUsd, fundUsd, socialisedUsd, leftUsd } of rows) {
          expect(lossUsd).toBe(fundUsd + socialisedUsd + leftUsd);
        }
        const effects: Effect[] = liquidations.flatMap((one) => one.effects);
        const bornBy = (who: string) =>
          effects.reduce(
            (sum, effect) =>
              effect.kind === 'badDebt' && effect.bornBy === who
                ? sum + effect.amount * run.finalPriceUsd[effect.asset]!
                : sum,
            0,
          );
        const total = (field: 'fundUsd' | 'socialisedUsd' | 'leftUsd') =>
          rows.reduce((sum, row) => sum + row[field], 0);
        expect(total('fundUsd')).toBeCloseTo(bornBy('fund'), 3);
        expect(total('socialisedUsd')).toBeCloseTo(bornBy('others'), 3);
        expect(total('leftUsd')).toBeCloseTo(bornBy('nobody'), 3);
      }),
    );
  });

  test('what a fund paid and received is at the final price; of what it repaid, only the shortfall is its loss', () => {
    const book = handMadeBook(ASSETS, [], {
      funds: [
        { venue: 'cdp', kind: 'stability-pool', asset: 'USDC', amount: 500 },
        { venue: 'perpetual', kind: 'insurance-fund', asset: 'WETH', amount: 2 },
      ],
    });
    const [pool, insurance] = [0 as FundRow, 1 as FundRow];
    const effects: Effect[] = [
      { kind: 'fund', fund: pool, amount: -400 },
      { kind: 'badDebt', asset: 1 as AssetRow, amount: 30, bornBy: 'fund', fund: pool },
      { kind: 'badDebt', asset: 1 as AssetRow, amount: 5, bornBy: 'others' },
      { kind: 'fund', fund: insurance, amount: 1.5 },
      { kind: 'fund', fund: insurance, amount: -0.5 },
      { kind: 'badDebt', asset: 0 as AssetRow, amount: 0.5, bornBy: 'fund', fund: insurance },
    ];
    const run = {
      ...{ book, finalPriceUsd: Float64Array.of(700, 0.99), fundAmount: Float64Array.of(100, 3) },
      rounds: [{ liquidations: [{ effects }] }],
    };
    expect(fundUses(run as unknown as Run)).toMatchObject([
      { paidUsd: 396, receivedUsd: 0, drawnUsd: 396, lossUsd: expect.closeTo(29.7, 9) as number },
      { paidUsd: 350, receivedUsd: 1_050, drawnUsd: -700, lossUsd: 350 },
    ]);
  });
});

describe('imbalance', () => {
  test('is nothing but what is written off', () => {
    const book = handMadeBook(ASSETS, [account('aave36')], {
      funds: [{ venue: 'aave30', kind: 'deficit', asset: 'USDC', amount: 0 }],
    });
    const rule = ruleOf(book.venues[1]!);
    const at = (WETH: number) => handMadeView(book, { priceUsd: { WETH } });
    expect(imbalance(book, rule.liquidate(at(900), [0 as AccountRow])[0]!)).toEqual({});
    const [written] = rule.liquidate(at(500), [0 as AccountRow]);
    expect(imbalance(book, written!)).toEqual({ USDC: expect.closeTo(loss, 9) as number });
    const paid = { kind: 'fund', fund: 0 as FundRow, amount: -loss } as const;
    expect(imbalance(book, { ...written!, effects: [...written!.effects, paid] })).toEqual({});
  });
});
