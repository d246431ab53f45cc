import type { AccountRow, Book } from '@undertow/book';
import {
  emptyPairTotals,
  largestPairLiquidation,
  pooledLiquidation,
  pooledRelease,
  type PooledAccount,
} from '@undertow/market';
import { RAY } from '@undertow/units';
import fc from 'fast-check';
import { handMadeBook, type HandMadeAccount, type HandMadeAsset } from './fixtures/hand-made-book.ts';
import { handMadeView } from './fixtures/hand-made-view.ts';
import { imbalance } from './fixtures/imbalance.ts';
import type { Liquidation } from './rule.ts';
import { ruleOf } from './rules.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 3_000, decimals: 18 },
  { symbol: 'WBTC', priceUsd: 60_000, decimals: 8 },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];

const six = (value: number) => Math.round(value * 1e6) / 1e6;
const collateral = (asset: string, amount: number) => ({
  asset,
  amount: six(amount),
  threshold: 0.825,
  bonus: 0.05,
  protocolFee: 0.1,
});

/** Accounts whose health factor is mostly below 1, from a few hundred to a few hundred thousand USD. */
const dueArbitrary: fc.Arbitrary<HandMadeAccount> = fc
  .record({
    venue: fc.constantFrom('aave30' as const, 'aave36' as const, 'morpho' as const),
    units: fc.double({ min: 0.1, max: 100, noNaN: true }),
    coins: fc.double({ min: 0.001, max: 3, noNaN: true }),
    load: fc.double({ min: 0.78, max: 1.2, noNaN: true }),
    owedInWbtc: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  })
  .map(({ venue, units, coins, load, owedInWbtc }) => {
    const isPair = venue === 'morpho';
    const debtUsd = (units * 3_000 + (isPair ? 0 : coins * 60_000)) * load;
    const usdc = { asset: 'USDC', amount: -six(isPair ? debtUsd : debtUsd * (1 - owedInWbtc)) };
    const wbtc = { asset: 'WBTC', amount: -six((debtUsd * owedInWbtc) / 60_000) };
    // Morpho's bonus follows from its threshold, and nothing of it stays with the protocol.
    const pairTerms = { bonus: 1 / (1 - 0.3 * (1 - 0.825)) - 1, protocolFee: 0 };
    const weth = { ...collateral('WETH', units), ...(isPair ? pairTerms : {}) };
    return { venue, legs: isPair ? [weth, usdc] : [weth, collateral('WBTC', coins), usdc, wbtc] };
  });

/** The hand-made account as libs/market takes it, one position per leg. */
function pooledAccountOf(book: Book): PooledAccount {
  const positions = Array.from({ length: book.legs.count }, (_, leg) => ({
    reserve: {
      reserveId: leg,
      decimals: book.assets[book.legs.asset[leg]!]!.decimals,
      loanToValueBps: 0n,
      liquidationThresholdBps: book.exact.threshold[leg]!,
      liquidationBonusBps: 500n,
      liquidationProtocolFeeBps: 1_000n,
      isActive: true,
      isPaused: false,
      category: 0,
      incomeIndexRay: RAY,
      debtIndexRay: RAY,
      price: book.exact.answer[book.legs.oracle[leg]!]!,
    },
    collateralShares: book.legs.side[leg] === 1 ? book.exact.amount[leg]! : 0n,
    debtShares: book.legs.side[leg] === -1 ? book.exact.amount[leg]! : 0n,
    isCollateral: book.legs.side[leg] === 1,
  }));
  const { version } = book.venues[book.accounts.venue[0]!]!;
  return { release: pooledRelease(version)!, positions, category: undefined };
}

const moved = ({ effects }: Liquidation, leg: number) =>
  effects.reduce(
    (sum, effect) => (effect.kind === 'leg' && effect.leg === leg ? sum - effect.delta : sum),
    0,
  );
const amountOf = ({ effects }: Liquidation, kind: 'sell' | 'buy' | 'keep' | 'badDebt') =>
  effects.reduce((sum, effect) => (effect.kind === kind ? sum + effect.amount : sum), 0);

type Asset = Book['assets'][number];

/** Equal but for what integers round: one part in 1e9, a few raw units, or what two raw units of the debt are worth. */
function expectSame(actual: number, raw: bigint, { asset, debt }: { asset: Asset; debt: Asset }): void {
  const exact = Number(raw) / 10 ** asset.decimals;
  const debtUnitUsd = debt.oraclePriceUsd * 10 ** -debt.decimals;
  const rounding = 1e-9 * exact + 3 * 10 ** -asset.decimals + (2 * debtUnitUsd) / asset.oraclePriceUsd;
  expect(Math.abs(actual - exact)).toBeLessThanOrEqual(rounding);
}

describe('repayAndSeize', () => {
  test('liquidates the same amounts as the exact integer functions', () => {
    let compared = 0;
    fc.assert(
      fc.property(dueArbitrary, (account) => {
        const book = handMadeBook(ASSETS, [account]);
        const rule = ruleOf(book.venues[book.accounts.venue[0]!]!);
        const view = handMadeView(book);
        if (!rule.isDue(view, 0 as AccountRow)) return;
        const liquidation = rule.liquidate(view, [0 as AccountRow])[0]!;
        compared++;
        const writtenOff = liquidation.effects.filter(
          (effect) => effect.kind === 'badDebt' && effect.bornBy === 'others',
        );
        expect(Object.keys(imbalance(book, liquidation))).toHaveLength(writtenOff.length);
        if (account.venue === 'morpho') comparePair(book, liquidation);
        else comparePooled(book, liquidation);
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test('picks the largest debt and the largest collateral, the first when equal', () => {
    const equal: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        collateral('WETH', 20),
        collateral('WBTC', 1),
        { asset: 'USDC', amount: -60_000 },
        { asset: 'WBTC', amount: -1 },
      ],
    };
    const book = handMadeBook(ASSETS, [equal]);
    const { effects } = ruleOf(book.venues[0]!).liquidate(handMadeView(book), [0 as AccountRow])[0]!;
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'leg', leg: 0 }));
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'leg', leg: 2 }));
  });

  test('stops short of leaving dust at release 3.6', () => {
    // Two debts: half of all is 2,450, and all but 50 of the larger one may not be left.
    const book = handMadeBook(ASSETS, [
      {
        venue: 'aave36',
        legs: [collateral('WETH', 1.96), { asset: 'USDC', amount: -2_500 }, { asset: 'WBTC', amount: -0.04 }],
      },
    ]);
    const view = handMadeView(book);
    expect(ruleOf(book.venues[1]!).isDue(view, 0 as AccountRow)).toBe(true);
    expect(ruleOf(book.venues[1]!).liquidate(view, [0 as AccountRow])[0]!.repaidUsd).toBeCloseTo(1_500, 9);
  });

  describe('where a market says the close factor', () => {
    const closeFactor = { marketState: { 'entered USDC': [0n, 0n, 400_000_000_000_000_000n] } };
    const liquidate = (...legs: HandMadeAccount['legs']) => {
      const book = handMadeBook(ASSETS, [{ venue: 'entered', legs }], closeFactor);
      const venue = book.venues[book.accounts.venue[0]!]!;
      return ruleOf(venue).liquidate(handMadeView(book), [0 as AccountRow])[0];
    };
    const held = (asset: string, amount: number, threshold: number) => ({
      asset,
      amount,
      threshold,
      bonus: 0.1,
    });

    test('no more is repaid, however bad the health', () => {
      const done = liquidate(held('WETH', 1, 0.3), { asset: 'USDC', amount: -2_500 })!;
      expect(done.repaidUsd).toBeCloseTo(1_000, 9);
      expect(done.seizedUsd).toBeCloseTo(1_100, 9);
      expect(amountOf(done, 'keep')).toBe(0);
    });

    test('what backs nothing is seized all the same, and the debt without supply stays', () => {
      const [idle, backing] = [held('WBTC', 0.01, 0), held('WETH', 0.1, 0.8)];
      const first = liquidate(idle, backing, { asset: 'USDC', amount: -2_500 })!;
      expect(moved(first, 0)).toBeCloseTo(0.01, 12);
      expect(moved(first, 1)).toBe(0);
      expect(amountOf(first, 'badDebt')).toBe(0);
      const last = liquidate(idle, { asset: 'USDC', amount: -2_500 })!;
      expect(last.repaidUsd).toBeCloseTo(600 / 1.1, 9);
      expect(last.effects).toContainEqual(expect.objectContaining({ kind: 'badDebt', bornBy: 'nobody' }));
      expect(amountOf(last, 'badDebt')).toBeCloseTo(2_500 - 600 / 1.1, 9);
    });

    test('what rounding left is left alone', () => {
      expect(liquidate(held('WETH', 0.000003, 0.8), { asset: 'USDC', amount: -50 })).toBeUndefined();
      expect(liquidate(held('WETH', 0.000004, 0.8), { asset: 'USDC', amount: -50 })).toBeDefined();
    });
  });
});

function comparePooled(book: Book, liquidation: Liquidation): void {
  const account = pooledAccountOf(book);
  const legs = liquidation.effects.flatMap((effect) => (effect.kind === 'leg' ? [effect.leg as number] : []));
  const [debt, seized] = [legs[0]!, legs[1]!];
  const assetOf = (leg: number) => book.assets[book.legs.asset[leg]!]!;
  const call = { account, collateral: seized, debt };
  let exact = pooledLiquidation(call);
  if (exact.outcome === 'refused' && exact.reason === 'dust') {
    // The largest call is refused: the rule's smaller one must be taken.
    const debtToCover = BigInt(Math.floor(amountOf(liquidation, 'buy') * 10 ** assetOf(debt).decimals));
    exact = pooledLiquidation({ ...call, debtToCover });
  }
  if (exact.outcome === 'refused') throw new Error(`the exact function refuses: ${exact.reason}`);
  expectSame(amountOf(liquidation, 'buy'), exact.repaid, { asset: assetOf(debt), debt: assetOf(debt) });
  expectSame(amountOf(liquidation, 'sell'), exact.seized, { asset: assetOf(seized), debt: assetOf(debt) });
  expectSame(amountOf(liquidation, 'keep'), exact.protocolFee, {
    asset: assetOf(seized),
    debt: assetOf(debt),
  });
  if (account.release !== '3.0') {
    const writtenOff = exact.badDebt.reduce((sum, { position, amount }) => {
      return sum + Number(amount) / 10 ** assetOf(position).decimals;
    }, 0);
    expect(amountOf(liquidation, 'badDebt')).toBeCloseTo(writtenOff, 4);
  }
}

function comparePair(book: Book, liquidation: Liquidation): void {
  const [collateralAmount, debtAmount] = book.exact.amount;
  const [price, , usdc] = book.exact.answer;
  // A total of shares that are worth what they say, but for the venue's virtual million.
  const shares = 10n ** 30n;
  const exact = largestPairLiquidation(
    { collateral: collateralAmount!, debtShares: (debtAmount! * (shares + 10n ** 6n)) / (shares + 1n) },
    {
      totals: { ...emptyPairTotals, supplyAssets: shares, debtAssets: shares, debtShares: shares },
      priceE36: (book.exact.marketState[book.legs.market[0]!]![0]! * price!) / usdc!,
      liquidationThresholdWad: book.exact.threshold[0]!,
    },
  )!;
  const [asset, , debt] = book.assets as [Asset, Asset, Asset];
  expectSame(moved(liquidation, 0), exact.seized, { asset, debt });
  expectSame(amountOf(liquidation, 'buy'), exact.repaid, { asset: debt, debt });
  expectSame(amountOf(liquidation, 'badDebt'), exact.badDebt, { asset: debt, debt });
}
