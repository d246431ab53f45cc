import { unitsForUsd, type AssetSymbol } from '../deploy/listing.ts';

/** Share of what lenders put in that is lent out at the start. */
const UTILIZATION = 0.7;

/**
 * What lenders put in so that a planned debt is the wanted share of it, raw units. At least the value of 100,000 USD,
 * so that an empty plan leaves a usable market.
 */
export function lentFor(symbol: AssetSymbol, debt: bigint): bigint {
  return unitsForUsd(symbol, 100_000) + (debt * 1_000n) / BigInt(Math.round(UTILIZATION * 1_000));
}
