import { addressesRegistry, deployments } from '@morpho-org/blue-sdk';
import type { Address } from '@undertow/market';
import type { MorphoBlueDeployment } from './deployments.ts';

/** Chains on which Undertow watches Morpho Blue, by what its id calls them. */
const CHAINS = { 1: 'ethereum', 10: 'optimism', 137: 'polygon', 8453: 'base', 42161: 'arbitrum' } as const;

/** Morpho Blue as its own package knows it, on the chains that Undertow knows by name. */
export const knownMorphoBlue: ReadonlyMap<number, MorphoBlueDeployment> = new Map(
  ([1, 10, 137, 8453, 42161] as const).map((chainId) => {
    const { morpho, adaptiveCurveIrm } = addressesRegistry[chainId];
    const deployment: MorphoBlueDeployment = {
      adapter: 'morpho-blue',
      id: `morpho-blue@${CHAINS[chainId]}`,
      version: '1.0',
      morpho: lower(morpho),
      adaptiveCurveIrm: lower(adaptiveCurveIrm),
      startBlock: Number(deployments[chainId].morpho),
      readsHoldings: true,
    };
    return [chainId, deployment];
  }),
);

function lower(address: string): Address {
  return address.toLowerCase() as Address;
}
