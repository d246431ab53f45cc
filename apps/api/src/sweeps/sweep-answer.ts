import type { SummedSweep } from '@undertow/engine-pool';
import type { StoredSweep } from '@undertow/store';
import type { AssetPart, Plan } from '@undertow/sweep';
import { withAsset, type FindAsset, type WithAsset } from '../asset-answer.ts';

/** What came of a sweep, as the schema has it. */
export type SweepSummaryAnswer = Omit<SummedSweep, 'byAsset'> & {
  readonly byAsset: readonly WithAsset<AssetPart>[];
};

/** A sweep as the schema has it. */
export interface SweepAnswer extends Pick<
  StoredSweep,
  | 'id'
  | 'state'
  | 'reason'
  | 'block'
  | 'blockHash'
  | 'bookHash'
  | 'planHash'
  | 'scenarios'
  | 'done'
  | 'startedAt'
  | 'endedAt'
> {
  readonly kind: Plan['kind'];
  readonly plan: Plan;
  readonly summary: SweepSummaryAnswer | undefined;
}

/** Writes a sweep as the schema has it. */
export function sweepAnswer({ plan: text, summary, ...stored }: StoredSweep, find: FindAsset): SweepAnswer {
  const plan = JSON.parse(text) as Plan;
  return {
    ...stored,
    plan,
    kind: plan.kind,
    summary: summary === undefined ? undefined : summed(summary, find),
  };
}

function summed(text: string, find: FindAsset): SweepSummaryAnswer {
  const summary = JSON.parse(text) as SummedSweep;
  return { ...summary, byAsset: summary.byAsset.map(withAsset(find)) };
}
