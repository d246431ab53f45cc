import type { Asked, Behaviour, LossesOf, ParameterKind } from '@undertow/advice';
import type { EngineKind, Policies, Scenario } from '@undertow/cascade';
import type { Plan } from '@undertow/sweep';
import type { Happened } from './incident/happened.ts';

/**
 * What a report is about.
 *
 * - `scenario`: one cascade, round by round.
 * - `sweep`: the many scenarios of a plan, and how much is lost how often.
 * - `state`: how venues, owners, oracles and markets stand, and what moves of one price would cost.
 * - `proposal`: which parameters would hold, for a vote: what to change, from what to what, and why.
 * - `incident`: a replay: what was predicted from the book before, and what then happened.
 */
export const REPORT_KINDS = ['scenario', 'sweep', 'state', 'proposal', 'incident'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A block that a report's figures are of, and the book made of it. */
export interface ReportBlock {
  readonly chainId: number;
  readonly block: number;
  /** Hash of the block; null where the book came from a file or from tables, which do not say it. */
  readonly blockHash: string | null;
  /** Unix seconds. */
  readonly time: number;
  /** SHA-256 of the book's canonical content: whoever has a book with this hash has all inputs. */
  readonly bookHash: string;
}

/** What was asked of the engine: with the book all that is needed to compute every figure again. */
export type ReportQuestion =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'sweep'; readonly plan: Plan; readonly engine: EngineKind; readonly tailLevel: number }
  | {
      readonly kind: 'state';
      /** Columns of the heatmap: moves of one price, -0.3 = 30 % down. */
      readonly moves: readonly number[];
      /** Falls of all prices together for which the reproduction number is told, 0.3 = 30 % down. */
      readonly drops: readonly number[];
    }
  | {
      readonly kind: 'proposal';
      readonly asked: ProposalAsked;
      /** Ids of venues whose parameters are advised; null = all. */
      readonly venues: readonly string[] | null;
      readonly parameters: readonly ParameterKind[] | null;
    }
  | {
      readonly kind: 'incident';
      readonly policies: Policies;
      /** The last block whose answers are the outside move; null = all of them. */
      readonly movedBy: number | null;
      /** SHA-256 of the canonical JSON of `happened`. */
      readonly happenedHash: string;
      readonly happened: Happened;
    };

/** What advices are asked for with, nothing left to defaults. See `Asked` of libs/advice. */
export interface ProposalAsked {
  readonly plan: Plan;
  readonly confidence: number;
  readonly tolerance: Asked['tolerance'] & { readonly of: LossesOf };
  readonly behaviour: Behaviour;
  readonly stepBps: number;
  readonly confirm: 'all' | 'wide';
  readonly mostAccounts: number;
}

/** What a table's cell or a figure may be: null = there is none. */
export type ReportValue = string | number | boolean | null;

/** One number with all that it needs to be quoted by itself. */
export interface ReportFigure {
  /** Unique within its report: `lossUsd`. */
  readonly name: string;
  /** As people call it. */
  readonly label: string;
  readonly value: ReportValue;
  /** What it is counted in, in words; at which prices, where it is money. */
  readonly unit: string;
  readonly chainId: number;
  readonly block: number;
  /** Which function of which library said it, of what. */
  readonly source: string;
}

export interface ReportColumn {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
}

/** Figures of one sort: one unit for each column, one block and one source for all. */
export interface ReportTable {
  readonly name: string;
  readonly title: string;
  readonly chainId: number;
  readonly block: number;
  readonly source: string;
  readonly columns: readonly ReportColumn[];
  /** Each as long as there are columns. */
  readonly rows: readonly (readonly ReportValue[])[];
  /** Rows that are not listed, the least of all, because a report is to be read. */
  readonly leftOut: number;
}

/**
 * A report as plain data: a function of the books, the question, the engine and the program, without a clock, so that the same
 * asked twice gives the same bytes.
 */
export interface ReportContent {
  readonly kind: ReportKind;
  /** What it is about, in one line. */
  readonly subject: string;
  readonly blocks: readonly ReportBlock[];
  readonly question: ReportQuestion;
  /** `ENGINE` of libs/cascade: changes when the same book and scenario give other numbers. */
  readonly engine: string;
  /** Name and version of the program that made it. */
  readonly software: string;
  /** What draws begin with; null where nothing is drawn. */
  readonly seed: number | null;
  /** What a reader must know, in whole sentences, before any number. */
  readonly summary: readonly string[];
  readonly figures: readonly ReportFigure[];
  readonly tables: readonly ReportTable[];
  /** What the model leaves out, in whole sentences. */
  readonly assumptions: readonly string[];
}
