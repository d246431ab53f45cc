import fc from 'fast-check';
import { lineIndex } from './line-index.ts';
import { draftLine, type LineAccount } from './line.ts';

const ROWS = 5;
const weight = fc.double({ min: 0.01, max: 1_000, noNaN: true });
const prices = fc.array(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), {
  minLength: ROWS,
  maxLength: ROWS,
});
const side = fc.array(fc.tuple(fc.nat(ROWS - 1), weight), { maxLength: 3 });

/** Many lines of few shapes, so that pairs, groups and the rest are all there. */
const lines = fc
  .array(fc.record({ held: side, owed: side, slack: fc.constantFrom(0, 0.01, 0.5, Infinity) }), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((shapes) =>
    fc.array(fc.tuple(fc.constantFrom(...shapes), fc.double({ min: 0.2, max: 5, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    }),
  )
  .map((drawn) =>
    drawn.map(([{ held, owed, slack }, factor], account): LineAccount => {
      const line = draftLine(account);
      for (const [row, one] of held) line.add(row, one * factor);
      for (const [row, one] of owed) line.add(row, -one);
      return line.done(slack);
    }),
  );

const sideUsd = (rows: readonly number[], weights: readonly number[], price: readonly number[]) =>
  rows.reduce((sum, row, i) => sum + weights[i]! * price[row]!, 0);

test('no account below its line is left out, whatever prices do, and those far above it are', () => {
  const count = { below: 0, found: 0, all: 0 };
  fc.assert(
    fc.property(lines, prices, prices, prices, (drawn, base, between, now) => {
      const index = lineIndex(drawn, Float64Array.from(base));
      const found = new Int32Array(index.most);
      const candidates = new Set<number>();
      let [fallen, before] = [1, base];
      index.begin();
      for (const price of [between, now]) {
        const moves = price.map((one, row) => one / before[row]!);
        fallen *= Math.min(...moves) / Math.max(...moves);
        before = price;
        const count = index.next(Float64Array.from(price), fallen, found);
        for (const account of found.subarray(0, count)) candidates.add(account);
      }
      for (const line of drawn) {
        if (line.owedRows.length === 0) continue;
        const heldUsd = sideUsd(line.heldRows, line.heldWeights, now);
        const owedUsd = sideUsd(line.owedRows, line.owedWeights, now);
        count.all += 1;
        if (!(heldUsd < owedUsd * (1 + line.slack))) continue;
        count.below += 1;
        expect(candidates).toContain(line.account);
      }
      count.found += candidates.size;
    }),
    { numRuns: 500 },
  );
  expect(count.below).toBeGreaterThan(1_000);
  expect(count.found).toBeLessThan(count.all);
});

test('of accounts with one price on each side it names those below and no others', () => {
  const drawn = [0.9, 1.1, 2, 3].map((amount, account) => {
    const line = draftLine(account);
    line.add(0, amount);
    line.add(1, -1);
    return line.done(0);
  });
  const index = lineIndex(drawn, Float64Array.of(1, 1));
  const found = new Int32Array(index.most);
  const at = (price: number) => [...found.subarray(0, index.next(Float64Array.of(price, 1), price, found))];
  index.begin();
  expect([at(1), at(0.6), at(0.4)]).toEqual([[0], [1], [2]]);
  index.begin();
  expect(at(0.4)).toEqual([0, 1, 2]);
});
