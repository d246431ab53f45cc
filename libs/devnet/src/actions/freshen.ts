import type { Hex } from 'viem';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Scene } from '../scene.ts';
import { postPrices, readAnswers } from './post-prices.ts';

/** Age of an answer from which on it is posted again: less than the shortest that any venue refuses (60 s). */
export const FRESH_SECONDS = 30;

/** Posts the present answers of feeds again, in one block, where one is older than `FRESH_SECONDS`. */
export async function freshen(scene: Scene, symbols: readonly AssetSymbol[]): Promise<void> {
  if (symbols.length === 0) return;
  const head = await scene.chain.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const answers = [...(await readAnswers(scene, symbols))];
  const old = answers.filter(([, { updatedAt }]) => Number(head.timestamp) - updatedAt > FRESH_SECONDS);
  await postPrices(scene, Object.fromEntries(old.map(([symbol, { answer }]) => [symbol, answer])));
}
