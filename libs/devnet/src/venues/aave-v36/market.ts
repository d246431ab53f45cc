import type { Hex } from 'viem';
import { readPrices } from '../../actions/post-prices.ts';
import type { Contract } from '../../evm/contract.ts';
import type { AaveMarket } from '../aave-v3/accounts.ts';
import type { VenueScene } from '../venue-scene.ts';
import { tokensOf, type Tokens } from './deploy.ts';
import { decimalsOf, RESERVES } from './reserves.ts';
import { withStaked, type ReservePrices } from './staked-token.ts';

/** The local chain's Aave of release 3.6. */
export const AAVE_V36: AaveMarket = {
  pool: ({ contracts, artifacts }): Contract => ({
    address: contracts.venues.aaveV36.pool,
    abi: artifacts.Aave36Pool.abi,
  }),
  dataProvider: ({ contracts, artifacts }): Contract => ({
    address: contracts.venues.aaveV36.dataProvider,
    abi: artifacts.Aave36DataProvider.abi,
  }),
  tokens: (devnet) => {
    const tokens = tokensAt(devnet);
    return RESERVES.map(({ symbol }) => tokens[symbol].token);
  },
  unitsUsd: async (devnet) => unitsAt(devnet, await withStaked(devnet, await readPrices(devnet))),
};

/** What a raw unit of a reserve's token is worth at given prices, USD. */
export function unitsAt(devnet: VenueScene, prices: ReservePrices): (token: Hex) => number {
  const tokens = tokensAt(devnet);
  const byToken = new Map<Hex, number>(
    RESERVES.map(({ symbol }) => [
      tokens[symbol].token,
      (prices.get(symbol) ?? 0) / 10 ** decimalsOf(symbol),
    ]),
  );
  return (token) => byToken.get(token) ?? 0;
}

export function tokensAt({ contracts }: VenueScene): Tokens {
  return tokensOf(contracts.assets, contracts.venues.aaveV36);
}
