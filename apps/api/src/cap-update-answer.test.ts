import { greatestRate } from '@undertow/market';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet } from '../test-server/record-devnet.ts';
import { capUpdateAnswer, type CapUpdateAsked } from './cap-update-answer.ts';
import { LiveBook } from './live-book.ts';
import type { LedgerAtHead } from './shown.ts';

let at: LedgerAtHead;
beforeAll(async () => {
  const source = new MemoryFacts(await recordDevnet(40));
  source.moveTo(source.newest);
  const live = new LiveBook(source);
  await live.update();
  at = await live.look(({ book, head, ledger }) => ({ book, head, ledger }));
}, 60_000);

const capped = () => {
  const found = [...at.ledger.formulas].flatMap(([feed, formula]) =>
    formula.form === 'rate' && formula.cap ? [{ feed, ...formula, cap: formula.cap }] : [],
  );
  expect(found.length).toBeGreaterThan(0);
  return found[0]!;
};
const rateNow = () => Number(capped().rate) / 10 ** capped().rateDecimals;
const asked = (more: Partial<CapUpdateAsked> = {}) =>
  capUpdateAnswer(at, { oracle: capped().feed, ratio: rateNow(), time: at.head.time, ...more });

describe('an update of a cap', () => {
  it('that does not bind changes no price and makes nobody due', () => {
    const { headroomBefore, headroomAfter, prices, madeDueAccounts, isHeldBack, ...of } = asked({
      ratio: rateNow() * 1.01,
    });
    const { rate, cap, feed } = capped();
    expect(headroomBefore).toBeCloseTo(Number(greatestRate(cap, at.head.time)!) / Number(rate) - 1, 9);
    expect(headroomAfter).toBeCloseTo(0.01, 6);
    expect([prices, madeDueAccounts, isHeldBack]).toEqual([[], 0, false]);
    expect(of).toMatchObject({ feed, bookHash: at.book.hash, head: at.head });
    expect(of.rate).toBeCloseTo(rateNow(), 9);
  });

  it('that binds lowers what hangs on it by as much, and makes due whom that alone does', () => {
    const low = asked({ ratio: rateNow() * 0.6 });
    expect(low.headroomAfter).toBeCloseTo(-0.4, 6);
    expect(low.prices.length).toBeGreaterThan(0);
    for (const { beforeUsd, afterUsd } of low.prices) expect(afterUsd / beforeUsd).toBeCloseTo(0.6, 6);
    expect(low.madeDueAccounts).toBeGreaterThan(0);
    expect(low.madeDue({ first: 500 })).toHaveLength(low.madeDueAccounts);
    for (const { healthBefore, healthAfter } of low.madeDue({ first: 500 })) {
      expect(healthBefore).toBeGreaterThanOrEqual(1);
      expect(healthAfter).toBeLessThan(1);
    }
    const less = asked({ ratio: rateNow() * 0.95 });
    expect(less.madeDueUsd).toBeLessThanOrEqual(low.madeDueUsd);
  });

  it('is held back by its limit, from where the cap stands', () => {
    const cap = Number(capped().cap.rate) / 10 ** capped().rateDecimals;
    const held = asked({ ratio: cap * 2, mostChange: 0.03 });
    expect([held.isHeldBack, held.ratio / cap]).toEqual([true, expect.closeTo(1.03, 6)]);
    expect(asked({ ratio: cap * 1.02, mostChange: 0.03 })).toMatchObject({ isHeldBack: false });
    expect(asked({ ratio: cap * 2 }).ratio / cap).toBeCloseTo(2, 6);
  });

  it.each([
    [{ ratio: 0 }, /ratio is 0; it is what one unit is redeemed for/],
    [{ ratio: NaN }, /ratio is NaN/],
    [{ mostChange: 2 }, /the most that it may change is 2; it must be from 0 to 1/],
    [{ oracle: 'FOO' }, /No rate under a cap is known below the oracle "FOO"\. Known caps: .*0x/],
  ] as [Partial<CapUpdateAsked>, RegExp][])('of %j is refused with what would be right', (more, message) => {
    expect(() => asked(more)).toThrow(message);
  });

  it('is refused at a time that the oracle would wait for', () => {
    expect(() => asked({ time: at.head.time + 1 })).toThrow(/the oracle would answer nothing until then/);
  });
});
