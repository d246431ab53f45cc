import fc from 'fast-check';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { openEngine } from '@undertow/cascade';
import { shortfallOf, Trial, worstOf } from './trial.ts';

const scenarios = [-0.2, -0.5, -0.7].map((move) => ({
  moves: [{ kind: 'reference' as const, symbol: 'ETH', move }],
}));
const measured = ({ lossUsd }: { readonly lossUsd: number }) => lossUsd;

describe('a trial', () => {
  it('runs what it is asked for, once, as the engine does', () => {
    const seen: number[] = [];
    openEngine(crowdBook(), { kind: 'fast' }).run(scenarios, ({ lossUsd }) => seen.push(lossUsd));
    let runs = 0;
    const trial = new Trial(crowdBook(), { scenarios, measured: (outcome) => (runs++, measured(outcome)) });
    trial.run([2]).run([2, 1]);
    expect([...trial.lossUsd]).toEqual([0, seen[1], seen[2]]);
    expect([runs, trial.done]).toEqual([2, 2]);
    expect(seen[2]).toBeGreaterThan(0);
  });
});

describe('shortfallOf', () => {
  const losses = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

  it('is a lower bound where scenarios are left out', () => {
    fc.assert(
      fc.property(losses, fc.infiniteStream(fc.boolean()), (values, isLeftOut) => {
        const all = Float64Array.from(values);
        const some = all.map((value) => (isLeftOut.next().value ? 0 : value));
        expect(shortfallOf(some, 0.9)).toBeLessThanOrEqual(shortfallOf(all, 0.9) * (1 + 1e-12));
      }),
      { numRuns: 200 },
    );
  });

  it('is the mean of the worst', () => {
    expect(
      shortfallOf(
        Float64Array.from({ length: 100 }, (_, at) => at),
        0.95,
      ),
    ).toBeCloseTo(97, 9);
    expect(worstOf(Float64Array.of(1, 3, 3, 2), 3)).toEqual([1, 2, 3]);
  });
});
