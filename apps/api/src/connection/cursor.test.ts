import fc from 'fast-check';
import { blockOfCursor, readCursor, writeCursor, type PagedQuestion } from './cursor.ts';

const question: PagedQuestion = {
  of: 'accounts',
  where: { venue: 'aave', minDebtUsd: 5 },
  orderBy: 'health',
};

test('a cursor is read as it was written, and says its block', () => {
  const place = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.nat(), fc.stringMatching(/^0x[0-9a-f]{16}$/), place, (block, hash, at) => {
      const text = writeCursor(question, { block, hash, place: at });
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(readCursor(question, text, 'after')).toEqual({ block, hash, place: at });
      expect(blockOfCursor(text)).toBe(block);
    }),
  );
});

test('the order of conditions, and those that are null, make no other question', () => {
  const text = writeCursor(question, { block: 1, hash: '0x', place: [3] });
  const same = { minDebtUsd: 5, owner: null, venue: 'aave' };
  expect(readCursor({ ...question, where: same }, text, 'after').place).toEqual([3]);
});

test('a cursor of another question, of another list or of nothing is refused by what is wrong', () => {
  const text = writeCursor(question, { block: 1, hash: '0x', place: [3] });
  for (const other of [
    { ...question, where: { venue: 'morpho', minDebtUsd: 5 } },
    { ...question, orderBy: 'debt' },
  ])
    expect(() => readCursor(other, text, 'before')).toThrow(/before is .*where and orderBy must be those/);
  expect(() => readCursor({ ...question, of: 'liquidations' }, text, 'after')).toThrow(
    /no cursor of this list/,
  );
  fc.assert(
    fc.property(fc.string(), (broken) => {
      expect(() => readCursor(question, broken, 'after')).toThrow(/after is no cursor.*: give endCursor/);
      expect(() => readCursor(question, broken, 'before')).toThrow(/before is no cursor.*: give startCursor/);
      expect(blockOfCursor(broken)).toBeUndefined();
    }),
  );
});
