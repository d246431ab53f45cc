import { crowdBook } from '../../fixtures/crowd-books.ts';
import { Entries } from './entries.ts';

test('holds and sorts more entries than there is room for at first', () => {
  const entries = new Entries(crowdBook());
  const count = 5_000;
  for (let i = 0; i < count; i++) {
    const pay = (i * 7_919) % count;
    if (i % 2 === 0) entries.add(i, i, pay, 0.9);
    else entries.addLending(i, { word: 8 * i, offerAt: 3 * i, debtUsd: i / 2 }, pay, 0.9);
  }
  entries.sort();
  expect(entries.count).toBe(count);
  for (let place = 0; place < count; place++) {
    const row = entries.order[place]!;
    expect((row * 7_919) % count).toBe(count - 1 - place);
    expect(entries.account[row]).toBe(row);
    if (row % 2 === 1)
      expect([entries.word[row], entries.offerAt[row], entries.debtUsd[row]]).toEqual([
        8 * row,
        3 * row,
        row / 2,
      ]);
    else expect(entries.claim[row]).toBe(row);
  }
});
