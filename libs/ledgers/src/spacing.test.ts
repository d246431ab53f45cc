import fc from 'fast-check';
import { farFacts, isDue, notNeeded } from './spacing.ts';

const SMALL = 100_000;

/** Ledgers saved whenever one is due, thinned each time, up to so many facts; `step` facts come at once. */
function grown(facts: number, step: number, bytes = SMALL) {
  let kept: { facts: number; bytes: number }[] = [];
  for (let now = step; now <= facts; now += step) {
    if (!isDue(now, kept.at(-1))) continue;
    kept.push({ facts: now, bytes });
    const gone = new Set(notNeeded(kept));
    kept = kept.filter((ledger) => !gone.has(ledger));
  }
  return kept;
}

/** Facts between each and the one below it, the newest first. */
const gaps = (kept: readonly { facts: number }[]) =>
  kept.map(({ facts }, row) => facts - (kept[row - 1]?.facts ?? 0)).toReversed();

test('recent ledgers are near to each other, old ones never farther than takes a fraction of a second to fold', () => {
  const kept = grown(5_000_000, 1_000);
  expect(5_000_000 - kept.at(-1)!.facts).toBeLessThan(5_000);
  const all = gaps(kept);
  expect(all.slice(0, 3)).toEqual([5_000, 5_000, 5_000]);
  expect(Math.max(...all)).toBeLessThanOrEqual(farFacts(SMALL));
  expect(kept.length).toBeLessThan((5_000_000 / farFacts(SMALL)) * 2 + 20);
});

test('large ledgers are kept so far apart that they take a fraction of what facts take', () => {
  const bytes = 20_000_000;
  const kept = grown(5_000_000, 5_000, bytes);
  expect(kept.length * bytes).toBeLessThan(5_000_000 * 217);
  expect(kept.length).toBeGreaterThan(5);
});

test('however they came, what goes leaves no gap that is larger than it may be for its age', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 80_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(steps, (some) => {
      let facts = 0;
      const all = some.map((step) => ({ facts: (facts += step), bytes: SMALL }));
      const gone = new Set(notNeeded(all));
      const kept = all.filter((ledger) => !gone.has(ledger));
      expect(kept.at(-1)).toBe(all.at(-1));
      for (const ledger of gone) {
        const above = kept.find((one) => one.facts > ledger.facts)!;
        const below = kept.findLast((one) => one.facts < ledger.facts)?.facts ?? 0;
        const age = facts - above.facts;
        expect(above.facts - below).toBeLessThanOrEqual(Math.min(50_000, Math.max(5_000, age / 4)));
      }
      // Once thinned, nothing more goes.
      expect(notNeeded(kept)).toEqual([]);
    }),
  );
});

test('nothing is kept of nothing', () => {
  expect(notNeeded([])).toEqual([]);
  expect(isDue(4_999, undefined)).toBe(false);
  expect(isDue(5_000, undefined)).toBe(true);
});
