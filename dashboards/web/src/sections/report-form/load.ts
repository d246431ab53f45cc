import { ask } from '../../graph/ask.ts';
import type { StartReportAnswer } from '../../graph/answers.ts';
import type { ChosenParameter } from '../advice-form/choice.ts';
import type { scenarioVariables } from '../../scenario/scenario.ts';
import type { SweepPlan } from '../sweep-plan/plan.ts';
import type { MadeKind } from './choice.ts';

export const START_REPORT = /* GraphQL */ `
  mutation StartReport($kind: ReportKind!, $input: ReportInput, $block: Int) {
    startReport(kind: $kind, input: $input, block: $block) {
      id
    }
  }
`;

/** What is asked, as the API takes it. */
export type ReportInput =
  | Omit<ReturnType<typeof scenarioVariables>, 'overrides'>
  | { readonly sweep: string }
  | {
      readonly plan: SweepPlan | null;
      readonly venues: readonly string[] | null;
      readonly parameters: readonly ChosenParameter['kind'][] | null;
      readonly toleranceUsd: number | null;
      readonly toleranceShare: number | null;
      readonly confidence: number;
      readonly horizonSeconds: number | null;
      readonly count: number | null;
    }
  | Readonly<Record<string, never>>;

export interface StartReportVariables {
  readonly kind: MadeKind;
  readonly input: ReportInput;
  readonly block: number | null;
}

/** Begins to make a report; gives the id of its making. */
export const startReport = async (variables: StartReportVariables, signal: AbortSignal): Promise<string> =>
  (await ask<StartReportAnswer>(START_REPORT, variables, signal)).startReport.id;
