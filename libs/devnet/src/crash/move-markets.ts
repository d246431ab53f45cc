import { poolMoves } from '../actions/move-pools.ts';
import { readPoolPrices } from '../actions/pool-price.ts';
import { priceRounds, readAnswers, readPrices, toAnswer, toUsd } from '../actions/post-prices.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import { sumInventories, unwind } from '../liquidate/inventory.ts';
import type { LiquidationDone } from '../venues/devnet-venue.ts';

/** Price after ÷ price before, by asset. */
export type Moves = ReadonlyMap<AssetSymbol, number>;

/** Sets the feeds of assets to round(answer × (1 + shock)), and trades their pools there. */
export async function applyShock(
  devnet: Devnet,
  assets: readonly AssetSymbol[],
  shock: number,
): Promise<Moves> {
  const before = await readAnswers(devnet, [...assets, 'USDC']);
  const answers = new Map<AssetSymbol, bigint>();
  for (const symbol of assets) {
    answers.set(symbol, BigInt(Math.round(Number(before.get(symbol)?.answer ?? 0n) * (1 + shock))));
  }
  const usdc = toUsd(answers.get('USDC') ?? before.get('USDC')?.answer ?? 0n);
  const pooled = withPool(devnet, assets);
  const targets = pooled.map((symbol) => [symbol, toUsd(answers.get(symbol) ?? 0n) / usdc]);
  await devnet.chain.send([
    ...(await priceRounds(devnet, Object.fromEntries(answers))),
    ...(await poolMoves(devnet, Object.fromEntries(targets))),
  ]);
  return new Map(
    [...answers].map(([symbol, answer]) => [
      symbol,
      Number(answer) / Number(before.get(symbol)?.answer ?? answer),
    ]),
  );
}

/** Sells what the liquidators have gained and buys back what they have spent. A pool without liquidity refuses. */
export async function settle(
  devnet: Devnet,
  done: readonly LiquidationDone[],
): Promise<{ traded: readonly AssetSymbol[]; refused: number }> {
  const trades = unwind(devnet, sumInventories(done.map(({ inventory }) => inventory)));
  const receipts = await devnet.chain.send(
    trades.map(({ transaction }) => transaction),
    { mayFail: true },
  );
  const refused = receipts.filter(({ status }) => status !== '0x1').length;
  return { traded: trades.map(({ symbol }) => symbol), refused };
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
