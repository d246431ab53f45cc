import type { Hex } from '@undertow/market';

/** What the indexer tells whoever runs it. Plain JSON, sent over IPC when it is a child process. */
export type IndexerMessage =
  /** The store has reached the chain's head for the first time. */
  | { readonly type: 'ready'; readonly chainId: number; readonly block: number }
  /** A range was stored on the way to the head. */
  | {
      readonly type: 'progress';
      readonly phase: 'facts' | 'owners' | 'snapshot';
      readonly block: number;
      readonly head: number;
      /** Facts (or owners) so far in this run. */
      readonly count: number;
    }
  /** The stored head moved; after going back, `reorg` is how many blocks went. */
  | {
      readonly type: 'head';
      readonly block: number;
      readonly hash: Hex;
      readonly time: number;
      readonly reorg?: number;
    }
  /** Something failed. A fatal failure needs a person, the indexer stops; others are tried again. */
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly fatal: boolean };

export type Tell = (message: IndexerMessage) => void;
