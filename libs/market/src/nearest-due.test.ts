import fc from 'fast-check';
import { nearestDueAnswer } from './nearest-due.ts';

const answers = fc.bigInt({ min: 1n, max: 1n << 100n });

describe('the nearest answer at which an account becomes liquidatable', () => {
  test('is the border itself, whichever side of it the present answer is on', () => {
    fc.assert(
      fc.property(answers, answers, (present, line) => {
        const falling = nearestDueAnswer(present, (answer) => answer <= line);
        expect(falling).toEqual({ answer: line, direction: 'falling' });
        const rising = nearestDueAnswer(present, (answer) => answer > line);
        expect(rising).toEqual({ answer: line + 1n, direction: 'rising' });
      }),
    );
  });

  test('is the nearer of two', () => {
    const isDue = (answer: bigint) => answer < 70n || answer > 200n;
    expect(nearestDueAnswer(100n, isDue)).toEqual({ answer: 69n, direction: 'falling' });
    expect(nearestDueAnswer(190n, isDue)).toEqual({ answer: 201n, direction: 'rising' });
  });

  test('is none when every answer decides the same', () => {
    expect(nearestDueAnswer(100n, () => true)).toBeUndefined();
    expect(nearestDueAnswer(100n, () => false)).toBeUndefined();
  });
});
