import { findAsset, whyNoShock, type Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { inputError } from './errors.ts';

/** Default columns of the heatmap: 5 % steps to 50 %, then coarser. */
export const DEFAULT_DROPS: readonly number[] = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6];
export const MOST_DROPS = 40;
const MOST_SHOCKS = 100;
/** A rise of more than a thousandfold is a typing error. */
const LARGEST_RISE = 1_000;

export interface ShockInput {
  readonly asset: string;
  readonly ratio: number;
}

/** A shock with its asset found in the book. */
export interface ResolvedShock {
  readonly asset: string;
  readonly symbol: string;
  readonly ratio: number;
}

/** Drops of a heatmap, checked: 1 to 40 of them, each at least 0 and below 1, in the order given without repeats. */
export function checkDrops(drops: readonly number[] | null | undefined): readonly number[] {
  if (drops === null || drops === undefined) return DEFAULT_DROPS;
  if (drops.length === 0)
    throw inputError('drops is empty: name at least one, such as 0.2, or leave it out.');
  if (drops.length > MOST_DROPS)
    throw inputError(`drops has ${drops.length} entries; at most ${MOST_DROPS} are allowed.`);
  for (const drop of drops)
    if (!(drop >= 0 && drop < 1))
      throw inputError(`drop ${drop} is outside 0..1: 0.2 means 20 % down; 1 itself is excluded.`);
  return [...new Set(drops)];
}

/** Where no drops are named: the present price, then 5 % steps to 60 %. */
export const DEFAULT_REPRODUCTION_DROPS: readonly number[] = Array.from({ length: 13 }, (_, i) => i / 20);
/** A reproduction number is measured over one further percent. */
const DEEPEST_REPRODUCTION = 0.98;

/** Drops of reproduction numbers, checked as those of a heatmap, and at most 0.98. */
export function checkReproductionDrops(drops: readonly number[] | null | undefined): readonly number[] {
  if (drops === null || drops === undefined) return DEFAULT_REPRODUCTION_DROPS;
  const deep = drops.find((drop) => drop > DEEPEST_REPRODUCTION);
  if (deep !== undefined)
    throw inputError(
      `drop ${deep} is above ${DEEPEST_REPRODUCTION}: one further percent must be left to fall.`,
    );
  return checkDrops(drops);
}

/** Shocks with each asset found by address or symbol, and none that nothing moves; every mistake says what would be right. */
export function checkShocks(book: Book, shocks: readonly ShockInput[]): readonly ResolvedShock[] {
  if (shocks.length > MOST_SHOCKS)
    throw inputError(`At most ${MOST_SHOCKS} shocks are allowed; there are ${shocks.length}.`);
  const resolved = shocks.map(({ asset, ratio }) => {
    if (!(ratio > -1 && ratio <= LARGEST_RISE))
      throw inputError(
        `ratio ${ratio} of ${asset} must be above -1 and at most ${LARGEST_RISE}: -0.2 means 20 % down.`,
      );
    const found = findAsset(book, asset);
    if ('problem' in found) throw inputError(found.problem);
    const { address, symbol } = found.asset;
    const problem = whyNoShock(book, address);
    if (problem !== undefined) throw inputError(problem);
    return { asset: address, symbol, ratio };
  });
  const twice = resolved.find((shock, i) => resolved.findIndex((other) => other.asset === shock.asset) !== i);
  if (twice) throw inputError(`${twice.symbol} (${twice.asset}) is shocked twice; name each asset once.`);
  return resolved;
}

/** A move of implied volatilities above -1; none when absent. */
export function checkVolatilityShock(ratio: number | null | undefined): number {
  const shock = ratio ?? 0;
  if (!(shock > -1 && shock <= LARGEST_RISE))
    throw inputError(
      `volatilityShock ${shock} must be above -1 and at most ${LARGEST_RISE}: 0.5 means half as much again.`,
    );
  return shock;
}

/** A page size between 1 and 500. */
export function checkFirst(first: number | null): number {
  if (first === null || first < 1 || first > 500)
    throw inputError(`first is ${first}; it must be from 1 to 500.`);
  return first;
}

/** An offset of 0 or more. */
export function checkAfter(after: number): number {
  if (after < 0) throw inputError(`after is ${after}; it must not be negative.`);
  return after;
}

/** An address in lower case. */
export function checkAddress(address: string): Address {
  if (!/^0x[0-9a-f]{40}$/i.test(address))
    throw inputError(
      `${JSON.stringify(address.slice(0, 60))} is not an address: 0x and 40 hexadecimal digits.`,
    );
  return address.toLowerCase() as Address;
}
