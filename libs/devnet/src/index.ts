export { startDevnet, type DevnetOptions } from './start-devnet.ts';
export { saveWhenDue, type SaveWhenDueOptions } from './save-when-due.ts';
export type { Devnet } from './devnet.ts';
export type { Actors, BaseContracts, DeployedAsset, DeployedPool, DevnetNetwork, Scene } from './scene.ts';
export type { DevnetContracts } from './venues/venue-scene.ts';
export { DEVNET_CHAIN_ID } from './network.ts';
export type { AssetSymbol } from './deploy/listing.ts';
export { ensureArtifacts, type Artifacts, type ArtifactOptions } from './artifacts/ensure-artifacts.ts';
export type { Artifact } from './artifacts/artifact.ts';
export { startAgent, type Agent, type AgentAction, type AgentOptions } from './agent/start-agent.ts';
export type { LiquidatorKind } from './liquidator/play-round.ts';
export {
  crashOnChain,
  type CrashOptions,
  type OnChainCrash,
  type OnChainRound,
  type VenueCrash,
} from './crash/crash-on-chain.ts';
export { changeTerms } from './terms/change-terms.ts';
export { readHealth, repayShares, repayToHealth, type HealthsByVenue } from './terms/repay-to-health.ts';
export type { Healths } from './terms/venue-loans.ts';
export type { TermsChange } from './terms/terms-change.ts';
export type { AssetMoves } from './crash/move-markets.ts';
export type { DueAccount } from './liquidator/due-account.ts';
export type { DevnetVenue, FundsUsd, PricesUsd } from './venues/devnet-venue.ts';
export { VENUE_KEYS, VENUES, type VenueKey } from './venues/index.ts';
export type { VenueContracts } from './venues/venue-contracts.ts';
export type { AaveV3Contracts } from './venues/aave-v3/contracts.ts';
export type { DeployedMorphoMarket, MorphoBlueContracts } from './venues/morpho-blue/contracts.ts';
export { postPrices, priceRounds, readAnswers, setPrice } from './actions/post-prices.ts';
export { swap, type Swap } from './actions/swap.ts';
export { readPoolPrices } from './actions/pool-price.ts';
export { poolMoves } from './actions/move-pools.ts';
export { letPass, mine, reorg, revert, snapshot } from './actions/time-travel.ts';
export { decodeResult, encodeCall, type Contract } from './evm/contract.ts';
export type { Chain, Receipt, Transaction, View } from './evm/chain.ts';
