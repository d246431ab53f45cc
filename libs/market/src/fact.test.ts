import fc from 'fast-check';
import { compareFactKeys, type FactPlace } from './fact.ts';

const place = fc.record({
  block: fc.nat({ max: 3 }),
  logIndex: fc.nat({ max: 3 }),
  part: fc.nat({ max: 3 }),
});
/** Where a place stands when each of its numbers is a digit. */
const number = ({ block, logIndex, part }: FactPlace) => 16 * block + 4 * logIndex + part;

test('facts are ordered by block, then log, then part', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(Math.sign(compareFactKeys(a, b))).toBe(Math.sign(number(a) - number(b)));
    }),
  );
});
