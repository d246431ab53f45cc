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
}
