import type { Book } from '@undertow/book';
import fc from 'fast-check';
import { everyBook, everyScenario } from '../fixtures/every-scenario.ts';
import type { Scenario } from '../scenario.ts';
import { openEngine } from './open-engine.ts';
import type { Outcome } from './outcome.ts';

function outcomesOf(book: Book, all: readonly Scenario[], kind: 'clear' | 'fast'): Outcome[] {
  const outcomes: Outcome[] = [];
  openEngine(book, { kind }).run(all, (outcome) => outcomes.push(outcome));
  return outcomes;
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
    fc.property(everyBook, fc.array(everyScenario, { minLength: 1, maxLength: 3 }), (book, drawn) => {
      const all = drawn.map((scenarioOf) => scenarioOf(book));
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
