import type { CascadeResult, Round } from '@undertow/cascade';
import { roundsText } from './rounds-text.ts';

const round = (index: number): Round => ({
  index,
  calls: 2,
  accounts: 1,
  liquidatedUsd: 1_000,
  repaidUsd: 900,
  badDebtUsd: 0,
  assets: [],
  byVenue: [],
});
const textOf = (count: number) =>
  roundsText({ rounds: Array.from({ length: count }, (_, i) => round(i + 1)) } as unknown as CascadeResult);

describe('roundsText', () => {
  it('has every round of a few', () => {
    expect(textOf(15).split('\n')).toHaveLength(3 + 15);
    expect(textOf(15)).toMatch(/^15 +2 +1 +1,000 +900$/m);
    expect(textOf(15)).not.toContain('Bad debt\n');
  });

  it('adds up the middle of hundreds', () => {
    const lines = textOf(500).split('\n');
    expect(lines).toHaveLength(3 + 12);
    expect(lines.find((line) => line.startsWith('9 – 497'))).toMatch(/^9 – 497 +978 +… +489K +440\.1K$/);
    expect(lines.at(-1)).toMatch(/^500 /);
  });

  it('is nothing without rounds', () => {
    expect(textOf(0)).toBe('');
  });
});
