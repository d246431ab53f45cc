import { ask } from '../../graph/ask.ts';
import type { CancelReportAnswer, ReportRunAnswer } from '../../graph/answers.ts';

const RUN = /* GraphQL */ `
  id
  kind
  state
  reason
  progress {
    stage
    done
    all
  }
  block
  blockHash
  bookHash
  schedule
  startedAt
  endedAt
  report {
    id
    subject
    summary
    citation
    path
  }
`;

export const REPORT_RUN = /* GraphQL */ `
  query ReportRun($id: ID!) {
    reportRun(id: $id) {
      ${RUN}
    }
  }
`;

export const CANCEL_REPORT = /* GraphQL */ `
  mutation CancelReport($id: ID!) {
    cancelReport(id: $id) {
      ${RUN}
    }
  }
`;

/** A making of a report, as far as it is. */
export type ReportRun = ReportRunAnswer['reportRun'];

export const loadReportRun = async (id: string, signal: AbortSignal): Promise<ReportRun> =>
  (await ask<ReportRunAnswer>(REPORT_RUN, { id }, signal)).reportRun;

/** Ends a making; nothing of it is kept. */
export const cancelReport = async (id: string, signal: AbortSignal): Promise<ReportRun> =>
  (await ask<CancelReportAnswer>(CANCEL_REPORT, { id }, signal)).cancelReport;
