import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import { readAaveAccounts } from '../liquidate/aave-accounts.ts';
import {
  healthOfMorphoPosition,
  readMorphoMarkets,
  readMorphoPositions,
} from '../liquidate/morpho-accounts.ts';
import type { Candidates } from '../liquidate/read-due.ts';

/**
 * Accounts nearer to the line than this are watched; a move of prices of at most `REFRESH_AFTER` on both sides of a
 * position takes no other account over it.
 */
const WATCHED_HEALTH = 1.12;
const REFRESH_AFTER = 0.05;

/** Which accounts are asked about after a feed has moved, so that not all of them are. */
export interface WatchList {
  /** Reads all accounts when the prices have moved since the last time, and a few otherwise. */
  candidates(pricesUsd: ReadonlyMap<AssetSymbol, number>): Promise<Candidates>;
  /** Watches an owner whose position has changed. */
  add(owner: Hex): void;
}

export function openWatchList(devnet: Devnet): WatchList {
  let readAt: ReadonlyMap<AssetSymbol, number> | undefined;
  let aave = new Set<Hex>();
  let morpho = new Map<string, Set<Hex>>();
  const hasMoved = (pricesUsd: ReadonlyMap<AssetSymbol, number>) =>
    [...pricesUsd].some(
      ([symbol, price]) => Math.abs(price / (readAt?.get(symbol) ?? 0) - 1) > REFRESH_AFTER,
    );
  return {
    async candidates(pricesUsd) {
      if (!readAt || hasMoved(pricesUsd)) {
        aave = await nearOnAave(devnet);
        morpho = await nearOnMorpho(devnet);
        readAt = new Map(pricesUsd);
      }
      return {
        aave: [...aave],
        morpho: new Map([...morpho].map(([market, owners]) => [market, [...owners]])),
      };
    },
    add(owner) {
      aave.add(owner);
      for (const owners of morpho.values()) owners.add(owner);
    },
  };
}

async function nearOnAave(devnet: Devnet): Promise<Set<Hex>> {
  const accounts = await readAaveAccounts(devnet, devnet.owners);
  const near = accounts.filter(({ debtBase, healthFactorWad }) => {
    return debtBase > 0n && Number(healthFactorWad) / 1e18 < WATCHED_HEALTH;
  });
  return new Set(near.map(({ owner }) => owner));
}

async function nearOnMorpho(devnet: Devnet): Promise<Map<string, Set<Hex>>> {
  const byMarket = new Map<string, Set<Hex>>();
  for (const state of await readMorphoMarkets(devnet)) {
    const positions = await readMorphoPositions(devnet, state, devnet.owners);
    const near = positions.filter((position) => healthOfMorphoPosition(position) < WATCHED_HEALTH);
    byMarket.set(state.market.id, new Set(near.map(({ owner }) => owner)));
  }
  return byMarket;
}
