import { poolMoves } from '../actions/move-pools.ts';
import { readPoolPrices } from '../actions/pool-price.ts';
import { priceRounds, readAnswers, readPrices, toAnswer, toUsd } from '../actions/post-prices.ts';
import { SYMBOLS, type AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';

/** A move of each asset's feed and pool, a ratio above -1: -0.2 = 20 % down. */
export type AssetMoves = Readonly<Partial<Record<AssetSymbol, number>>>;

/** Price after ÷ price before, by asset. */
export type Moves = ReadonlyMap<AssetSymbol, number>;

/** Sets the feeds of assets to round(answer × (1 + move)), and trades their pools there. */
export async function applyMoves(devnet: Devnet, wanted: AssetMoves): Promise<Moves> {
  const before = await readAnswers(devnet, SYMBOLS);
  const answerOf = (symbol: AssetSymbol) => before.get(symbol)?.answer ?? 0n;
  const entries = Object.entries(wanted) as [AssetSymbol, number][];
  const answers = new Map(
    entries.map(([symbol, move]) => [symbol, BigInt(Math.round(Number(answerOf(symbol)) * (1 + move)))]),
  );
  const quoteUsd = toUsd(answers.get('USDC') ?? answerOf('USDC'));
  const targets = [...(await poolPrices(devnet))].flatMap(([symbol, priceUsd]): [AssetSymbol, number][] => {
    const answer = answers.get(symbol);
    if (answer !== undefined) return [[symbol, toUsd(answer) / quoteUsd]];
    // What pools are quoted in has moved: arbitrage keeps the others where they are in USD.
    return answers.has('USDC') ? [[symbol, priceUsd / quoteUsd]] : [];
  });
  await devnet.chain.send([
    ...(await priceRounds(devnet, Object.fromEntries(answers))),
    ...(await poolMoves(devnet, Object.fromEntries(targets))),
  ]);
  return new Map([...answers].map(([symbol, answer]) => [symbol, Number(answer) / Number(answerOf(symbol))]));
}

/** Where the pools stand, USD per whole unit. */
export async function poolPrices(devnet: Devnet): Promise<Map<AssetSymbol, number>> {
  const pooled = withPool(devnet, SYMBOLS);
  const prices = await readPoolPrices(devnet, pooled);
  const quoteUsd = (await readPrices(devnet)).get('USDC') ?? 1;
  return new Map(pooled.map((symbol, index) => [symbol, (prices[index] ?? 0) * quoteUsd]));
}

/** The assets whose pools no longer stand where they did. */
export async function movedPools(
  devnet: Devnet,
  before: ReadonlyMap<AssetSymbol, number>,
): Promise<AssetSymbol[]> {
  const now = await poolPrices(devnet);
  return [...now].flatMap(([symbol, priceUsd]) => (before.get(symbol) === priceUsd ? [] : [symbol]));
}

/** Sets feeds to their pools' prices, USDC turned into USD by its feed. The smallest answer that a feed takes is 1. */
export async function followPools(devnet: Devnet, symbols: readonly AssetSymbol[]): Promise<Moves> {
  const pooled = withPool(devnet, symbols);
  const before = await readPrices(devnet);
  const pools = await readPoolPrices(devnet, pooled);
  const answers = pooled.map((symbol, index): [AssetSymbol, bigint] => {
    const answer = toAnswer((pools[index] ?? 0) * (before.get('USDC') ?? 1));
    return [symbol, answer > 0n ? answer : 1n];
  });
  await devnet.chain.send(await priceRounds(devnet, Object.fromEntries(answers)));
  return new Map(answers.map(([symbol, answer]) => [symbol, toUsd(answer) / (before.get(symbol) ?? 1)]));
}

function withPool(devnet: Devnet, symbols: readonly AssetSymbol[]): AssetSymbol[] {
  return symbols.filter((symbol) => devnet.contracts.assets[symbol].pool);
}
