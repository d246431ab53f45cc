import type { AccountRow, AssetRow, FundRow } from '@undertow/book';
import fc from 'fast-check';
import { handMadeBook, type HandMadeAccount, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import type { Effect } from '../kernel.ts';
import { openMarket } from '../market/market.ts';
import { shocked } from '../resolve-moves.ts';
import type { Run } from '../run.ts';
import { simulate } from '../simulate.ts';
import type { AccountOutcome } from './account-losses.ts';
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

/** A run that did some effects, and ended at given prices of WETH and USDC. */
function runOf(
  book: ReturnType<typeof handMadeBook>,
  effects: readonly Effect[],
  end: { readonly priceUsd: readonly [number, number]; readonly fundAmount?: readonly number[] },
): Run {
  const market = openMarket(book);
  const [weth, usdc] = end.priceUsd;
  const { places } = shocked(book, market, {
    moves: [
      { kind: 'reference', symbol: 'WETH', move: weth / 1_000 - 1 },
      { kind: 'reference', symbol: 'USDC', move: usdc - 1 },
    ],
  });
  const fundAmount = Float64Array.from(end.fundAmount ?? book.funds.map(({ amount }) => amount));
  const liquidations = [{ account: 0 as AccountRow, repaidUsd: 0, seizedUsd: 0, effects }];
  return {
    world: { book, market },
    steps: [{ calls: [{ liquidations }] }],
    end: { places, fundAmount },
  } as unknown as Run;
}

test('tells what others bear from what is left; a deficit is left, and nobody paid it', () => {
  const book = handMadeBook(ASSETS, [account('aave30'), account('aave36'), account('morpho')], {
    funds: [{ venue: 'aave36', kind: 'deficit', asset: 'USDC', amount: -100 }],
  });
  const result = simulate(book, { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.5 }] });
  const lost = expect.closeTo(loss, 9) as number;
  const own = { lossUsd: lost, fundUsd: 0, openUsd: 0 };
  expect(result.waterfall).toEqual([
    { venue: 'aave30', ...own, socialisedUsd: 0, leftUsd: lost },
    { venue: 'aave36', ...own, socialisedUsd: 0, leftUsd: lost },
    { venue: 'morpho', ...own, socialisedUsd: lost, leftUsd: 0 },
  ]);
  expect(result.funds).toEqual([
    {
      venue: 'aave36',
      fund: 'deficit',
      asset: book.assets[1]!.address,
      symbol: 'USDC',
      before: -100,
      after: expect.closeTo(-100 - loss, 9) as number,
      drawnUsd: lost,
      paidUsd: 0,
      receivedUsd: 0,
      lossUsd: 0,
    },
  ]);
});

test('what nobody has lost yet is open', () => {
  const fixed = [{ ...ASSETS[0]!, oracle: 'constant' } as const, ASSETS[1]!];
  const result = simulate(handMadeBook(fixed, [account('aave30')]), {
    moves: [{ kind: 'market', asset: handMadeBook(fixed, []).assets[0]!.address, move: -0.5 }],
  });
  const open = expect.closeTo(2_300, 9) as number;
  expect(result.waterfall).toEqual([
    { venue: 'aave30', lossUsd: open, fundUsd: 0, socialisedUsd: 0, leftUsd: 0, openUsd: open },
  ]);
});

test('rows add up to the last bit, at the final prices', () => {
  const book = handMadeBook(ASSETS, [account('aave30'), account('aave36'), account('morpho')]);
  const badDebt = fc.record({
    asset: fc.constantFrom(0 as AssetRow, 1 as AssetRow),
    usd: fc.double({ min: 0, max: 1e6, noNaN: true }),
    borneBy: fc.constantFrom('fund' as const, 'others' as const, 'nobody' as const),
    fund: fc.constant(undefined),
  });
  const outcome = fc.record({
    account: fc.constantFrom(0 as AccountRow, 1 as AccountRow, 2 as AccountRow),
    badDebts: fc.array(badDebt),
    shortfallUsd: fc.double({ min: 0, max: 1e6, noNaN: true }),
  });
  const run = runOf(book, [], { priceUsd: [1_000, 1] });
  fc.assert(
    fc.property(fc.array(outcome), (outcomes) => {
      const rows = waterfallOf(run, outcomes as unknown as AccountOutcome[]);
      for (const { lossUsd, fundUsd, socialisedUsd, leftUsd, openUsd } of rows)
        expect(lossUsd).toBe(fundUsd + socialisedUsd + leftUsd + openUsd);
      const total = rows.reduce((sum, { lossUsd }) => sum + lossUsd, 0);
      const parts = outcomes.flatMap(({ badDebts, shortfallUsd }) => [
        shortfallUsd,
        ...badDebts.map(({ usd }) => usd),
      ]);
      expect(total).toBeCloseTo(
        parts.reduce((sum, usd) => sum + usd, 0),
        3,
      );
    }),
  );
});

test('what a fund paid and received is at the final price; of what it repaid, only the shortfall is its loss', () => {
  const book = handMadeBook(ASSETS, [account('aave30')], {
    funds: [
      { venue: 'cdp', kind: 'stability-pool', asset: 'USDC', amount: 500 },
      { venue: 'perpetual', kind: 'insurance-fund', asset: 'WETH', amount: 2 },
    ],
  });
  const [pool, insurance] = [0 as FundRow, 1 as FundRow];
  const effects: Effect[] = [
    { kind: 'fund', fund: pool, amount: -400 },
    { kind: 'badDebt', asset: 1 as AssetRow, amount: 30, borneBy: 'fund', fund: pool },
    { kind: 'badDebt', asset: 1 as AssetRow, amount: 5, borneBy: 'others' },
    { kind: 'fund', fund: insurance, amount: 1.5 },
    { kind: 'fund', fund: insurance, amount: -0.5 },
    { kind: 'badDebt', asset: 0 as AssetRow, amount: 0.5, borneBy: 'fund', fund: insurance },
  ];
  const run = runOf(book, effects, { priceUsd: [700, 0.99], fundAmount: [100, 3] });
  const badDebts = effects.flatMap((effect) =>
    effect.kind === 'badDebt'
      ? [
          {
            asset: effect.asset,
            usd: effect.amount * [700, 0.99][effect.asset]!,
            borneBy: effect.borneBy,
            fund: effect.borneBy === 'fund' ? effect.fund : undefined,
          },
        ]
      : [],
  );
  const outcomes = [{ account: 0 as AccountRow, badDebts, shortfallUsd: 0 }] as unknown as AccountOutcome[];
  expect(fundUses(run, outcomes)).toMatchObject([
    {
      paidUsd: expect.closeTo(396, 9) as number,
      receivedUsd: 0,
      drawnUsd: expect.closeTo(396, 9) as number,
      lossUsd: expect.closeTo(29.7, 9) as number,
    },
    {
      paidUsd: expect.closeTo(350, 9) as number,
      receivedUsd: expect.closeTo(1_050, 9) as number,
      drawnUsd: expect.closeTo(-700, 9) as number,
      lossUsd: expect.closeTo(350, 9) as number,
    },
  ]);
});

test('account outcomes take bad debt once, though it stays on the account', () => {
  const book = handMadeBook(ASSETS, [account('aave30')]);
  const result = simulate(book, { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.5 }] });
  expect(result).toMatchObject({ badDebtUsd: expect.closeTo(loss, 9) as number, shortfallUsd: 0 });
});
