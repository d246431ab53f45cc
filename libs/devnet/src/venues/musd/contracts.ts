import type { Hex } from 'viem';

/** Everything but the token, each behind a proxy; by the name of the contract. */
export const PROXIES = [
  ...(['ActivePool', 'BorrowerOperations', 'BorrowerOperationsSignatures', 'CollSurplusPool'] as const),
  ...(['DefaultPool', 'GasPool', 'GovernableVariables', 'HintHelpers', 'InterestRateManager'] as const),
  ...(['PCV', 'PriceFeed', 'SortedTroves', 'StabilityPool', 'TroveManager'] as const),
];

export type ProxyName = (typeof PROXIES)[number];

/** Addresses, and that of the listed asset that stands for the chain's own coin. */
export type MusdContracts = Readonly<Record<ProxyName | 'Token' | 'wrapped', Hex>>;
