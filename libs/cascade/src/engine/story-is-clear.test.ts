import fc from 'fast-check';
import { everyBook, everyScenario } from '../fixtures/every-scenario.ts';
import { simulate } from '../simulate.ts';
import { openEngine } from './open-engine.ts';

/** Where two stories differ: texts and counts at all, numbers by more than 1e-9 of what the run is about. */
function* differences(told: unknown, clear: unknown, scale: number, at = ''): Generator<string> {
  if (typeof told === 'number' && typeof clear === 'number') {
    const isNear = Math.abs(told - clear) <= 1e-9 * Math.max(1, scale, Math.abs(clear));
    if (!isNear && !(told === clear)) yield `${at}: ${told}, not ${clear}`;
  } else if (typeof told === 'object' && typeof clear === 'object' && told && clear) {
    const [left, right] = [told as Record<string, unknown>, clear as Record<string, unknown>];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
      yield* differences(left[key], right[key], scale, `${at}.${key}`);
  } else if (told !== clear) yield `${at}: ${String(told)}, not ${String(clear)}`;
}

test('the fast engine tells the story of simulate, on books of every mechanism and under every policy', () => {
  const seen = { rounds: 0, lost: 0, stuck: 0, shared: 0, lots: 0, unconverged: 0 };
  fc.assert(
    fc.property(everyBook, fc.array(everyScenario, { minLength: 1, maxLength: 2 }), (book, drawn) => {
      const engine = openEngine(book, { kind: 'fast' });
      for (const scenarioOf of drawn) {
        const scenario = scenarioOf(book);
        const clear = simulate(book, scenario);
        const scale = clear.liquidatedUsd + clear.stuckUsd + clear.lossAtSaleUsd;
        expect([...differences(engine.tell(scenario), clear, scale)]).toEqual([]);
        seen.rounds = Math.max(seen.rounds, clear.rounds.length);
        if (clear.lossUsd > 0) seen.lost += 1;
        if (clear.stuckUsd > 0) seen.stuck += 1;
        if (clear.contagion.length > 3) seen.shared += 1;
        if (clear.lots.length > 0) seen.lots += 1;
        if (!clear.converged) seen.unconverged += 1;
      }
    }),
    { numRuns: 100 },
  );
  expect(seen.rounds).toBeGreaterThan(3);
  expect(Math.min(seen.lost, seen.stuck, seen.shared, seen.lots, seen.unconverged)).toBeGreaterThan(0);
});
