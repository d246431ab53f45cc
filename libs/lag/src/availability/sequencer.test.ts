import { sequencerStanding } from './sequencer.ts';

const up = (time: number) => ({ time, isDown: false });
const down = (time: number) => ({ time, isDown: true });
const stateAt = (answers: Parameters<typeof sequencerStanding>[0], time: number) =>
  sequencerStanding(answers, time, 3_600)?.state;

describe('a sequencer', () => {
  const answers = [up(100), down(10_000), down(11_000), up(20_000), up(50_000)];

  it('is up, then down, then up again with a grace period from the first answer that says so', () => {
    expect([99, 100, 9_999, 10_000, 19_999].map((time) => stateAt(answers, time))).toEqual([
      undefined,
      'up',
      'up',
      'down',
      'down',
    ]);
    expect([20_000, 23_599, 23_600, 50_001].map((time) => stateAt(answers, time))).toEqual([
      'grace',
      'grace',
      'up',
      'up',
    ]);
    expect(sequencerStanding(answers, 21_000)).toEqual({
      state: 'grace',
      since: 20_000,
      isSinceKnown: true,
      graceEndsAt: 23_600,
    });
  });

  it('has no grace period where nothing is known of it before', () => {
    expect(sequencerStanding([up(100)], 200)).toMatchObject({ state: 'up', isSinceKnown: false });
    expect(sequencerStanding([down(100)], 200)).toMatchObject({ state: 'down', since: 100 });
    expect(sequencerStanding([], 200)).toBeUndefined();
  });
});
