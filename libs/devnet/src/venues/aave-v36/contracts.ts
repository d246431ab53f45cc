import type { Hex } from 'viem';

/** A token of staked WETH: a vault's share, which grows in WETH, and its price by that rate, capped. */
export interface DeployedStakedToken {
  readonly token: Hex;
  readonly feed: Hex;
}

export interface AaveV36Contracts {
  readonly addressesProvider: Hex;
  readonly pool: Hex;
  readonly poolConfigurator: Hex;
  readonly oracle: Hex;
  readonly dataProvider: Hex;
  /** Says what a liquidation may repay at most without leaving dust. */
  readonly liquidationDataProvider: Hex;
  readonly staked: DeployedStakedToken;
  /** Prices USDC: its feed, up to a cap. */
  readonly cappedUsdc: Hex;
}
