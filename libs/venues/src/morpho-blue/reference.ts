import { readTokens } from '@undertow/chain';
import type { CallReader, ReferencePart } from '@undertow/chain';
import type { Address, Venue } from '@undertow/market';
import type { MorphoBlueDeployment } from './deployments.ts';

/** What to describe: tokens that markets use. */
export interface Described {
  readonly chainId: number;
  readonly tokens: readonly Address[];
}

/** The venue's own row. */
export function morphoVenue({ id, version, morpho }: MorphoBlueDeployment, chainId: number): Venue {
  return { id, chainId, protocol: 'morpho-blue', version, mechanism: 'isolated-pair', address: morpho };
}

/**
 * Reference rows read from the contracts themselves. A token without decimals is left out: what hangs on it is a
 * coverage gap.
 */
export async function readReference(
  reader: CallReader,
  block: number,
  deployment: MorphoBlueDeployment,
  { chainId, tokens }: Described,
): Promise<ReferencePart> {
  return {
    venues: [morphoVenue(deployment, chainId)],
    assets: await readTokens(
      reader,
      { chainId, block },
      tokens.map((address) => ({ address })),
    ),
  };
}
