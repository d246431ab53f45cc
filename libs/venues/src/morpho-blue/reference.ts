import { readWords, textOf } from '@undertow/chain';
import type { CallReader, ReferencePart } from '@undertow/chain';
import type { Address, Asset, Feed, FeedId, Venue } from '@undertow/market';
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
 * coverage gap. Feeds are described only when they are polled; otherwise the set that reads their logs does.
 */
export async function readReference(
  reader: CallReader,
  block: number,
  deployment: MorphoBlueDeployment,
  { chainId, tokens, feeds }: Described,
): Promise<ReferencePart> {
  const assets = await readAssets(reader, block, chainId, [...new Set(tokens)]);
  const polled = deployment.pollPrices ? [...new Set(feeds)] : [];
  return {
    venues: [morphoVenue(deployment, chainId)],
    assets,
    feeds: await readFeeds(reader, block, chainId, polled),
  };
}

async function readAssets(
  reader: CallReader,
  block: number,
  chainId: number,
  tokens: readonly Address[],
): Promise<readonly Asset[]> {
  const decimals = await readWords(
    reader,
    block,
    tokens.map((token) => viewRead(token, 'decimals')),
  );
  const symbols = await reader.calls(
    tokens.map((token) => viewRead(token, 'symbol')),
    block,
  );
  return tokens.flatMap((address, i) => {
    const places = decimals[i]?.[0];
    if (places === undefined || places > 77n) return [];
    return [
      { chainId, address, symbol: textOf(symbols[i]) || address.slice(0, 8), decimals: Number(places) },
    ];
  });
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
  return feeds.map((id, i) => ({
    id,
    chainId,
    description: textOf(descriptions[i]) || id,
    // A price() has no decimals of its own; its scale is part of the ratio.
    decimals: Number(decimals[i]?.[0] ?? 0n),
  }));
}
