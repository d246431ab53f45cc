import type { Distribution, SweepSummary } from '../sweep-run/load.ts';
import type { Figure } from '../sweep-plan/sweep-choice.ts';

interface Shown {
  readonly name: string;
  readonly of: (summary: SweepSummary) => Distribution;
  /** What its value at risk is called. */
  readonly atRisk: 'VaR' | 'LaR';
}

/** What of each scenario is shown over all of them. */
export const SHOWN: Readonly<Record<Figure, Shown>> = {
  loss: { name: 'Loss', of: ({ lossUsd }) => lossUsd, atRisk: 'VaR' },
  sale: { name: 'Loss at sale', of: ({ lossAtSaleUsd }) => lossAtSaleUsd, atRisk: 'VaR' },
  liquidated: { name: 'Liquidated value', of: ({ liquidatedUsd }) => liquidatedUsd, atRisk: 'LaR' },
  'bad-debt': { name: 'Bad debt', of: ({ badDebtUsd }) => badDebtUsd, atRisk: 'VaR' },
  shortfall: { name: 'Shortfall', of: ({ shortfallUsd }) => shortfallUsd, atRisk: 'VaR' },
  stuck: { name: 'Stuck', of: ({ stuckUsd }) => stuckUsd, atRisk: 'VaR' },
};
