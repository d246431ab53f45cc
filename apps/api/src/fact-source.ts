import type { FoldedLedger, LedgerSource, NamedBlock } from '@undertow/ledgers';
import type { Asset } from '@undertow/market';
import type { AssetAnswer } from './asset-answer.ts';
import type { SeriesSource } from './series-source.ts';

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

/** A liquidation with its amounts in whole units. */
export interface SeenLiquidation {
  readonly venue: string;
  readonly block: number;
  readonly time: number;
  readonly owner: string;
  readonly collateral: AssetAnswer;
  readonly debt: AssetAnswer;
  readonly seized: number;
  readonly repaid: number;
}

export interface SeenIncident {
  readonly time: number;
  readonly kind: string;
  readonly message: string;
  readonly resolved: boolean;
}

/** What the API reads of one chain, and saves of it: the store in production, an array of facts in tests. */
export interface FactSource extends LedgerSource {
  readonly chainId: number;
  /** What is stored by name and time, and what is computed over time. */
  readonly series: SeriesSource;
  /** Undefined while nothing is stored. */
  stored(): Promise<StoredHead | undefined>;
  /** The block above which facts have changed since a revision; undefined when none have. */
  changedAbove(revision: number): Promise<number | undefined>;
  blockAtOrBelow(block: number): Promise<(NamedBlock & { readonly time: number }) | undefined>;
  /** Saves a ledger. It will not change any more. */
  save(folded: FoldedLedger, at: NamedBlock): Promise<unknown>;
  /** Saves it when it is far from the newest saved one. */
  saveIfDue(folded: FoldedLedger, at: NamedBlock): Promise<unknown>;
  /** The newest liquidations first, with the names and decimals of `assets`. */
  liquidations(first: number, assets: readonly Asset[]): Promise<readonly SeenLiquidation[]>;
  incidents(first: number): Promise<readonly SeenIncident[]>;
  /** Calls back when the stored head moved. Gives the way to end it. */
  listen(onHead: () => void, onError: (error: Error) => void): Promise<() => Promise<void>>;
}
