import fc from 'fast-check';
import { keptFlags } from '../fixtures/kept-flags.ts';
import type { Watched } from '../report/watched.ts';
import { DEFAULT_RULES } from './flag-rule.ts';
import { flagsOf } from './track-flags.ts';

const watchedOf = (subject: string, values: Watched['values']): Watched => ({
  ...{ kind: 'feed', subject, values, label: `the ${subject}` },
  ...{ assets: ['WETH'], venues: ['aave'], atStakeUsd: 5e6 },
});

/** Plays readings a second apart. */
const played = (moments: readonly (readonly Watched[])[]) =>
  keptFlags(moments.map((watched, time) => ({ time, watched })));

describe('flags of all that is watched', () => {
  it.each(DEFAULT_RULES.map((rule) => [rule.kind, rule] as const))(
    'are raised, made critical and ended for %s by its own lines alone',
    (kind, { measure, raiseAt, criticalAt, clearAt, bad, readings }) => {
      const step = (criticalAt - raiseAt) / 1_000;
      const better = clearAt + (bad === 'high' ? -1e-9 : 1e-9);
      const at = (value: number) => [watchedOf('feed x', { [measure]: value })];
      const { flags, changes } = played([
        ...[at(raiseAt - step), at(raiseAt), at(raiseAt), at(criticalAt), at(clearAt)],
        ...[at(clearAt), at(better), at(better)],
      ]);
      expect(flags).toEqual([
        {
          ...{ kind, severity: 'critical', subject: 'feed x', label: 'the feed x' },
          ...{ start: 1, raisedAt: readings, end: 6, peak: criticalAt, peakTime: 3 },
          ...{ assets: ['WETH'], venues: ['aave'], atStakeUsd: 5e6 },
        },
      ]);
      expect(changes.map(({ change }) => change)).toEqual(['raised', 'worsened', 'ended']);
    },
  );

  it('stand while nobody knows, and end when what they are of is watched no longer', () => {
    const bad = [watchedOf('feed x', { boundHeadroom: 0 })];
    const silent = [watchedOf('feed x', {})];
    expect(played([bad, bad, silent, silent]).flags).toMatchObject([{ end: undefined }]);
    const gone = played([bad, bad, silent, [watchedOf('feed y', {})], []]);
    expect(gone.flags).toMatchObject([{ kind: 'bounded', end: 3 }]);
    expect(gone.changes.map(({ change }) => change)).toEqual(['raised', 'ended']);
  });

  it('are, from what was kept between readings, those of a tracker that saw all of them', () => {
    const value = fc.option(fc.double({ min: 0, max: 0.08, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 40 }), (moments) => {
        const reading = (deviation: number | undefined) => (deviation === undefined ? {} : { deviation });
        const { flags } = played(
          moments.map(([one, other]) => [watchedOf('a', reading(one)), watchedOf('b', reading(other))]),
        );
        for (const [row, subject] of ['a', 'b'].entries()) {
          const own = flags.filter((flag) => flag.subject === subject);
          const truth = flagsOf(moments.map((moment, time) => ({ time, values: reading(moment[row]) })));
          expect(own).toEqual(truth.map((flag) => expect.objectContaining(flag)));
        }
      }),
    );
  });
});
