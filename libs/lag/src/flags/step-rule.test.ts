import fc from 'fast-check';
import { DEFAULT_RULES, type FlagRule } from './flag-rule.ts';
import { NOTHING_SEEN, resumeRule, stepRule, type RuleState, type Said } from './step-rule.ts';
import { flagsOf } from './track-flags.ts';

const RULE: FlagRule = {
  kind: 'deviating',
  measure: 'deviation',
  bad: 'high',
  raiseAt: 2,
  criticalAt: 5,
  clearAt: 1,
  readings: 2,
};

/** What each value did, from the first on. */
function changes(values: readonly number[], rule: FlagRule): (string | undefined)[] {
  let state: RuleState = NOTHING_SEEN;
  return values.map((value, time) => {
    const step = stepRule(rule, state, { time, value });
    state = step.state;
    return step.change;
  });
}

describe('a rule, value by value', () => {
  it('tells when a flag is raised, becomes critical, comes to a worse value, and is lowered', () => {
    expect(changes([2, 2, 3, 5, 6, 1, 0.9, 1, 0.9, 0.9, 2, 2], RULE)).toEqual([
      ...[undefined, 'raised', 'peaked', 'worsened', 'peaked', undefined],
      ...[undefined, undefined, undefined, 'ended', undefined, 'raised'],
    ]);
  });

  it('holds its lines: at a line is beyond it for raising, and not better than it for lowering', () => {
    expect(changes([1.999, 1.999, 2, 1.999, 2, 2], RULE)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined, 'raised'],
    ]);
    const low: FlagRule = { ...RULE, bad: 'low', raiseAt: 0.5, criticalAt: 0, clearAt: 1 };
    expect(changes([0.501, 0.5, 0.5, 0, 1, 1, 1.01, 1.01], low)).toEqual([
      ...[undefined, undefined, 'raised', 'worsened', undefined, undefined, undefined, 'ended'],
    ]);
  });

  it('goes on from what was kept of it at any moment as if it had never stopped', () => {
    const rule = fc.constantFrom(...DEFAULT_RULES, { ...RULE, readings: 3 }, { ...RULE, readings: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(rule, fc.array(share, { maxLength: 40 }), fc.nat(40), (one, shares, cut) => {
        // Values around the lines of the rule, however far apart they are.
        const [near, far] = [one.clearAt, one.criticalAt];
        const said = shares.map((part, time): Said => ({
          ...{ time, value: near + (far - near) * (2 * part - 0.5) },
        }));
        const readings = said.map(({ time, value }) => ({ time, values: { [one.measure]: value } }));
        const until = flagsOf(readings.slice(0, cut), [one]);
        const standing = until.find(({ end }) => end === undefined);
        // No more is kept than the rule asks for, less one.
        const last = said.slice(0, cut).slice(Math.max(0, Math.min(cut, said.length) - one.readings + 1));
        let state = resumeRule(one, standing, last);
        const resumed = new Map(until.map((flag) => [flag.start, flag]));
        for (const next of said.slice(cut)) {
          const step = stepRule(one, state, next);
          state = step.state;
          if (step.flag) resumed.set(step.flag.start, step.flag);
        }
        expect([...resumed.values()]).toEqual(flagsOf(readings, [one]));
      }),
    );
  });
});
