export type * from './content.ts';
export { REPORT_KINDS } from './content.ts';
export {
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  bundleOf,
  bundleText,
  sealsOf,
  withSignature,
  type ReportBundle,
  type ReportSignature,
} from './bundle.ts';
export { bundleJsonSchema } from './content-schema.ts';
export { canonicalText, cidOf, hashOf } from './canonical.ts';
export { MOST_BUNDLE_BYTES, readBundle } from './read-bundle.ts';
export { differencesOf, MOST_DIFFERENCES, type Difference } from './differences.ts';
export { signedData, SIGNED_DOMAIN, SIGNED_TYPES } from './signed-data.ts';
export { incidentQuestion, incidentReport, type IncidentQuestion } from './incident/incident-report.ts';
export type * from './incident/happened.ts';
export { happenedHash } from './incident/happened.ts';
export { scenarioReport } from './scenario/scenario-report.ts';
export {
  advicesOf,
  proposalAsked,
  proposalReport,
  type Advised,
  type AdvicesDone,
  type ProposalQuestion,
  type ProposalWanted,
} from './proposal/proposal-report.ts';
export { worstScenarios, type StateAsked, type StateRuns } from './state/measured-state.ts';
export { stateReport, STATE_DROPS, STATE_MOVES, type StateOptions } from './state/state-report.ts';
export { sweepReport, TAIL_LEVEL } from './sweep/sweep-report.ts';
export type { SweptBook } from './sweep/swept-book.ts';
export { momentWords, type MadeOf } from './made-of.ts';
export {
  compareReports,
  exchangeKey,
  exchangesOf,
  type Exchange,
  type Exchanged,
  type ReportAtHand,
} from './compare/compare-reports.ts';
export type * from './compare/comparison.ts';
export { COMPARED_INPUTS } from './compare/comparison.ts';
export { comparisonMarkdown } from './compare/comparison-markdown.ts';
export { comparisonSentences, comparisonTables, type ComparisonTable } from './compare/comparison-tables.ts';
export { mixedBook, type BookParts } from './compare/mixed-book.ts';
export { authorWords } from './forms/author-words.ts';
export { citation } from './forms/citation.ts';
export { reportCsv, type CsvFile } from './forms/csv.ts';
export { reportMarkdown, type PostPicture } from './forms/markdown.ts';
export { shownTables, unitsNote, type ShownTable } from './forms/shown-tables.ts';
export {
  isFigureUnit,
  NOTHING,
  shortUnit,
  shownSentence,
  shownText,
  shownValue,
} from './forms/shown-value.ts';
export { UNITS } from './units.ts';
