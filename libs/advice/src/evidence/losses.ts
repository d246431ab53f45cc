import { distributionOf, independentOf } from '@undertow/sweep';
import type { AdviceLosses } from '../advice/advice.ts';
import { shortfallOf, type RunLosses } from '../search/trial.ts';
import type { Swept } from '../study/study.ts';

/** What an advice says of losses: the whole distribution where all scenarios were run, else a lower bound of its expected shortfall. */
export function lossesOf({ lossUsd, done }: RunLosses, { plan }: Swept, level: number): AdviceLosses {
  const of = lossUsd.length;
  const expectedShortfallUsd = shortfallOf(lossUsd, level);
  const greatestUsd = lossUsd.reduce((most, value) => Math.max(most, value), 0);
  const bound = { scenarios: done, of, expectedShortfallUsd, isLowerBound: done < of, greatestUsd };
  if (done < of) return bound;
  const { mean, quantiles, histogram, atRisk } = distributionOf(lossUsd, {
    levels: [level],
    independent: independentOf(plan, done),
  });
  const { valueAtRisk, shortfallInterval } = atRisk[0]!;
  const { low, high } = shortfallInterval ?? {};
  return {
    ...bound,
    valueAtRiskUsd: valueAtRisk,
    meanUsd: mean,
    ...(shortfallInterval && {
      interval: { ...(low !== undefined && { low }), ...(high !== undefined && { high }) },
    }),
    quantiles: quantiles.map(({ level: at, value }) => ({ level: at, usd: value })),
    histogram: {
      zeros: histogram.zeros,
      bins: histogram.bins.map(({ from, to, count }) => ({ fromUsd: from, toUsd: to, count })),
    },
  };
}
