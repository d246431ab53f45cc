import { readTokens, readWords, textOf, usableDecimals } from '@undertow/chain';
import type { CallReader, ReferencePart } from '@undertow/chain';
import type { Address, Feed, FeedId, Venue } from '@undertow/market';
import type { MorphoBlueDeployment } from './deployments.ts';
import { feedRead, viewRead } from './feed-read.ts';

/** What to describe: tokens that markets use and feeds that their oracles read. */
export interface Described {
  readonly chainId: number;
  readonly tokens: readonly Address[];
  readonly feeds: readonly FeedId[];
}

/** The venue's own row. */
export function morphoVenue({ id, version, morpho }: MorphoBlueDeployment, chainId: number): Venue {
  return { id, chainId, protocol: 'morpho-blue', version, mechanism: 'isolated-pair', address: morpho };
}

/**
 * Reference rows read from the contracts themselves. A token without decimals is left out: what hangs on it is a
 * coverage gap. Feeds are described only when they are polled; otherwise the set that reads their logs does. A feed
 * without decimals is left out too, and is no USD price of anything then.
 */
export async function readReference(
  reader: CallReader,
  block: number,
  deployment: MorphoBlueDeployment,
  { chainId, tokens, feeds }: Described,
): Promise<ReferencePart> {
  const polled = deployment.pollPrices ? [...new Set(feeds)] : [];
  return {
    venues: [morphoVenue(deployment, chainId)],
    assets: await readTokens(
      reader,
      { chainId, block },
      tokens.map((address) => ({ address })),
    ),
    feeds: await readFeeds(reader, block, chainId, polled),
  };
}

async function readFeeds(
  reader: CallReader,
  block: number,
  chainId: number,
  feeds: readonly FeedId[],
): Promise<readonly Feed[]> {
  const contracts = feeds.map((feed) => feedRead(feed).to);
  const decimals = await readWords(
    reader,
    block,
    contracts.map((to) => viewRead(to, 'decimals')),
  );
  const descriptions = await reader.calls(
    contracts.map((to) => viewRead(to, 'description')),
    block,
  );
  return feeds.flatMap((id, i) => {
    // What an oracle or a vault answers has no decimals of its own; its scale is part of the ratio.
    const places = usableDecimals(decimals[i]) ?? (id.startsWith('0x') ? undefined : 0);
    if (places === undefined) return [];
    return [{ id, chainId, description: textOf(descriptions[i]) || id, decimals: places }];
  });
}
