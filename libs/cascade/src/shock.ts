import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { hangOrder } from './hang-order.ts';
import type { Scenario } from './result.ts';

/** Prices right after a shock, before anybody has reacted. */
export interface ShockedPrices {
  /** USD by asset row: what its first oracle would say if it were not fixed. */
  readonly assetPriceUsd: Float64Array;
  /** USD by asset row: where its market stands; of an asset without a market, where what it hangs on puts it. */
  readonly marketPriceUsd: Float64Array;
  /** USD by oracle row. */
  readonly oraclePriceUsd: Float64Array;
  /** Raw answers by oracle row, rounded to what a feed can say. */
  readonly exactAnswers: readonly bigint[];
  /** Implied volatility ÷ that of the book's height. */
  readonly volatilityFactor: number;
}

/**
 * Moves every asset by factor = (1 + its own shock) × the factor of what it is derived from: a shock to ETH moves all
 * that hangs on it, a shock to a derived asset is one to its ratio (a depeg). Oracles move in proportion unless they
 * are fixed. Markets of assets that are named, or hang on one that is, go to `oraclePriceUsd × factor` (pools have been
 * traded to it by arbitrage); others stay where they are.
 *
 * @throws BadDataError for an asset that the book lacks, and for a shock that is not a number above -1.
 */
export function shockedPrices(book: Book, scenario: Scenario): ShockedPrices {
  const { assets, oracles, exact } = book;
  const shock = ownShocks(book, scenario);
  const factor = new Float64Array(assets.length).fill(1);
  const marketPriceUsd = new Float64Array(assets.length);
  const isMoved = assets.map(() => false);
  const hangsOn = (row: number) => assets[row]!.derivedFrom?.asset;
  for (const row of hangOrder(
    assets.length,
    hangsOn,
    'assets of the book are derived from each other in a circle',
  )) {
    const { oraclePriceUsd, marketPriceUsd: ownMarketUsd, derivedFrom } = assets[row]!;
    const base = derivedFrom?.asset;
    factor[row] = (1 + (shock.get(row) ?? 0)) * (base === undefined ? 1 : factor[base]!);
    isMoved[row] = shock.has(row) || (base !== undefined && isMoved[base]!);
    const restingUsd =
      base === undefined
        ? oraclePriceUsd
        : (oraclePriceUsd * marketPriceUsd[base]!) / assets[base]!.oraclePriceUsd;
    marketPriceUsd[row] = isMoved[row] ? oraclePriceUsd * factor[row]! : (ownMarketUsd ?? restingUsd);
  }
  const factorOf = (oracle: Book['oracles'][number]) => (oracle.isFixed ? 1 : factor[oracle.asset]!);
  return {
    assetPriceUsd: Float64Array.from(assets, (asset, row) => asset.oraclePriceUsd * factor[row]!),
    marketPriceUsd,
    oraclePriceUsd: Float64Array.from(oracles, (oracle) => oracle.priceUsd * factorOf(oracle)),
    exactAnswers: exact.answer.map((answer, row) => movedAnswer(answer, factorOf(oracles[row]!))),
    volatilityFactor: 1 + aboveMinusOne(scenario.volatilityShock ?? 0, 'the volatilities'),
  };
}

/** Shocks by asset row. */
function ownShocks({ assets }: Book, scenario: Scenario): Map<number, number> {
  const entries = Object.entries(scenario.shocks).map(([address, shock]): [number, number] => {
    const row = assets.findIndex((asset) => asset.address === address);
    if (row === -1)
      throw new BadDataError(`the book has no asset ${address} to shock; it names ${namesOf(assets)}`);
    return [row, aboveMinusOne(shock, address)];
  });
  return new Map(entries);
}

function aboveMinusOne(shock: number, of: string): number {
  if (Number.isFinite(shock) && shock > -1) return shock;
  throw new BadDataError(
    `a shock must be a ratio above -1 (-0.2 = 20 % down), but that of ${of} is ${shock}`,
  );
}

function movedAnswer(answer: bigint, factor: number): bigint {
  return factor === 1 ? answer : BigInt(Math.round(Number(answer) * factor));
}

function namesOf(assets: Book['assets']): string {
  return assets.map((asset) => `${asset.address} (${asset.symbol})`).join(', ') || 'none';
}
