import type { Replayed } from './replayed.ts';

/** Health factors at which the distances from the line begin. */
const FROM = [0, 1, 1.02, 1.05, 1.1, 1.25, 1.5, 2];

/** How far from the line accounts stood in the book, and how many of each distance were liquidated. */
export function marginBefore({ values, accounts }: Replayed) {
  const place = (health: number) => FROM.findLastIndex((from) => health >= from);
  const bins = FROM.map((from, at) => ({
    from,
    to: FROM[at + 1],
    ...{ accounts: 0, debtUsd: 0, predicted: 0, happened: 0 },
  }));
  for (const [row, health] of values.healthFactor.entries()) {
    if (health === Infinity) continue;
    const bin = bins[place(health)]!;
    bin.accounts++;
    bin.debtUsd += values.debtUsd[row]!;
  }
  for (const { row, predicted, events } of accounts) {
    if (row === undefined || values.healthFactor[row] === Infinity) continue;
    const bin = bins[place(values.healthFactor[row]!)]!;
    if (predicted !== undefined) bin.predicted++;
    if (events.length > 0) bin.happened++;
  }
  return bins;
}
