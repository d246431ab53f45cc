import { isDue, legsOf, ownValues, type AccountRow, type Book } from '@undertow/book';
import { openShock } from '@undertow/cascade';
import {
  amountOfShares,
  pairHealthFactorWad,
  pairSharesDown,
  pooledAccountData,
  pooledRelease,
  sharesOfAmount,
  type PooledPosition,
} from '@undertow/market';
import fc from 'fast-check';
import { RAY, rayDivHalfUp } from '@undertow/units';
import { handMadeBook, type HandMadeAccount } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { lendingAccount, RANDOM_ASSETS } from '../../../cascade/src/fixtures/random-books.ts';
import {
  leastAmount,
  meetsMoves,
  meetsRatio,
  presetPolicy,
  requiredOf,
  sharedPrices,
  wadOf,
  type CureOption,
  type Policy,
} from '../index.ts';

const WAD = 10n ** 18n;
const ROW = 0 as AccountRow;

const policyOf = (change: Partial<Policy>): Policy => ({
  ...presetPolicy('health-factor')!,
  ...{ smallestDebtUsd: 0, rungs: [{ name: 'call', at: 0.01, action: 'call', isUrgent: false }] },
  ...change,
});

function requiredIn(book: Book, policy: Policy, row = ROW) {
  const shared = sharedPrices(book);
  const meets = meetsRatio(policy.measure as 'healthFactor', policy.cureTarget, shared);
  return requiredOf(book, row, { policy, shared, meets });
}

/** The venue's health factor with one leg moved, from its integers alone: written down here again. */
function healthWad(book: Book, option: CureOption, moved: bigint): bigint {
  const { legs, exact, venues, accounts } = book;
  const { protocol } = venues[accounts.venue[0]!]!;
  let [collateral, weighted, debt] = [0n, 0n, 0n];
  let priceE36 = 0n;
  for (const leg of legsOf(book, ROW)) {
    const asset = book.assets[legs.asset[leg]!]!;
    const isOwed = legs.side[leg] === -1;
    const isMoved = asset.symbol === option.symbol && isOwed === (option.kind === 'repay');
    const amount = exact.amount[leg]! + (isMoved ? (isOwed ? -moved : moved) : 0n);
    const unit = 10n ** BigInt(asset.decimals);
    const price = exact.answer[legs.oracle[leg]!]!;
    if (protocol === 'morpho') {
      const state = exact.marketState[legs.market[leg]!]![0]!;
      if (isOwed) debt = amount;
      else {
        priceE36 = (state * price) / exact.answer[book.legs.oracle[legsOf(book, ROW).at(-1)!]!]!;
        collateral = (((amount * priceE36) / 10n ** 36n) * exact.threshold[leg]!) / WAD;
      }
    } else if (isOwed) {
      debt += protocol === 'aave30' ? (amount * price) / unit : (amount * price + unit - 1n) / unit;
    } else {
      const value = (amount * price) / unit;
      collateral += value;
      weighted += value * exact.threshold[leg]!;
    }
  }
  if (debt === 0n) return 1n << 200n;
  if (protocol === 'morpho') return (collateral * WAD) / debt;
  const halfUp = (product: bigint, by: bigint) => (product + by / 2n) / by;
  if (protocol === 'aave36') return halfUp(weighted * WAD, debt) / 10_000n;
  if (collateral === 0n) return 0n;
  return halfUp(halfUp(collateral * (weighted / collateral), 10_000n) * WAD, debt);
}

const health = fc.double({ min: 1.05, max: 1.6, noNaN: true }).map((value) => Math.round(value * 1e4) / 1e4);

describe('what cures a call', () => {
  it('is the least by the venue’s own integers: one raw unit less does not do', () => {
    let options = 0;
    fc.assert(
      fc.property(lendingAccount(), health, (account, target) => {
        const book = handMadeBook(RANDOM_ASSETS, [account]);
        const policy = policyOf({ cureTarget: target });
        const required = requiredIn(book, policy);
        for (const option of required.options) {
          const [least, asked] = [BigInt(option.least), BigInt(option.asked)];
          const at = (moved: bigint) => healthWad(book, option, moved);
          expect(at(least)).toBeGreaterThanOrEqual(wadOf(target));
          expect(at(asked)).toBeGreaterThanOrEqual(wadOf(target));
          if (least === 0n) continue;
          options += 1;
          expect(at(least - 1n)).toBeLessThan(wadOf(target));
          // Nor does any other smaller amount, also where a floored average makes more collateral worse.
          for (let part = 1n; part < 40n; part++)
            expect(at((least * part) / 40n)).toBeLessThan(wadOf(target));
          for (let step = 2n; step < least && step < 1n << 60n; step *= 3n)
            expect(at(least - step)).toBeLessThan(wadOf(target));
        }
      }),
      { numRuns: 80, seed: 15 },
    );
    expect(options).toBeGreaterThan(120);
  });

  it('is the least of all, tried one by one, where a venue floors the average threshold', () => {
    // Two decimals, so that all amounts can be tried; the second asset lowers the average, which more of it makes worse in steps.
    const assets = [
      { symbol: 'AAA', priceUsd: 100, decimals: 2 },
      { symbol: 'BBB', priceUsd: 1, decimals: 2 },
      { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant' as const, tie: {} },
    ];
    let steps = 0;
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 900 }), fc.integer({ min: 1, max: 400 }), (owed, has) => {
        const account: HandMadeAccount = {
          venue: 'aave30',
          legs: [
            { asset: 'AAA', amount: 10, threshold: 0.83, bonus: 0.05 },
            { asset: 'BBB', amount: has, threshold: 0.55, bonus: 0.05 },
            { asset: 'USDC', amount: -owed },
          ],
        };
        const book = handMadeBook(assets, [account]);
        const required = requiredIn(book, policyOf({ cureTarget: 1.25 }));
        const option = required.options.find(({ symbol }) => symbol === 'BBB')!;
        let first = 0n;
        while (healthWad(book, option, first) < wadOf(1.25)) first += 1n;
        expect(BigInt(option.least)).toBe(first);
        // Counts books in which some larger amount is not enough.
        for (let more = 1n; more < 400n; more++)
          if (healthWad(book, option, first + more) < wadOf(1.25)) {
            steps += 1;
            break;
          }
        expect(healthWad(book, option, BigInt(option.asked))).toBeGreaterThanOrEqual(wadOf(1.25));
      }),
      { numRuns: 25, seed: 15 },
    );
    expect(steps).toBeGreaterThan(0);
  });

  it('holds when the payment goes through the shares of a pool, at any index', () => {
    fc.assert(
      fc.property(
        lendingAccount(['aave30', 'aave36']),
        fc.bigInt({ min: RAY, max: 3n * RAY }),
        fc.bigInt({ min: RAY, max: 3n * RAY }),
        (account, incomeIndexRay, debtIndexRay) => {
          const release = pooledRelease(account.venue === 'aave30' ? '3.0' : '3.6')!;
          const made = handMadeBook(RANDOM_ASSETS, [account]);
          // The book has the balances of some shares, so that what it has is what the pool says.
          const sharesOf = (leg: number) => rayDivHalfUp(made.exact.amount[leg]!, indexOf(leg));
          const indexOf = (leg: number) => (made.legs.side[leg] === 1 ? incomeIndexRay : debtIndexRay);
          const sideOf = (leg: number): 'collateral' | 'debt' =>
            made.legs.side[leg] === 1 ? 'collateral' : 'debt';
          const amount = made.exact.amount.map((_, leg) =>
            amountOfShares(sideOf(leg), sharesOf(leg), indexOf(leg), release),
          );
          const book: Book = { ...made, exact: { ...made.exact, amount } };
          for (const option of requiredIn(book, policyOf({ cureTarget: 1.3 })).options) {
            const positions = legsOf(book, ROW).map((leg): PooledPosition => {
              const { symbol, decimals } = book.assets[book.legs.asset[leg]!]!;
              const side = sideOf(leg);
              const isMoved = symbol === option.symbol && (side === 'debt') === (option.kind === 'repay');
              const paid = sharesOfAmount(side, side === 'debt' ? 'burn' : 'mint', BigInt(option.asked), {
                ...{ indexRay: indexOf(leg), release },
              });
              const whole = BigInt(option.asked) === amount[leg];
              const shares =
                sharesOf(leg) + (isMoved ? (side === 'debt' ? (whole ? -sharesOf(leg) : -paid) : paid) : 0n);
              return {
                ...{
                  collateralShares: side === 'debt' ? 0n : shares,
                  debtShares: side === 'debt' ? shares : 0n,
                },
                isCollateral: side === 'collateral',
                reserve: {
                  ...{
                    reserveId: 0,
                    decimals,
                    loanToValueBps: 0n,
                    liquidationBonusBps: 0n,
                    liquidationProtocolFeeBps: 0n,
                  },
                  ...{ isActive: true, isPaused: false, category: 0, incomeIndexRay, debtIndexRay },
                  liquidationThresholdBps: book.exact.threshold[leg]!,
                  price: book.exact.answer[book.legs.oracle[leg]!]!,
                },
              };
            });
            const { healthFactorWad } = pooledAccountData({ release, positions, category: undefined });
            expect(healthFactorWad ?? 2n * WAD).toBeGreaterThanOrEqual(wadOf(1.3));
          }
        },
      ),
      { numRuns: 60, seed: 15 },
    );
  });

  it('holds when a repayment goes through the shares of a pair', () => {
    fc.assert(
      fc.property(
        lendingAccount(['morpho']),
        fc.bigInt({ min: 10n ** 15n, max: 10n ** 22n }),
        fc.bigInt({ min: 1n, max: 3n }),
        (account, totalShares, grown) => {
          const book = handMadeBook(RANDOM_ASSETS, [account]);
          const [collateralLeg, debtLeg] = legsOf(book, ROW);
          const debt = { shares: totalShares, assets: (totalShares * grown) / 1_000_000n };
          const totals = {
            ...{ debtAssets: debt.assets, debtShares: debt.shares, lastAccrued: 0 },
            supplyAssets: 0n,
            supplyShares: 0n,
          };
          const scale = book.exact.marketState[book.legs.market[debtLeg!]!]![0]!;
          const answers = [collateralLeg!, debtLeg!].map((leg) => book.exact.answer[book.legs.oracle[leg]!]!);
          const state = {
            totals: totals as never,
            priceE36: (scale * answers[0]!) / answers[1]!,
            liquidationThresholdWad: book.exact.threshold[collateralLeg!]!,
          };
          const debtShares = pairSharesDown(book.exact.amount[debtLeg!]!, debt);
          const collateral = book.exact.amount[collateralLeg!]!;
          for (const option of requiredIn(book, policyOf({ cureTarget: 1.2 })).options) {
            const asked = BigInt(option.asked);
            const paid = option.kind === 'repay' ? pairSharesDown(asked, debt) : 0n;
            const position = {
              collateral: collateral + (option.kind === 'top-up' ? asked : 0n),
              debtShares: debtShares - paid,
            };
            expect(pairHealthFactorWad(position, state) ?? 2n * WAD).toBeGreaterThanOrEqual(wadOf(1.2));
          }
        },
      ),
      { numRuns: 60, seed: 15 },
    );
  });

  it('reaches a loan-to-value, and a ratio of collateral, to the unit', () => {
    // 10 WETH at 3,000 against 21,000 USDC: 70 %. To 60 %: repay 3,000, or top up 5,000 ÷ 3,000 WETH.
    const account: HandMadeAccount = {
      venue: 'morpho',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.86, bonus: 0.05 },
        { asset: 'USDC', amount: -21_000 },
      ],
    };
    const book = handMadeBook(RANDOM_ASSETS, [account]);
    const found = requiredIn(book, policyOf({ measure: 'loanToValue', cureTarget: 0.6 }));
    expect(found.options.map(({ kind, least, asked }) => [kind, least, asked])).toEqual([
      ['repay', '3000000000', '3000000005'],
      ['top-up', '1666666666666666667', '1666666666666666672'],
    ]);
    expect(found.amountUsd).toBeCloseTo(3_000, 4);
    const ratio = requiredIn(book, policyOf({ measure: 'collateralRatio', cureTarget: 1.6 }));
    expect(ratio.options.map(({ least }) => least)).toEqual(['2250000000', '1200000000000000000']);
    // Up to a minimum transfer, and to whole thousands.
    const least = requiredIn(
      book,
      policyOf({ measure: 'loanToValue', cureTarget: 0.69, minimumTransferUsd: 500 }),
    );
    expect(least.options.map(({ asked, askedUsd }) => [asked, askedUsd])).toEqual([
      ['500000000', 500],
      [expect.stringMatching(/^1666666666666666\d\d$/), expect.closeTo(500, 9)],
    ]);
    const rounded = requiredIn(
      book,
      policyOf({ measure: 'loanToValue', cureTarget: 0.65, roundUpToUsd: 1_000 }),
    );
    expect(rounded.options.map(({ least: some, asked }) => [some, asked])).toEqual([
      ['1500000000', '2000000000'],
      // Collateral is worth whole raw units of USDC: 32,307.692308 ÷ 3,000 WETH, rounded up.
      ['769230769333333334', '1000000000000000000'],
    ]);
  });

  it('is the whole debt below the floor, and says where nothing is known', () => {
    const legs = [
      { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
      { asset: 'WBTC', amount: -0.1 },
      { asset: 'USDC', amount: -3_000 },
    ];
    const book = handMadeBook(RANDOM_ASSETS, [{ venue: 'aave36', legs }]);
    const whole = requiredIn(book, policyOf({ fullCloseBelowUsd: 10_000 }));
    expect(whole).toMatchObject({ isFullClose: true, amountUsd: 9_000 });
    expect(whole.options.map(({ asked }) => asked)).toEqual(['10000000', '3000000000']);
    // No repayment of one of two debts alone gets this far: 3,000 USD at 9 leave no more than 24,000 ÷ 9.
    const alone = requiredIn(book, policyOf({ cureTarget: 9 }));
    expect(alone.notes).toEqual(
      ['WBTC', 'USDC'].map((one) => `no repayment of ${one} alone reaches the cure target of 9`),
    );
  });

  it('keeps so many standard deviations away from the venue’s own line', () => {
    const book = handMadeBook(RANDOM_ASSETS, [
      {
        venue: 'aave36',
        legs: [
          { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
          { asset: 'USDC', amount: -20_000 },
        ],
      },
    ]);
    const move = Math.expm1(-3 * 0.08);
    const values = openShock(book)({ moves: [{ kind: 'reference', symbol: 'WETH', move }] });
    const fallen = { prices: values, volatilityFactor: 1, exactAnswers: values.exactAnswers };
    const policy = policyOf({ measure: 'deviations', cureTarget: 3 });
    const meets = meetsMoves([fallen]);
    const { options } = requiredOf(book, ROW, { policy, shared: sharedPrices(book), meets });
    expect(options.map(({ kind }) => kind)).toEqual(['repay', 'top-up']);
    const line = 10 * 3_000 * (1 + move) * 0.8;
    expect(options[0]!.leastUsd).toBeCloseTo(20_000 - line, 4);
    expect(options[1]!.leastUsd * (1 + move) * 0.8).toBeCloseTo(20_000 - line, 4);
    expect(isDue(ownValues(book), ROW)).toBe(false);
  });
});

describe('leastAmount', () => {
  it('finds the line from any guess, and nothing beyond the largest', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_000n }),
        fc.bigInt({ min: 0n, max: 20_000n }),
        (line, guess) => {
          const found = leastAmount({ isEnough: (amount) => amount >= line, guess, most: 9_000n });
          expect(found).toBe(line <= 9_000n ? line : undefined);
        },
      ),
    );
  });
});
