import { readTokens, type CallReader, type LogSource, type ReferencePart } from '@undertow/chain';
import type { Fact } from '@undertow/market';
import { perpAddresses, perpDecoder, perpTopics } from './decode.ts';
import type { PerpV2Deployment } from './deployments.ts';
import { snapshotPerp } from './snapshot.ts';

export type { PerpV2Deployment } from './deployments.ts';

/** A Perp v2 deployment as a source of facts: margin accounts, positions, funding, insurance fund, liquidations. */
export function openPerpV2(deployment: PerpV2Deployment): LogSource {
  const decode = perpDecoder(deployment);
  const addresses = perpAddresses(deployment);
  return {
    id: deployment.id,
    addresses: () => addresses,
    topics: perpTopics,
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts, reader, block) => {
      const first = facts.find((fact) => isNewMarket(fact, deployment));
      if (!first) return { facts: [], reference: {} };
      return {
        facts: [],
        reference: await readReference(deployment, reader, { chainId: first.chainId, block }),
      };
    },
    snapshot: async (reader, at, owners) => ({
      facts: await snapshotPerp(deployment, reader, at, owners),
      reference: await readReference(deployment, reader, at),
    }),
  };
}

function isNewMarket(fact: Fact, { id }: PerpV2Deployment): boolean {
  if (fact.kind !== 'TermsChanged' || fact.venue !== id) return false;
  return fact.patch.form === 'perpetual' && fact.patch.baseAsset !== undefined;
}

/** The venue and its tokens. */
async function readReference(
  {
    id,
    version,
    vault,
    settlementToken,
    settlementDecimals,
    quoteToken,
    markets,
    collaterals,
  }: PerpV2Deployment,
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number },
): Promise<ReferencePart> {
  const { chainId } = at;
  const tokens = [
    { address: settlementToken, decimals: settlementDecimals },
    ...[quoteToken, ...markets.map(({ baseToken }) => baseToken)].map((address) => ({
      address,
      decimals: 18,
    })),
    ...markets.map(({ underlying }) => ({ address: underlying })),
    ...collaterals.map(({ token, decimals }) => ({ address: token, decimals })),
  ];
  return {
    venues: [{ id, chainId, protocol: 'perp-v2', version, mechanism: 'perpetual', address: vault }],
    assets: await readTokens(reader, at, tokens),
  };
}
