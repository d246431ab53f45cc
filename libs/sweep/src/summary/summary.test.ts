import { gridPlan, historicalPlan, studentTPlan } from '../fixtures/plans.ts';
import { madeUpOutcome, twoVenues } from '../fixtures/outcomes.ts';
import { SweepTable } from '../table/sweep-table.ts';
import { summary } from './summary.ts';

/** A hundred scenarios: half lose nothing, and the right venue loses only where all is bad. */
const outcomeAt = (index: number) =>
  index % 2 === 0
    ? madeUpOutcome({ left: 0, right: 0, rounds: 0 })
    : madeUpOutcome({ left: index, right: index > 90 ? 100 : 0, rounds: index > 60 ? 3 : 1 });

const table = new SweepTable(twoVenues(100));
for (let index = 0; index < 100; index++) table.put(index, outcomeAt(index));
const plan = { ...studentTPlan, count: 100 };
const all = summary(table, plan, { levels: [0.9], contributionLevel: 0.9 });

describe('summary', () => {
  it('says how likely liquidations, cascades and losses are', () => {
    expect(all.probabilities!.liquidation.share).toBe(0.5);
    expect(all.probabilities!.cascade).toEqual({
      share: 0.2,
      interval: { low: expect.closeTo(0.1334, 4), high: expect.closeTo(0.2888, 4) },
    });
    expect(all.probabilities!.loss.share).toBe(0.5);
    expect(all.rounds).toEqual([50, 30, 0, 20]);
    expect(all.meanAmplification).toBeCloseTo((30 + 3 * 20) / 50, 12);
    expect([all.count, all.done, all.independent, all.notConverged]).toEqual([100, 100, 100, 0]);
  });

  it('gives loss and liquidations at risk', () => {
    // The ten worst are 81 to 99, five of which lose 100 more.
    const worst = [81, 83, 85, 87, 89, 191, 193, 195, 197, 199];
    const mean = worst.reduce((sum, value) => sum + value, 0) / 10;
    expect(all.lossUsd.atRisk[0]!.expectedShortfall).toBeCloseTo(mean, 9);
    expect(all.lossUsd.atRisk[0]!.valueAtRisk).toBe(79);
    expect(all.liquidatedUsd.atRisk[0]!.valueAtRisk).toBe(158);
    expect(all.lossUsd.greatest).toBe(199);
    expect(all.worst.slice(0, 2)).toEqual([
      { index: 99, lossUsd: 199, liquidatedUsd: 398, rounds: 3 },
      { index: 97, lossUsd: 197, liquidatedUsd: 394, rounds: 3 },
    ]);
  });

  it('splits the expected shortfall over venues, markets and assets without rest', () => {
    const shortfall = all.lossUsd.atRisk[0]!.expectedShortfall;
    for (const parts of [all.byVenue, all.byMarket, all.byAsset])
      expect(parts.reduce((sum, { contributionUsd }) => sum + contributionUsd, 0)).toBeCloseTo(shortfall, 9);
    expect(all.byVenue.map(({ venue, contributionUsd }) => [venue, contributionUsd])).toEqual([
      ['left', expect.closeTo(90, 9)],
      ['right', expect.closeTo(50, 9)],
    ]);
    expect(all.byVenue[1]!.loss[0]!.valueAtRisk).toBe(0);
  });

  it('counts losses by size', () => {
    const { zeros, bins } = all.lossUsd.histogram;
    expect(zeros).toBe(50);
    expect(bins).toEqual([
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 5, count: 1 },
      { from: 5, to: 10, count: 3 },
      { from: 10, to: 20, count: 5 },
      { from: 20, to: 50, count: 15 },
      { from: 50, to: 100, count: 20 },
      { from: 100, to: 200, count: 5 },
    ]);
  });

  it('has no probabilities of a grid', () => {
    const grid = summary(table, gridPlan);
    expect([grid.probabilities, grid.independent, grid.lossUsd.standardError]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(grid.lossUsd.atRisk[0]!.interval).toBeUndefined();
  });

  it('takes windows that overlap for as many draws as do not', () => {
    const overlapping = { ...historicalPlan, stepSeconds: 3_600 };
    expect(summary(table, overlapping).independent).toBeCloseTo(100 / 24, 9);
  });

  it('sums up what is there of a sweep that is not whole', () => {
    const part = new SweepTable(twoVenues(100));
    for (const index of [99, 3, 50]) part.put(index, outcomeAt(index));
    const some = summary(part, plan);
    expect([some.done, some.count, some.lossUsd.mean]).toEqual([3, 100, (199 + 3) / 3]);
    expect(some.worst.map(({ index }) => index)).toEqual([99, 3]);
    expect(some.rounds).toEqual([1, 1, 0, 1]);
    expect(some.byVenue.map(({ venue, meanLossUsd }) => [venue, meanLossUsd])).toEqual([
      ['right', 100 / 3],
      ['left', 34],
    ]);
  });

  it('says what is wrong', () => {
    expect(() => summary(new SweepTable(twoVenues(2)), plan)).toThrow('no result yet');
    expect(() => summary(table, plan, { levels: [95] })).toThrow('such as 0.99, but is 95');
  });
});
