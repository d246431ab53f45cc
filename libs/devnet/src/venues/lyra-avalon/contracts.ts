import type { Hex } from 'viem';

export interface LyraAvalonContracts {
  readonly adapter: Hex;
  readonly exchangeRates: Hex;
  readonly optionMarket: Hex;
  readonly optionToken: Hex;
  readonly pricer: Hex;
  readonly greekCache: Hex;
  readonly liquidityPool: Hex;
  readonly shortCollateral: Hex;
  /** Synthetic dollar and synthetic ether; anybody who may mint is the deployer. */
  readonly quote: Hex;
  readonly base: Hex;
  /** The token that the synthetic ether follows, and its feed. */
  readonly underlying: Hex;
  readonly feed: Hex;
}
