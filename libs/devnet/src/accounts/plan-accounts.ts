import { keccak256, toHex, type Hex } from 'viem';
import { MORPHO_MARKETS, rawUnits, listingOf, type AssetSymbol } from '../deploy/listing.ts';
import { AAVE_MIXES, debtCapacity, type AaveMix } from './aave-mixes.ts';
import { seededRandom, type Random } from './seeded-random.ts';

export interface PlannedLeg {
  readonly symbol: AssetSymbol;
  /** Raw units. */
  readonly amount: bigint;
}

export interface PlannedAavePosition {
  readonly collateral: readonly (PlannedLeg & { readonly enabled: boolean })[];
  readonly debt: readonly PlannedLeg[];
  /** E-mode category; 0 = none. */
  readonly category: number;
}

export interface PlannedMorphoPosition {
  /** Index of the market. */
  readonly market: number;
  readonly collateral: bigint;
  readonly debt: bigint;
}

export interface PlannedAccount {
  readonly owner: Hex;
  readonly aave?: PlannedAavePosition;
  readonly morpho: readonly PlannedMorphoPosition[];
}

/** Venues of an owner: Aave alone, Morpho alone, both. */
const VENUE_WEIGHTS = [0.45, 0.3, 0.25];

/** Morpho positions of an owner who uses it: the first market, the second, both. */
const MORPHO_WEIGHTS = [0.55, 0.35, 0.1];

/** Value of the collateral of a position: log-normal, USD. The mean is about 36,000 USD. */
const SIZE = { medianUsd: 20_000, sigma: 1.1, minUsd: 500, maxUsd: 3_000_000 };

/** Health factors at the start: many near the line, few far from it. */
const HEALTH = { min: 1.02, max: 3, skew: 1.7 };

/** Distance kept from the venue's borrowing limit, because amounts are floored and interest accrues while building. */
const LIMIT_MARGIN = 0.998;

/**
 * The positions of all owners. Follows from the arguments alone, and owner n is the same whatever the number of owners.
 */
export function planAccounts({ seed, accounts }: { seed: number; accounts: number }): PlannedAccount[] {
  return Array.from({ length: accounts }, (_, index) => planAccount(seed, index));
}

/** Address of the n-th owner of a seed. Nobody has its key. */
export function ownerAddress(seed: number, index: number): Hex {
  return keccak256(toHex(`undertow devnet owner ${seed} ${index}`)).slice(0, 42) as Hex;
}

function planAccount(seed: number, index: number): PlannedAccount {
  const random = seededRandom(seed, index);
  const owner = ownerAddress(seed, index);
  const venues = random.choose(VENUE_WEIGHTS);
  const aave = venues === 1 ? {} : { aave: planAave(random) };
  return { owner, ...aave, morpho: venues === 0 ? [] : planMorpho(random) };
}

function planAave(random: Random): PlannedAavePosition {
  const mix = AAVE_MIXES[random.choose(AAVE_MIXES.map(({ weight }) => weight))] as AaveMix;
  const sizeUsd = planSize(random);
  const collateral = mix.collateral.map(({ symbol, share, enabled = true }) => {
    const valueUsd = sizeUsd * share * (0.8 + 0.4 * random.uniform());
    return { symbol, enabled, valueUsd, amount: units(symbol, valueUsd) };
  });
  const enabled = collateral.filter((leg) => leg.enabled);
  const { thresholdUsd, limitUsd } = debtCapacity(enabled, mix.category ?? 0);
  const debtUsd = Math.min(thresholdUsd / planHealth(random), limitUsd * LIMIT_MARGIN);
  const debt = mix.debt.map(({ symbol, share }) => ({ symbol, amount: units(symbol, debtUsd * share) }));
  return { collateral, debt: debt.filter(({ amount }) => amount > 0n), category: mix.category ?? 0 };
}

function planMorpho(random: Random): PlannedMorphoPosition[] {
  const choice = random.choose(MORPHO_WEIGHTS);
  return MORPHO_MARKETS.flatMap(({ collateral, lltvWad }, market) => {
    if (choice !== market && choice !== MORPHO_MARKETS.length) return [];
    const valueUsd = planSize(random);
    const debtUsd = ((valueUsd * Number(lltvWad)) / 1e18 / planHealth(random)) * LIMIT_MARGIN;
    return [{ market, collateral: units(collateral, valueUsd), debt: units('USDC', debtUsd) }];
  });
}

function planSize(random: Random): number {
  const { medianUsd, sigma, minUsd, maxUsd } = SIZE;
  return Math.min(maxUsd, Math.max(minUsd, medianUsd * Math.exp(sigma * random.normal())));
}

function planHealth(random: Random): number {
  return HEALTH.min + (HEALTH.max - HEALTH.min) * random.uniform() ** HEALTH.skew;
}

function units(symbol: AssetSymbol, valueUsd: number): bigint {
  return rawUnits(symbol, valueUsd / listingOf(symbol).priceUsd);
}
