import { isDue, type AccountRow, type Book } from '@undertow/book';
import {
  emptyPairTotals,
  largestPairLiquidation,
  pooledLiquidation,
  pooledRelease,
  type PooledAccount,
} from '@undertow/market';
import { RAY } from '@undertow/units';
import fc from 'fast-check';
import { amountOf, claimOn, flowOf, largestOffer, movedLeg, offersFor } from '../fixtures/claims.ts';
import { handMadeBook, type HandMadeAccount, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import { handMadeView } from '../fixtures/hand-made-view.ts';
import { imbalance } from '../fixtures/imbalance.ts';
import { VENUE_RULES } from '../fixtures/venue-rules.ts';
import type { Liquidation, Offer } from '../kernel.ts';

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

type Asset = Book['assets'][number];

/** Equal but for what integers round: one part in 1e9, a few raw units, or what two raw units of the debt are worth. */
function expectSame(actual: number, raw: bigint, { asset, debt }: { asset: Asset; debt: Asset }): void {
  const exact = Number(raw) / 10 ** asset.decimals;
  const debtUnitUsd = debt.oraclePriceUsd * 10 ** -debt.decimals;
  const rounding = 1e-9 * exact + 3 * 10 ** -asset.decimals + (2 * debtUnitUsd) / asset.oraclePriceUsd;
  expect(Math.abs(actual - exact)).toBeLessThanOrEqual(rounding);
}

describe('repayAndSeize', () => {
  test('the largest call liquidates the same amounts as the exact integer functions', () => {
    let compared = 0;
    fc.assert(
      fc.property(dueArbitrary, (account) => {
        const book = handMadeBook(ASSETS, [account]);
        const view = handMadeView(book);
        if (!isDue(view, 0 as AccountRow)) return;
        const offer = largestOffer(view);
        const [liquidation] = offer.at(1) as [Liquidation];
        compared++;
        const writtenOff = liquidation.effects.filter(
          (effect) => effect.kind === 'badDebt' && effect.borneBy === 'others',
        );
        expect(Object.keys(imbalance(book, offer))).toHaveLength(writtenOff.length);
        if (account.venue === 'morpho') comparePair(book, offer, liquidation);
        else comparePooled(book, offer, liquidation);
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test('a smaller call is the same in proportion, without bad debt', () => {
    fc.assert(
      fc.property(dueArbitrary, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (account, size) => {
        const book = handMadeBook(ASSETS, [account]);
        const view = handMadeView(book);
        if (!isDue(view, 0 as AccountRow)) return;
        const offer = largestOffer(view);
        const [whole] = offer.at(1) as [Liquidation];
        const [part] = offer.at(size) as [Liquidation];
        expect(part.repaidUsd).toBeCloseTo(whole.repaidUsd * size, 6);
        expect(part.seizedUsd).toBeCloseTo(whole.seizedUsd * size, 6);
        expect(amountOf(part, 'badDebt')).toBe(0);
        expect(imbalance(book, offer, size)).toEqual({});
      }),
    );
  });

  test('offers every debt with every collateral, the largest of both first, of equals the first by address', () => {
    const equal: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        collateral('WETH', 20),
        collateral('WBTC', 1),
        { asset: 'USDC', amount: -60_000 },
        { asset: 'WBTC', amount: -1 },
      ],
    };
    const view = handMadeView(handMadeBook(ASSETS, [equal]));
    const offers = offersFor(view) as readonly Offer[];
    const legs = offers.map((offer) => {
      const [done] = offer.at(1) as [Liquidation];
      return done.effects.flatMap((effect) => (effect.kind === 'leg' ? [effect.leg] : []));
    });
    expect(legs).toEqual([
      [3, 0],
      [3, 1],
      [2, 0],
      [2, 1],
    ]);
  });

  test('stops short of leaving dust at release 3.6', () => {
    // Two debts: half of all is 2,450, and all but 50 of the larger one may not be left.
    const book = handMadeBook(ASSETS, [
      {
        venue: 'aave36',
        legs: [collateral('WETH', 1.96), { asset: 'USDC', amount: -2_500 }, { asset: 'WBTC', amount: -0.04 }],
      },
    ]);
    const offer = largestOffer(handMadeView(book));
    expect(offer.at(1)[0]!.repaidUsd).toBeCloseTo(1_500, 9);
    // Every smaller call leaves enough as well.
    expect(offer.mostPart).toBe(1);
  });

  test('a whole call may clear a side where no smaller one may come near it', () => {
    const small: HandMadeAccount = {
      venue: 'aave36',
      legs: [collateral('WETH', 0.6), { asset: 'USDC', amount: -1_600 }],
    };
    const offer = largestOffer(handMadeView(handMadeBook(ASSETS, [small])));
    expect(offer.at(1)[0]!.repaidUsd).toBeCloseTo(1_600, 9);
    // 600 of the debt may be repaid in part, but 700 of 1,680 of collateral at most is 117 less than 1,000 left.
    expect(offer.mostPart).toBeCloseTo(Math.min(600 / 1_600, (0.6 * 3_000 - 1_000) / 1_680), 9);
  });

  test('collateral that may not be taken is paused, none at all is lost', () => {
    const [paused, none]: readonly HandMadeAccount[] = [
      {
        venue: 'aave30',
        legs: [
          { asset: 'WETH', amount: 1, threshold: 0.8 },
          { asset: 'USDC', amount: -2_900 },
        ],
      },
      { venue: 'aave30', legs: [{ asset: 'USDC', amount: -500 }] },
    ];
    const view = handMadeView(handMadeBook(ASSETS, [paused!, none!]));
    expect(offersFor(view, 0)).toBe('paused');
    expect(offersFor(view, 1)).toBe('no-collateral');
  });

  describe('where a venue’s rule says so', () => {
    const rules = { entered: { ...VENUE_RULES.entered.rule, closeFactor: 0.4 } };
    const viewOf = (...legs: HandMadeAccount['legs']) =>
      handMadeView(handMadeBook(ASSETS, [{ venue: 'entered', legs }], { rules }));
    const held = (asset: string, amount: number, threshold: number) => ({
      asset,
      amount,
      threshold,
      bonus: 0.1,
    });

    test('no more than the close factor is repaid, however bad the health', () => {
      const [done] = largestOffer(viewOf(held('WETH', 1, 0.3), { asset: 'USDC', amount: -2_500 })).at(1);
      expect(done!.repaidUsd).toBeCloseTo(1_000, 9);
      expect(done!.seizedUsd).toBeCloseTo(1_100, 9);
      expect(amountOf(done!, 'lot')).toBe(0);
    });

    test('nor when nothing backs the debt any more, so that its health factor is 0', () => {
      const [done] = largestOffer(viewOf(held('WBTC', 0.1, 0), { asset: 'USDC', amount: -2_500 })).at(1);
      expect(done!.repaidUsd).toBeCloseTo(1_000, 9);
      expect(done!.seizedUsd).toBeCloseTo(1_100, 9);
    });

    test('what backs nothing is seized all the same, and the debt without supply stays', () => {
      const [idle, backing] = [held('WBTC', 0.01, 0), held('WETH', 0.1, 0.8)];
      const [first] = largestOffer(viewOf(idle, backing, { asset: 'USDC', amount: -2_500 })).at(1);
      expect(movedLeg(first!, 0)).toBeCloseTo(-0.01, 12);
      expect(movedLeg(first!, 1)).toBe(0);
      expect(amountOf(first!, 'badDebt')).toBe(0);
      const [last] = largestOffer(viewOf(idle, { asset: 'USDC', amount: -2_500 })).at(1);
      expect(last!.repaidUsd).toBeCloseTo(600 / 1.1, 9);
      expect(last!.effects).toContainEqual(expect.objectContaining({ kind: 'badDebt', borneBy: 'nobody' }));
      expect(amountOf(last!, 'badDebt')).toBeCloseTo(2_500 - 600 / 1.1, 9);
    });

    test('what rounding left is left alone', () => {
      const dust = viewOf(held('WETH', 0.000003, 0.8), { asset: 'USDC', amount: -50 });
      expect(offersFor(dust)).toBe('no-collateral');
      const more = viewOf(held('WETH', 0.000004, 0.8), { asset: 'USDC', amount: -50 });
      expect(offersFor(more)).toHaveLength(1);
      expect(offersFor(viewOf(held('WETH', 1, 0), { asset: 'USDC', amount: -0.009 }))).toEqual([]);
    });
  });

  test('nobody has a claim on an account that is not due', () => {
    const healthy: HandMadeAccount = {
      venue: 'aave30',
      legs: [collateral('WETH', 1), { asset: 'USDC', amount: -1_000 }],
    };
    expect(claimOn(handMadeView(handMadeBook(ASSETS, [healthy])))).toBeUndefined();
  });
});

function comparePooled(book: Book, offer: Offer, liquidation: Liquidation): void {
  const account = pooledAccountOf(book);
  const legs = liquidation.effects.flatMap((effect) => (effect.kind === 'leg' ? [effect.leg as number] : []));
  const [debt, seized] = [legs[0]!, legs[1]!];
  const assetOf = (leg: number) => book.assets[book.legs.asset[leg]!]!;
  const repaid = -movedLeg({ ...liquidation, effects: liquidation.effects.slice(0, 1) }, debt);
  const call = { account, collateral: seized, debt };
  let exact = pooledLiquidation(call);
  if (exact.outcome === 'refused' && exact.reason === 'dust') {
    // The largest call is refused: the kernel's smaller one must be taken.
    exact = pooledLiquidation({
      ...call,
      debtToCover: BigInt(Math.floor(repaid * 10 ** assetOf(debt).decimals)),
    });
  }
  if (exact.outcome === 'refused') throw new Error(`the exact function refuses: ${exact.reason}`);
  const ofDebt = { asset: assetOf(debt), debt: assetOf(debt) };
  const ofSeized = { asset: assetOf(seized), debt: assetOf(debt) };
  expectSame(repaid, exact.repaid, ofDebt);
  expectSame(-movedLeg(liquidation, seized) - amountOf(liquidation, 'lot'), exact.seized, ofSeized);
  expectSame(amountOf(liquidation, 'lot'), exact.protocolFee, ofSeized);
  const [seizedAsset, debtAsset] = [book.legs.asset[seized]!, book.legs.asset[debt]!];
  if (seizedAsset !== debtAsset) {
    expectSame(flowOf(offer, seizedAsset), exact.seized, ofSeized);
    expectSame(-flowOf(offer, debtAsset), exact.repaid, ofDebt);
  }
  if (account.release !== '3.0') {
    const writtenOff = exact.badDebt.reduce((sum, { position, amount }) => {
      return sum + Number(amount) / 10 ** assetOf(position).decimals;
    }, 0);
    expect(amountOf(liquidation, 'badDebt')).toBeCloseTo(writtenOff, 4);
  }
}

function comparePair(book: Book, offer: Offer, liquidation: Liquidation): void {
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
  expectSame(-movedLeg(liquidation, 0), exact.seized, { asset, debt });
  expectSame(-flowOf(offer, 2), exact.repaid, { asset: debt, debt });
  expectSame(amountOf(liquidation, 'badDebt'), exact.badDebt, { asset: debt, debt });
}
