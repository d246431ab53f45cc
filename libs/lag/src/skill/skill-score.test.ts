import { matchError, skillScore } from './skill-score.ts';

describe('a prediction against a naive one', () => {
  it('has a skill of 1 without error, 0 when it is no better and less when it is worse', () => {
    expect([0, 0.5, 1, 2].map((error) => skillScore(error, 1))).toEqual([1, 0.5, 0, -1]);
    expect(skillScore(0, 0)).toBeUndefined();
  });

  it('errs by what is not matched, of both sides', () => {
    expect(matchError({ recall: 1, precision: 1 })).toBe(0);
    expect(matchError({ recall: 0, precision: 0 })).toBe(1);
    expect(matchError({ recall: 0.5, precision: 1 })).toBeCloseTo(1 / 3, 12);
  });
});
