import type { Devnet } from '../../devnet.ts';
import type { Contract } from '../../evm/contract.ts';
import type { AaveMarket } from '../aave-v3/accounts.ts';
import { tokensOf, type Tokens } from './deploy.ts';
import { RESERVES, reserveOf } from './reserves.ts';

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
  loanToValue: (symbol) => Number(reserveOf(symbol).loanToValueBps) / 10_000,
};

export function tokensAt({ contracts }: Devnet): Tokens {
  return tokensOf(contracts.assets, contracts.venues.aaveV36);
}
