import type { CallReader, SnapshotPoint } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX, type Address, type PricePosted } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';
import { polledFeedId } from './learned-contracts.ts';
import { tryReadMany } from './read-calls.ts';

/**
 * Prices of assets as AaveOracle gives them at a block, as answers of the feeds `<venue>:<asset>`: US dollars with 8
 * decimals, rounds numbered by block. An asset whose price reverts (no source, stale sequencer) has none.
 * Source: `AaveOracle.getAssetPrice` of both releases.
 */
export async function readPrices(
  deployment: AaveV3Deployment,
  assets: readonly Address[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly PricePosted[]> {
  const { oracle } = deployment;
  const prices = await tryReadMany(
    reader,
    at.block,
    'getAssetPrice',
    assets.map((asset) => [oracle, asset] as const),
  );
  return assets.flatMap((asset, part): PricePosted[] => {
    const answer = prices[part];
    if (answer === undefined) return [];
    const key = { chainId: at.chainId, block: at.block, logIndex: SNAPSHOT_LOG_INDEX, part, time: at.time };
    const feed = polledFeedId(deployment, asset);
    return [{ ...key, kind: 'PricePosted', feed, answer, round: BigInt(at.block), updatedAt: at.time }];
  });
}

/** Keeps the answers that differ from those kept before. Going back in height (a reorg) makes it forget. */
export class ChangedPrices {
  readonly #answers = new Map<string, bigint>();
  #block = -1;

  keep(prices: readonly PricePosted[], block: number): readonly PricePosted[] {
    if (block <= this.#block) this.#answers.clear();
    this.#block = block;
    const changed = prices.filter(({ feed, answer }) => this.#answers.get(feed) !== answer);
    for (const { feed, answer } of changed) this.#answers.set(feed, answer);
    return changed;
  }

  forget(): void {
    this.#answers.clear();
    this.#block = -1;
  }
}
