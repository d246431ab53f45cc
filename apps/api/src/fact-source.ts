import type { Asset, Fact, Reference } from '@undertow/market';
import type { SeriesSource } from './series-source.ts';

/** How far the chain is read, and whether the stored facts can be trusted. */
export interface StoredHead {
  readonly block: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly time: number;
  readonly facts: bigint;
  readonly trusted: boolean;
  readonly reason: string | undefined;
}

/** A liquidation with its amounts in whole units. */
export interface SeenLiquidation {
  readonly venue: string;
  readonly block: number;
  readonly time: number;
  readonly owner: string;
  readonly collateral: string;
  readonly debt: string;
  readonly seized: number;
  readonly repaid: number;
}

export interface SeenIncident {
  readonly time: number;
  readonly kind: string;
  readonly message: string;
  readonly resolved: boolean;
}

/** What the API reads of one chain: the store in production, an array of facts in tests. */
export interface FactSource {
  readonly chainId: number;
  /** What is stored by name and time, and what is computed over time. */
  readonly series: SeriesSource;
  /** Undefined while nothing is stored. */
  stored(): Promise<StoredHead | undefined>;
  reference(): Promise<Reference>;
  /** Facts above a block and up to another, inclusive, in the order of their keys, in batches. */
  facts(after: number, upTo: number): AsyncIterable<readonly Fact[]>;
  /** The newest block at or below a height whose hash is stored; undefined when there is none. */
  blockAtOrBelow(
    block: number,
  ): Promise<{ readonly block: number; readonly hash: string; readonly time: number } | undefined>;
  /** The newest liquidations first, with the names and decimals of `assets`. */
  liquidations(first: number, assets: readonly Asset[]): Promise<readonly SeenLiquidation[]>;
  incidents(first: number): Promise<readonly SeenIncident[]>;
  /** Calls back when the stored head moved; `reorg` when facts that were already told have changed. Gives the way to end it. */
  listen(onHead: (reorg: boolean) => void, onError: (error: Error) => void): Promise<() => Promise<void>>;
}
