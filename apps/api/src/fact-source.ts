import type { FoldedLedger, LedgerSource, NamedBlock } from '@undertow/ledgers';
import type { FactPlace, Liquidated } from '@undertow/market';
import type { AnswerAt, Incident, IncidentFilter, LiquidationsUpTo, ListPart } from '@undertow/store';
import type { AdviceSource } from './advice/advice-source.ts';
import type { ReportSource } from './reports/report-source.ts';
import type { SeriesSource } from './series-source.ts';
import type { SweepSource } from './sweeps/sweep-source.ts';

/** How far the chain is read, and whether the stored facts can be trusted. */
export interface StoredHead {
  readonly block: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly time: number;
  readonly facts: bigint;
  /** Greater each time that stored facts changed. */
  readonly revision: number;
  readonly trusted: boolean;
  readonly reason: string | undefined;
}

/** Which liquidations of the chain, up to which block. */
export type LiquidationsWanted = Omit<LiquidationsUpTo, 'chainId'>;

/** Which incidents of the chain. */
export type IncidentsWanted = Omit<IncidentFilter, 'chainId'>;

/** What the API reads of one chain, and saves of it: the store in production, an array of facts in tests. */
export interface FactSource extends LedgerSource {
  readonly chainId: number;
  /** What is stored by name and time, and what is computed over time. */
  readonly series: SeriesSource;
  readonly sweeps: SweepSource;
  readonly advice: AdviceSource;
  readonly reports: ReportSource;
  /** Undefined while nothing is stored. */
  stored(): Promise<StoredHead | undefined>;
  /** The block above which facts have changed since a revision; undefined when none have. */
  changedAbove(revision: number): Promise<number | undefined>;
  blockAtOrBelow(block: number): Promise<(NamedBlock & { readonly time: number }) | undefined>;
  /** Stored blocks between two heights, oldest first: both ends, and where there are more than `most`, so many spread evenly. */
  blocksBetween(range: {
    readonly from: number | undefined;
    readonly to: number | undefined;
    readonly most: number;
  }): Promise<readonly (NamedBlock & { readonly time: number })[]>;
  /** Saves a ledger. It will not change any more. */
  save(folded: FoldedLedger, at: NamedBlock): Promise<unknown>;
  /** Saves it when it is far from the newest saved one. */
  saveIfDue(folded: FoldedLedger, at: NamedBlock): Promise<unknown>;
  /** A part of the liquidations, the newest first. */
  liquidations(wanted: LiquidationsWanted & ListPart<FactPlace>): Promise<readonly Liquidated[]>;
  countLiquidations(wanted: LiquidationsWanted): Promise<number>;
  /** What feeds answered, raw; undefined where one had not answered yet. */
  answersAt(wanted: readonly AnswerAt[]): Promise<readonly (bigint | undefined)[]>;
  /** A part of the incidents by their ids, the newest first. */
  incidents(wanted: IncidentsWanted & ListPart<number>): Promise<readonly Incident[]>;
  countIncidents(wanted: IncidentsWanted): Promise<number>;
  /** Calls back when the stored head moved, and when the chain was looked at. Gives the way to end it. */
  listen(
    onHead: () => void,
    told: { readonly onError: (error: Error) => void; readonly onAlive: () => void },
  ): Promise<() => Promise<void>>;
}
