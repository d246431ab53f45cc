import type { Book } from '@undertow/book';
import fc from 'fast-check';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
} from '../../../cascade/src/fixtures/hand-made-book.ts';
import { RANDOM_ASSETS } from '../../../cascade/src/fixtures/random-books.ts';
import {
  accountKey,
  isFinal,
  presetPolicy,
  readPolicy,
  reviewAccounts,
  rungPlace,
  takeSteps,
  type EndedCall,
  type MarginCall,
  type Policy,
  type ReviewInput,
} from '../index.ts';
import { NOON } from '../fixtures/calls.ts';

const POLICY = presetPolicy('health-factor')!;
const HOUR = 3_600;

/** 10 WETH with a threshold of 0.8 against some USDC. */
const borrower = (debt: number, change: Partial<HandMadeAccount> = {}): HandMadeAccount => ({
  venue: 'aave36',
  owner: handMadeAddress(7),
  legs: [
    { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -debt },
  ],
  ...change,
});

function bookAt(wethUsd: number, accounts: readonly HandMadeAccount[], block = 1): Book {
  const assets = RANDOM_ASSETS.map((asset) =>
    asset.symbol === 'WETH' ? { ...asset, priceUsd: wethUsd } : asset,
  );
  return { ...handMadeBook(assets, accounts), block };
}

const isCalled = ({ calledAt, escalatedAt }: MarginCall) => (calledAt ?? escalatedAt) !== undefined;

/** A desk: it reviews book after book, and keeps what becomes of calls. */
class Desk {
  open: MarginCall[] = [];
  ended: EndedCall[] = [];
  now = NOON;
  readonly policy: Policy;

  constructor(policy: Policy = POLICY) {
    this.policy = policy;
  }

  review(book: Book, change: Partial<ReviewInput> = {}) {
    this.now += HOUR;
    const at = { time: this.now, blockHash: `0x${book.block}` };
    const review = reviewAccounts({
      book,
      policy: this.policy,
      at,
      open: this.open,
      ended: this.ended,
      ...change,
    });
    const taken = takeSteps(review.steps, this.policy);
    const changed = new Map(taken.map(({ call }) => [call.id, call]));
    const all = [...this.open.filter(({ id }) => !changed.has(id)), ...changed.values()];
    this.open = all.filter(({ state }) => !isFinal(state));
    for (const call of all.filter(({ state }) => isFinal(state))) {
      const others = this.ended.filter(({ account }) => accountKey(account) !== accountKey(call.account));
      this.ended = [...others, { ...call, closedAt: call.closedAt!, closedBlock: book.block }];
    }
    return {
      ...review,
      kinds: review.steps.map(({ event }) => event.kind),
      calls: taken.map(({ call }) => call),
    };
  }
}

describe('a review', () => {
  it('calls once, stays silent between rung and cure target, and calls again for a worse rung only', () => {
    const desk = new Desk();
    // Health 24,000 ÷ 22,000 = 1.09.
    const first = desk.review(bookAt(3_000, [borrower(22_000)]));
    expect(first.calls).toMatchObject([
      { state: 'called', rung: 'call', facts: { block: 1, blockHash: '0x1' } },
    ]);
    expect(first.calls[0]!.required!.options.map(({ kind, symbol }) => `${kind} ${symbol}`)).toEqual([
      ...['repay USDC', 'top-up WETH'],
    ]);
    expect(desk.review(bookAt(3_000, [borrower(22_000)], 2)).kinds).toEqual([]);
    // 1.18: better than the rung, not yet at the cure target of 1.3.
    expect(desk.review(bookAt(3_245, [borrower(22_000)], 3)).kinds).toEqual([]);
    const worse = desk.review(bookAt(2_880, [borrower(22_000)], 4));
    expect(worse.calls).toMatchObject([{ id: first.calls[0]!.id, state: 'called', rung: 'accelerated' }]);
    expect(worse.calls[0]!.deadlineAt).toBe(desk.now + HOUR);
  });

  it('tells prices that came back from an owner who acted', () => {
    const price = new Desk();
    price.review(bookAt(3_000, [borrower(22_000)]));
    expect(price.review(bookAt(3_600, [borrower(22_000)], 2)).calls).toMatchObject([
      { state: 'withdrawn', reason: 'prices came back: it is at the cure target without a payment' },
    ]);
    const owner = new Desk();
    owner.review(bookAt(3_000, [borrower(22_000)]));
    expect(owner.review(bookAt(3_000, [borrower(18_000)], 2)).calls).toMatchObject([{ state: 'cured' }]);
    const all = new Desk();
    all.review(bookAt(3_000, [borrower(22_000)]));
    expect(all.review(bookAt(3_000, [], 2)).calls).toMatchObject([{ state: 'cured' }]);
    const exactly = new Desk();
    const [{ required }] = exactly.review(bookAt(3_000, [borrower(22_000)])).calls as [MarginCall];
    const least = Number(required!.options[0]!.least) / 1e6;
    expect(exactly.review(bookAt(3_000, [borrower(22_000 - least + 1e-6)], 2)).kinds).toEqual([]);
    expect(exactly.review(bookAt(3_000, [borrower(22_000 - least)], 3)).kinds).toEqual(['recover']);
  });

  it('puts one owner’s accounts over venues into one case, and each owner into one of his own', () => {
    const desk = new Desk();
    const accounts = [
      borrower(22_000),
      borrower(22_500, { venue: 'morpho' }),
      borrower(22_000, { owner: handMadeAddress(8) }),
    ];
    const { calls } = desk.review(bookAt(3_000, accounts.slice(0, 1)));
    desk.review(bookAt(3_000, accounts, 2));
    expect(desk.open.map(({ account }) => account.venue)).toEqual(['aave36', 'morpho', 'aave36']);
    expect(new Set(desk.open.map(({ id }) => id)).size).toBe(3);
    const mine = desk.open.filter(({ account }) => account.owner === handMadeAddress(7));
    expect(new Set(mine.map(({ caseId }) => caseId))).toEqual(new Set([calls[0]!.caseId]));
    expect(new Set(desk.open.map(({ caseId }) => caseId)).size).toBe(2);
  });

  it('withdraws what a reorganisation undid, says so, and keeps what still stands', () => {
    const desk = new Desk();
    desk.review(bookAt(3_000, [borrower(22_000)], 10));
    expect(desk.review(bookAt(3_000, [borrower(22_000)], 11), { revertedAbove: 9 }).kinds).toEqual([]);
    // 1.15: no breach there, and no cure either.
    const undone = desk.review(bookAt(3_163, [borrower(22_000)], 10), { revertedAbove: 9 });
    expect(undone.calls).toMatchObject([
      { state: 'withdrawn', reason: 'the chain went back to block 9, and the breach is undone' },
    ]);
    const older = new Desk();
    older.review(bookAt(3_000, [borrower(22_000)], 8));
    expect(older.review(bookAt(3_163, [borrower(22_000)], 10), { revertedAbove: 9 }).kinds).toEqual([]);
  });

  it('does not call again within the cooldown, but for a worse rung or when the end is undone', () => {
    const policy = { ...POLICY, cooldownSeconds: 10 * HOUR };
    const cured = () => {
      const desk = new Desk(policy);
      desk.review(bookAt(3_000, [borrower(22_000)], 1));
      desk.review(bookAt(3_600, [borrower(22_000)], 2));
      return desk;
    };
    const waits = cured();
    const again = waits.review(bookAt(3_000, [borrower(22_000)], 3));
    expect([again.kinds, again.cooling.length]).toEqual([[], 1]);
    waits.now += 10 * HOUR;
    expect(waits.review(bookAt(3_000, [borrower(22_000)], 4)).kinds).toEqual(['breach']);
    expect(cured().review(bookAt(2_880, [borrower(22_000)], 3)).kinds).toEqual(['breach']);
    expect(cured().review(bookAt(3_000, [borrower(22_000)], 2), { revertedAbove: 1 }).kinds).toEqual([
      'breach',
    ]);
  });

  it('hears of liquidations, and sends the worst at once to the desk', () => {
    const desk = new Desk();
    const { calls } = desk.review(bookAt(2_700, [borrower(22_000)]));
    expect(calls).toMatchObject([{ state: 'escalated', rung: 'liquidation' }]);
    const liquidated = new Map([[accountKey(calls[0]!.account), 5]]);
    expect(desk.review(bookAt(2_700, [borrower(11_000)], 5), { liquidated }).calls).toMatchObject([
      { state: 'liquidated', reason: 'it was liquidated in block 5' },
    ]);
  });

  it('says whom it cannot measure, and leaves small debts alone', () => {
    const ladder = presetPolicy('unchained')!;
    const perpetual: HandMadeAccount = {
      venue: 'perpetual',
      legs: [
        { asset: 'USDC', amount: 500, role: 'cash' },
        { asset: 'USDC', amount: -3_000, role: 'notional' },
        { asset: 'WETH', amount: 1, role: 'base', threshold: 0.9375 },
      ],
    };
    const found = new Desk(ladder).review(bookAt(3_000, [perpetual, borrower(22_000)]));
    expect(found.unmeasured.map(({ reason }) => reason)).toEqual([
      'it has positions or options, which have no ratio of collateral',
    ]);
    expect(found.calls).toMatchObject(
      [{ rung: 'courtesy'.replace('courtesy', 'call') }].slice(0, found.calls.length),
    );
    const small = new Desk({ ...POLICY, smallestDebtUsd: 30_000 });
    expect(small.review(bookAt(3_000, [borrower(22_000)])).kinds).toEqual([]);
  });

  it('calls earlier when prices move more, where the ladder is of standard deviations', () => {
    const policy = presetPolicy('volatility')!;
    const rungAt = (deviation: number) => {
      const deviations = new Map([
        ['WETH', deviation],
        ['WBTC', 0.03],
      ]);
      // Liquidated after a fall by a quarter: ln(4/3) = 0.288.
      const { calls } = new Desk(policy).review(bookAt(3_000, [borrower(18_000)]), { deviations });
      return [calls[0]?.rung, calls[0]?.facts?.measured.toFixed(2)];
    };
    expect([0.05, 0.08, 0.1, 0.2, 0.3].map(rungAt)).toEqual([
      [undefined, undefined],
      ['warning', '3.60'],
      ['call', '2.88'],
      ['accelerated', '1.44'],
      ['last', '0.96'],
    ]);
    const blind = new Desk(policy).review(bookAt(3_000, [borrower(18_000)]));
    expect(blind.unmeasured.map(({ reason }) => reason)).toEqual(['no prices say how much WETH moves']);
  });

  it('keeps one call of each account that is breached and none of one that is at the target, over any prices', () => {
    const policy = readPolicy({ ...POLICY, cooldownSeconds: 0 });
    const price = fc.integer({ min: 2_500, max: 4_500 });
    const step = fc.record({ price, paid: fc.integer({ min: -1_500, max: 3_000 }), reverts: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const desk = new Desk(policy);
        let debt = 22_000;
        for (const [place, { price: weth, paid, reverts }] of steps.entries()) {
          debt = Math.max(1_000, debt - paid);
          const block = 10 + place;
          const change = reverts === 0 ? { revertedAbove: block - 2 } : {};
          desk.review(
            bookAt(weth, [borrower(debt), borrower(debt - 500, { venue: 'morpho' })], block),
            change,
          );
          const health = [debt, debt - 500].map((owed) => (10 * weth * 0.8) / owed);
          for (const [account, venue] of ['aave36', 'morpho'].entries()) {
            const calls = desk.open.filter((call) => call.account.venue === venue);
            if (health[account]! <= 1.1) expect(calls.map(isCalled)).toEqual([true]);
            if (health[account]! > 1.3001) expect(calls).toEqual([]);
            expect(calls.length).toBeLessThanOrEqual(1);
            for (const { rung } of calls) {
              const worst = policy.rungs.findLast(({ at }) => health[account]! <= at);
              expect(rungPlace(policy, rung)).toBeGreaterThanOrEqual(rungPlace(policy, worst?.name));
            }
          }
        }
      }),
      { numRuns: 40, seed: 15 },
    );
  });
});
