import { FEED_DECIMALS, SYMBOLS, type AssetSymbol } from '../deploy/listing.ts';
import type { Transaction } from '../evm/chain.ts';
import { encodeCall, type Contract } from '../evm/contract.ts';
import type { Scene } from '../scene.ts';

export type Answers = Readonly<Partial<Record<AssetSymbol, bigint>>>;

/** Posts one round on one feed, in a block of its own. `answer` in the feed's 8 decimals. */
export function setPrice(scene: Scene, symbol: AssetSymbol, answer: bigint): Promise<void> {
  return postPrices(scene, { [symbol]: answer });
}

/** Posts one round on each feed named, in one block. */
export async function postPrices(scene: Scene, answers: Answers): Promise<void> {
  const rounds = await priceRounds(scene, answers);
  if (rounds.length > 0) await scene.chain.send(rounds);
}

/** The transactions that post one round on each feed named. Round numbers are read from the chain. */
export async function priceRounds(scene: Scene, answers: Answers): Promise<Transaction[]> {
  const entries = Object.entries(answers) as [AssetSymbol, bigint][];
  const feeds = entries.map(([symbol]) => aggregator(scene, symbol));
  const rounds = await scene.chain.readMany<bigint>(
    feeds.map((contract) => ({ contract, functionName: 'latestRound' })),
  );
  return entries.map(([, answer], index) => {
    const { address, abi } = feeds[index] as Contract;
    const args = [(rounds[index] ?? 0n) + 1n, answer];
    return { from: scene.actors.keeper, to: address, data: encodeCall(abi, 'submit', args), gas: 500_000n };
  });
}

/** The feeds' latest answers, in 8 decimals. */
export async function readAnswers(
  scene: Scene,
  symbols: readonly AssetSymbol[],
): Promise<Map<AssetSymbol, { answer: bigint; updatedAt: number }>> {
  const rounds = await scene.chain.readMany<readonly [bigint, bigint, bigint, bigint, bigint]>(
    symbols.map((symbol) => ({ contract: aggregator(scene, symbol), functionName: 'latestRoundData' })),
  );
  return new Map(
    symbols.map((symbol, index) => {
      const [, answer = 0n, , updatedAt = 0n] = rounds[index] ?? [];
      return [symbol, { answer, updatedAt: Number(updatedAt) }];
    }),
  );
}

/** The feeds' latest answers of every listed asset, USD. */
export async function readPrices(scene: Scene): Promise<Map<AssetSymbol, number>> {
  const answers = await readAnswers(scene, SYMBOLS);
  return new Map(SYMBOLS.map((symbol) => [symbol, toUsd(answers.get(symbol)?.answer ?? 0n)]));
}

/** A price in USD as an answer, rounded to the feed's decimals. */
export function toAnswer(priceUsd: number): bigint {
  return BigInt(Math.round(priceUsd * 10 ** FEED_DECIMALS));
}

export function toUsd(answer: bigint): number {
  return Number(answer) / 10 ** FEED_DECIMALS;
}

function aggregator(scene: Scene, symbol: AssetSymbol): Contract {
  return {
    address: scene.contracts.assets[symbol].feedAggregator,
    abi: scene.artifacts.FluxAggregator.abi,
  };
}
