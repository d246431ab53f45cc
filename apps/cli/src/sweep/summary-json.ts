import { moveName } from '@undertow/cascade';
import { planHash, type PlanCoverage, type SweepSummary } from '@undertow/sweep';
import type { Sweep } from './sweep.ts';

/** A sweep and what came of it. */
export interface SummedSweep extends Sweep {
  readonly summed: SweepSummary;
  readonly coverage: PlanCoverage;
}

/** A sweep's summary with what it is of, as what JSON can say. Money in USD, shares and moves as ratios. */
export const summaryJson = ({ book, plan, opened, engine, summed, coverage }: SummedSweep): object => ({
  engine,
  bookHash: book.hash,
  chainId: book.chainId,
  block: book.block,
  plan: {
    kind: plan.kind,
    hash: planHash(plan),
    factors: opened.factors.map((move) => moveName(book, move)),
  },
  planCoverage: coverage,
  ...summed,
  worst: summed.worst.map((one) => {
    const scenario = opened.scenario(one.index);
    return { ...one, moves: scenario.moves.map((move) => ({ name: moveName(book, move), ...move })) };
  }),
  coverage: book.coverage,
});
