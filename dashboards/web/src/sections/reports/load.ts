import { ask } from '../../graph/ask.ts';
import type { ReportsAnswer } from '../../graph/answers.ts';
import type { ReportsLookedFor } from '../report-form/choice.ts';

export const REPORTS = /* GraphQL */ `
  query Reports($where: ReportWhere) {
    reports(first: 50, where: $where) {
      totalCount
      nodes {
        id
        kind
        subject
        block
        venues
        signers
        schedule
        madeAt
        path
      }
    }
    reportRuns(first: 10) {
      id
      kind
      state
      reason
      block
      startedAt
    }
  }
`;

/** Reports that are kept, and makings that were begun last. */
export type KeptReports = ReportsAnswer;
export type KeptReport = ReportsAnswer['reports']['nodes'][number];

export const loadReports = (
  { kind, venue, text }: ReportsLookedFor,
  signal: AbortSignal,
): Promise<KeptReports> =>
  ask<ReportsAnswer>(
    REPORTS,
    { where: { kind: kind || null, venue: venue || null, text: text || null } },
    signal,
  );
