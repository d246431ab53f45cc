import type { Book } from '@undertow/book';
import fc from 'fast-check';
import { everywhere, MANY, REST, shocks } from '../fixtures/every-mechanism.ts';
import { handMadeBook } from '../fixtures/hand-made-book.ts';
import type { Policies, Scenario } from '../scenario.ts';
import { openEngine } from './open-engine.ts';
import type { Outcome } from './outcome.ts';

const policies: fc.Arbitrary<Partial<Policies>> = fc.record({
  liquidators: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('rational' as const), gasUsd: fc.nat(200) }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'unlimited' as const }) },
    fc.record({
      kind: fc.constant('capital' as const),
      gasUsd: fc.nat(50),
      capitalUsd: fc.integer({ min: 1_000, max: 200_000 }),
    }),
  ),
  oracles: fc.oneof(
    { weight: 8, arbitrary: fc.constant('between' as const) },
    fc.constant('within' as const),
  ),
  depositors: fc.constantFrom('sell' as const, 'hold' as const),
});

const scenarios = fc.array(
  fc.record({
    shock: shocks,
    policies,
    depthFactor: fc.constantFrom(1, 1, 0.2, 3),
    maxRounds: fc.constantFrom(undefined, undefined, undefined, 2),
  }),
  { minLength: 1, maxLength: 3 },
);

function outcomesOf(book: Book, all: readonly Scenario[], kind: 'clear' | 'fast'): Outcome[] {
  const outcomes: Outcome[] = [];
  openEngine(book, { kind }).run(all, (outcome) => outcomes.push(outcome));
  return outcomes;
}

/** The same markets in steps of liquidity that end not far from their prices, so that trades leave their segments. */
function inSteps(book: Book): Book {
  const steps = [0.7, 0.85, 0.95, 0.99, 1.004, 1.03, 1.1, 1.3];
  const depth = book.depth.map((curve) => {
    if (!curve) return undefined;
    const sqrtPrice = Float64Array.from(steps, (share) => curve.startSqrtPrice * share);
    const liquidity = Float64Array.from(
      { length: 7 },
      (_, i) => curve.liquidity[0]! * (i % 3 === 1 ? 0.2 : 1),
    );
    return { ...curve, sqrtPrice, liquidity };
  });
  return { ...book, depth };
}

/** Counts equal, money to 1e-9 of what the run is about. */
function expectSame(fast: Outcome, clear: Outcome, scale: number): void {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, scale, Math.abs(b));
  const apart = Object.entries(clear).flatMap(([name, value]: [string, unknown]) => {
    const other = fast[name as keyof Outcome] as unknown;
    if (typeof value === 'number' && near(other as number, value)) return [];
    if (value instanceof Float64Array && value.every((one, i) => near((other as Float64Array)[i]!, one)))
      return [];
    if (JSON.stringify(other) === JSON.stringify(value)) return [];
    return [{ name, clear: value, fast: other }];
  });
  expect(apart).toEqual([]);
}

test('fast and clear are the same on books of every mechanism, under every policy, one run after the other', () => {
  const seen = { rounds: 0, lost: 0, stuck: 0, unconverged: 0 };
  fc.assert(
    fc.property(everywhere, scenarios, fc.boolean(), (accounts, drawn, isInSteps) => {
      const made = handMadeBook(MANY, accounts, REST);
      const book = isInSteps ? inSteps(made) : made;
      const pooled = book.assets.find(({ symbol }) => symbol === 'pooled')!.address;
      const all = drawn.map(({ shock, maxRounds, ...rest }): Scenario => ({
        ...rest,
        ...(maxRounds !== undefined && { maxRounds }),
        moves: [
          { kind: 'reference', symbol: 'WETH', move: shock.weth },
          { kind: 'asset', asset: pooled, move: (1 + shock.weth) * (1 + shock.depeg) - 1 },
        ],
        volatilityMove: shock.volatilityMove,
      }));
      const clear = outcomesOf(book, all, 'clear');
      for (const [i, fast] of outcomesOf(book, all, 'fast').entries()) {
        const other = clear[i]!;
        expectSame(fast, other, other.liquidatedUsd + other.stuckUsd + other.lossAtSaleUsd);
        seen.rounds = Math.max(seen.rounds, other.accountsPerRound.length);
        if (other.lossUsd > 0) seen.lost += 1;
        if (other.stuckUsd > 0) seen.stuck += 1;
        if (!other.converged) seen.unconverged += 1;
      }
    }),
    { numRuns: 200 },
  );
  expect(seen.rounds).toBeGreaterThan(3);
  expect(Math.min(seen.lost, seen.stuck, seen.unconverged)).toBeGreaterThan(0);
});
