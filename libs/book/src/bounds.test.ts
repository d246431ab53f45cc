import { MAX_PAIR_FEE_WAD, type Fact } from '@undertow/market';
import { applyFacts } from './apply-facts.ts';
import { BEYOND } from './bounds.ts';
import {
  allSaid,
  keyed,
  owner,
  PAIR,
  pairPosition,
  pooledLeg,
  reference,
  USDC,
} from './fixtures/hand-made-facts.ts';
import { ledgerLines } from './ledger-digest.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { toBook } from './to-book.ts';

type Said = (typeof allSaid)[number];

const TAKEN = 'more is taken out of a market than is in it';
const MOST = 2n ** 128n - 1n;

function ledgerOf(said: readonly Said[]): Ledger {
  const ledger = emptyLedger({
    ...reference,
    venues: reference.venues.map((venue) => (venue.id === 'aave' ? { ...venue, version: '3.6' } : venue)),
  });
  applyFacts(ledger, keyed([...allSaid, ...said]));
  return ledger;
}
const linesOf = (said: readonly Said[]) => ledgerLines(ledgerOf(said));
const quarantined = (said: readonly Said[]) =>
  [...ledgerOf(said).quarantined].map(([source, reasons]) => [source, Object.fromEntries(reasons)]);

const totals = (
  side: 'debt' | 'supply',
  assetsDelta: bigint,
  sharesDelta: bigint,
  market: string = PAIR,
): Said => ({
  ...{ kind: 'IndexAccrued', venue: 'morpho', market },
  // The hand-made world is some blocks old by then, and no interest is charged in it.
  accrual: { form: 'totals', side, assetsDelta, sharesDelta, accrued: false },
});
const fund = (kind: 'deficit' | 'stability-pool', amountDelta: bigint): Said => ({
  ...{ kind: 'FundMoved', venue: 'aave', fund: kind, asset: USDC, amountDelta },
});
const collateral = (sharesDelta: bigint): Said => pooledLeg(5, USDC, 'collateral', sharesDelta);

describe('facts that no contract can say', () => {
  test('a loan beyond what a market can hold is quarantined, and everybody else stays as they are', () => {
    const before = toBook(ledgerOf([])).coverage;
    const after = toBook(ledgerOf(pairPosition(9, 10n ** 18n, 2n ** 200n).slice(1))).coverage;
    expect(after.modelledDebtUsd).toBe(before.modelledDebtUsd);
    expect(after.knownDebtUsd).toBe(before.knownDebtUsd);
    const gap = { source: 'morpho', reason: BEYOND, count: 2, debtUsd: undefined };
    expect(after.gaps).toMatchObject([...before.gaps, gap]);
  });

  test.each<[string, readonly Said[], string]>([
    ['a leg', [pooledLeg(5, USDC, 'debt', MOST + 1n)], BEYOND],
    ['a leg that shrinks', [pooledLeg(5, USDC, 'debt', -MOST - 1n)], BEYOND],
    [
      'an index',
      [
        {
          ...{ kind: 'IndexAccrued', venue: 'aave', market: USDC },
          accrual: { form: 'ray', side: 'debt', indexRay: MOST + 1n, ratePerYearRay: 0n },
        },
      ],
      BEYOND,
    ],
    ['totals', [totals('supply', 0n, 2n ** 255n)], BEYOND],
    ['totals that shrink', [totals('debt', -(2n ** 255n), 0n)], BEYOND],
    ['totals that fall below zero', [totals('supply', -1n, 0n)], TAKEN],
    ['totals of a market that nothing was said of', [totals('supply', -1n, 0n, 'x')], TAKEN],
    ['supply shares that do', [totals('supply', 0n, -1n)], TAKEN],
    ['debt shares that do', [totals('debt', 0n, -(10n ** 20n))], TAKEN],
    [
      'a fee',
      [
        {
          ...{ kind: 'IndexAccrued', venue: 'morpho', market: PAIR },
          accrual: { form: 'fee', feeWad: MAX_PAIR_FEE_WAD + 1n },
        },
      ],
      'a fee above a quarter of the interest, the most that its contract takes',
    ],
    ['a fund', [fund('stability-pool', MOST + 1n)], BEYOND],
    ['a deficit', [fund('deficit', 1n)], 'a deficit that is covered beyond what there is'],
    [
      'a position',
      [
        {
          ...{ kind: 'PositionChanged', venue: 'morpho', owner: owner(1), market: 'x', position: '' },
          change: { form: 'cdp', collateral: MOST + 1n, principal: 0n, interestOwed: 0n, stake: 0n },
        },
      ],
      BEYOND,
    ],
    [
      'what all positions have grown by',
      [
        {
          ...{ kind: 'GrowthAccrued', venue: 'morpho', market: 'x' },
          growth: { form: 'cdp', activeDebt: { principal: MOST + 1n, interest: 0n } },
        },
      ],
      BEYOND,
    ],
    [
      'a volatility',
      [
        {
          ...{ kind: 'VolatilityPosted', venue: 'morpho', market: 'x' },
          volatility: { form: 'option', valueWad: MOST + 1n, averagedWad: 1n },
        },
      ],
      BEYOND,
    ],
  ])('%s is counted with its reason, and changes nothing', (_what, said, reason) => {
    const venue = (said[0] as Extract<Fact, { venue: string }>).venue;
    expect(quarantined(said)).toEqual([[venue, { [reason]: 1 }]]);
    const isNew = (line: string) => !line.startsWith('market morpho x ');
    expect(linesOf(said).filter(isNew)).toEqual(linesOf([]));
  });

  test.each<[string, (amount: bigint) => Said, bigint]>([
    ['a leg', collateral, MOST],
    ['totals', (amount) => totals('supply', amount, 0n), MOST],
    ['a fund', (amount) => fund('stability-pool', amount), MOST],
    ['a deficit', (amount) => fund('deficit', -amount), MOST],
  ])('%s may come to the bound, in steps too, and not beyond it', (_what, of, most) => {
    const half = most / 2n;
    expect(linesOf([of(half), of(most - half)])).toEqual(linesOf([of(most)]));
    expect(linesOf([of(most), of(1n)])).toEqual(linesOf([of(most)]));
    expect(quarantined([of(most)])).toEqual([]);
    expect(quarantined([of(most), of(1n)])).toHaveLength(1);
  });

  test('a fee may be the largest that the contract takes', () => {
    const said: Said = {
      ...{ kind: 'IndexAccrued', venue: 'morpho', market: PAIR },
      accrual: { form: 'fee', feeWad: MAX_PAIR_FEE_WAD },
    };
    expect(quarantined([said])).toEqual([]);
    expect(ledgerOf([said]).venues.get('morpho')?.markets.get(PAIR)?.totals.feeWad).toBe(MAX_PAIR_FEE_WAD);
  });

  test('a deficit may be covered whole', () => {
    expect(linesOf([fund('deficit', -5n), fund('deficit', 5n)])).toEqual(linesOf([]));
    expect(quarantined([fund('deficit', -5n), fund('deficit', 6n)])).toHaveLength(1);
  });

  test('fixed-point numbers may use a whole word', () => {
    const said: Said = {
      ...{ kind: 'GrowthAccrued', venue: 'morpho', market: 'x' },
      growth: { form: 'perpetual', event: 'pool', sqrtPriceX96: 2n ** 150n, tick: 5, isTrade: false },
    };
    expect(quarantined([said])).toEqual([]);
  });
});
