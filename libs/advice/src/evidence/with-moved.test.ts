import { adviceSchema } from '../advice/advice.ts';
import { adviseOne } from '../advice/advise-one.ts';
import { askedOf, placeOf, studiedBook } from '../fixtures/studied.ts';
import { openStudy } from '../study/study.ts';
import { movedOf, withMoved } from './with-moved.ts';

describe('what moved an advice', () => {
  const advice = adviseOne(
    openStudy(studiedBook, askedOf(100_000)),
    placeOf('aave30 ETH liquidationThreshold'),
  );
  const { value } = advice.advised!;
  const before = { ...advice, advised: { ...advice.advised!, value: value - 0.03 } };
  const alone = [
    { input: 'accounts and prices', value: value - 0.03 },
    { input: 'depth', value: value - 0.035 },
    { input: 'scenarios', value: value + 0.01 },
    { input: 'liquidators', value: undefined },
  ];

  it('is told by size, with what inputs do together, and adds up', () => {
    const moved = movedOf(advice, { before, block: 7, alone })!;
    const sum = moved.parts.reduce((total, { change }) => total + change, moved.interaction!);
    expect(sum).toBeCloseTo(0.03, 12);
    expect(moved.words.join(' ')).toMatch(
      /Since the advice at block 7 .*: scenarios \+4\.00 points, depth −0\.50 points, together beyond that −0\.50 points\. By themselves these move nothing: accounts and prices\. With liquidators alone there is no value/,
    );
    const told = withMoved(advice, moved);
    expect(adviceSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(told.adviceHash).not.toBe(advice.adviceHash);
  });

  it('says why it is not known, and nothing where a value stands or there is none', () => {
    const unknown = movedOf(advice, { before, block: 7, alone: 'the prices are not what they were' })!;
    expect(unknown).toMatchObject({ parts: [] });
    expect(unknown.words[0]).toMatch(/; by what is not known: the prices are not what they were\.$/);
    expect(movedOf(advice, { before: advice, block: 7, alone })).toBeUndefined();
    const { advised: _, ...none } = before;
    expect(movedOf(advice, { before: none, block: 7, alone })).toBeUndefined();
  });
});
