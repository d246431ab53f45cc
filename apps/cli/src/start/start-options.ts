import type { ExchangeId, WatchedCode } from '@undertow/exchanges';

/** What `undertow start` was told. */
export interface StartOptions {
  readonly rpc?: readonly string[];
  readonly chain?: number;
  readonly data: string;
  readonly port: number;
  readonly seed: number;
  readonly accounts: number;
  readonly agent: boolean;
  readonly keepFactsDays?: number;
  /** Absent = no exchange is watched. */
  readonly exchanges?: readonly ExchangeId[];
  /** The default coins and those that were named; absent = the default ones. */
  readonly exchangeCoins?: readonly WatchedCode[];
}
