import { changesOf } from './changes.ts';

const HOUR = 3_600;
const line = (...points: [hoursAgo: number, value: number][]) => ({
  ...{ measure: 'debtUsd', subject: '' },
  points: points.map(([hoursAgo, value]) => ({
    ...{ time: 1_000_000 - hoursAgo * HOUR, value },
    ...{ least: value, greatest: value, blocks: 1 },
  })),
});

test('the value now against the newest that is at least a day older', () => {
  const [change] = changesOf([line([30, 1], [25, 2], [24, 3], [23, 4], [0, 5])]);
  expect(change).toMatchObject({ now: 5, before: 3 });
  expect(changesOf([line([26, 2], [20, 4], [0, 5])])[0]?.before).toBe(2);
});

test('what was not measured a day ago is not compared with something else', () => {
  expect(changesOf([line([23, 4], [0, 5])])[0]?.before).toBeUndefined();
  expect(changesOf([line([40, 4], [0, 5])])[0]?.before).toBeUndefined();
  expect(changesOf([line()])).toEqual([]);
});
