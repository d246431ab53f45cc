import type { AssetSymbol, Devnet } from '@undertow/devnet';
import type { Ledger } from '@undertow/book';
import type { Address } from '@undertow/market';
import type { Abi, Hex } from 'viem';
import type { Follower } from './aave-v3-follower.ts';

/** What every market of the local chain lists. */
export const RESERVES: readonly AssetSymbol[] = ['WETH', 'WBTC', 'LINK', 'USDC'];

/** A devnet, what is followed of it, and the only source of chance. */
export interface Scene {
  readonly devnet: Devnet;
  readonly follower: Follower;
  readonly market: Market;
  /** Uniform in 0 … 1. */
  readonly random: () => number;
}

/** The contracts of the release that is followed. */
export interface Market {
  readonly pool: Hex;
  readonly poolAbi: Abi;
  readonly aTokenAbi: Abi;
  /** Tokens of the reserves. */
  readonly tokens: readonly Hex[];
  /** Categories that an owner may choose; 0 = none. */
  readonly categories: readonly number[];
}

/** The market of release 3.0. */
export function marketOf30({ contracts, artifacts }: Devnet): Market {
  return {
    pool: contracts.venues.aaveV3.pool,
    poolAbi: artifacts.Pool.abi,
    aTokenAbi: artifacts.AToken.abi,
    tokens: RESERVES.map((symbol) => contracts.assets[symbol].token),
    categories: [0, 1],
  };
}

/** Accounts of the venue by owner, of the followed ledger or another. */
export function accountsOf(scene: Scene, ledger: Ledger = scene.follower.ledger) {
  return ledger.venues.get(scene.follower.deployment.id)?.accounts ?? new Map();
}

/** Owners that were planned, and whoever else has an account. */
export function everyone(scene: Scene): Address[] {
  return [...new Set([...accountsOf(scene).keys(), ...scene.devnet.owners])] as Address[];
}

/** A random part of an amount, at least 1. */
export function share(scene: Scene, amount: bigint): bigint {
  return (amount * BigInt(Math.floor(scene.random() * 1_000_000))) / 1_000_000n + 1n;
}

export function pick<T>(scene: Scene, items: readonly T[]): T {
  return items[Math.floor(scene.random() * items.length)] as T;
}

/** Mulberry32: small, seeded, good enough to choose actions. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
