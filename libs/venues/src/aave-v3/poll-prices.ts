import { answerFacts, type CallReader, type SnapshotPoint } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX, type Address, type Fact, type FeedId } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';
import { polledFeedId } from './learned-contracts.ts';
import { tryReadMany } from './read-calls.ts';

/** A price as AaveOracle gives it: US dollars with 8 decimals; undefined when it reverts (no source, stale sequencer). */
export interface PolledPrice {
  readonly feed: FeedId;
  readonly answer: bigint | undefined;
}

/**
 * Prices of assets as AaveOracle gives them at a block, as answers of the feeds `<venue>:<asset>`.
 * Source: `AaveOracle.getAssetPrice` of both releases.
 */
export async function readPrices(
  deployment: AaveV3Deployment,
  assets: readonly Address[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly PolledPrice[]> {
  const { oracle } = deployment;
  const prices = await tryReadMany(
    reader,
    at.block,
    'getAssetPrice',
    assets.map((asset) => [oracle, asset] as const),
  );
  return assets.map((asset, i) => ({ feed: polledFeedId(deployment, asset), answer: prices[i] }));
}

/** Makes facts of the answers that differ from those before. Going back in height (a reorg) makes it forget. */
export class ChangedPrices {
  readonly #source: string;
  readonly #answers = new Map<FeedId, bigint | undefined>();
  #block = -1;

  constructor(source: string) {
    this.#source = source;
  }

  /** Facts with parts from 0, rounds numbered by block. */
  keep(prices: readonly PolledPrice[], at: SnapshotPoint): readonly Fact[] {
    if (at.block <= this.#block) this.#answers.clear();
    this.#block = at.block;
    const changed = prices.filter(
      ({ feed, answer }) => !this.#answers.has(feed) || this.#answers.get(feed) !== answer,
    );
    for (const { feed, answer } of changed) this.#answers.set(feed, answer);
    const said = { source: this.#source, round: BigInt(at.block), updatedAt: BigInt(at.time) };
    const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
    return changed
      .flatMap((price) => answerFacts(key, { ...price, ...said }))
      .map((fact, part) => ({ ...fact, part }));
  }

  forget(): void {
    this.#answers.clear();
    this.#block = -1;
  }
}
