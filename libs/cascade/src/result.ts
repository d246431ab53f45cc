import type { Coverage } from '@undertow/book';

/** An outside move of prices: by asset address (lower case), a ratio; -0.2 = 20 % down. Assets not named do not move. */
export interface Scenario {
  readonly shocks: Readonly<Record<string, number>>;
  /** Rounds after which the run stops and says that it has not converged. Default 500. */
  readonly maxRounds?: number;
}

/** Money amounts of a round, a venue or a whole run. USD at the oracle prices of the round in which they happened. */
export interface Losses {
  /** Accounts liquidated (each counted once). */
  readonly accounts: number;
  /** Value of the collateral seized. */
  readonly liquidatedUsd: number;
  /** Value of the debt repaid by liquidators. */
  readonly repaidUsd: number;
  /** Debt that no collateral stands behind any more, at the final prices. */
  readonly badDebtUsd: number;
}

export interface AssetPath {
  readonly asset: string;
  readonly symbol: string;
  readonly priceBeforeUsd: number;
  readonly priceAfterUsd: number;
  readonly seized: number;
  readonly sold: number;
  readonly bought: number;
  /** What no known market could take, asset units. */
  readonly unsold: number;
}

/** One pass: prices → who is due → what is repaid and seized → what is sold and bought → new prices. */
export interface Round extends Losses {
  /** 1 for the round that the shock itself causes. */
  readonly index: number;
  readonly assets: readonly AssetPath[];
  readonly byVenue: readonly VenueLosses[];
}

export interface VenueLosses extends Losses {
  readonly venue: string;
}

export interface AccountLosses extends Losses {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  /** The first round in which the account was liquidated. */
  readonly firstRound: number;
}

export interface CascadeResult extends Losses {
  readonly bookHash: string;
  readonly block: number;
  readonly scenario: Scenario;
  readonly converged: boolean;
  readonly rounds: readonly Round[];
  readonly byVenue: readonly VenueLosses[];
  /** From before the shock to the end. */
  readonly byAsset: readonly AssetPath[];
  /** Sorted by liquidated value, largest first. */
  readonly byAccount: readonly AccountLosses[];
  /** Proceeds of the seized collateral less what was spent on the debt repaid, USD; negative = liquidators lost. */
  readonly liquidatorProfitUsd: number;
  /** Liquidated value in all rounds ÷ in the first; undefined when the shock liquidates nobody. */
  readonly amplification: number | undefined;
  readonly coverage: Coverage;
}
