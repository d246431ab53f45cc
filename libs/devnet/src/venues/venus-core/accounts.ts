import type { Hex } from 'viem';
import { usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import type { Contract } from '../../evm/contract.ts';
import type { PricesUsd } from '../devnet-venue.ts';
import type { DevnetContracts, VenueScene } from '../venue-scene.ts';
import { LISTED } from './markets.ts';

export const VENUS_CORE_ID = 'venus-core@devnet';

type Contracts = Pick<VenueScene, 'artifacts'> & { readonly contracts: Pick<DevnetContracts, 'venues'> };

export function comptroller({ contracts, artifacts }: Contracts): Contract {
  return { address: contracts.venues.venusCore.comptroller, abi: artifacts.VenusComptroller.abi };
}

export function marketOf({ contracts, artifacts }: Contracts, symbol: AssetSymbol): Contract {
  return { address: contracts.venues.venusCore.markets[symbol], abi: artifacts.VenusToken.abi };
}

/** What an owner has in one market, by its views: raw units of the market's token, and of the asset. */
export interface VenusLeg {
  readonly symbol: AssetSymbol;
  readonly tokens: bigint;
  readonly supplied: bigint;
  readonly debt: bigint;
}

export interface VenusAccount {
  readonly owner: Hex;
  /** `Comptroller.getAccountLiquidity`, USD with 18 decimals: at most one of them is not 0. */
  readonly liquidity: bigint;
  readonly shortfall: bigint;
  readonly legs: readonly VenusLeg[];
}

const WAD = 10n ** 18n;

export async function readVenusAccounts(devnet: VenueScene, owners: readonly Hex[]): Promise<VenusAccount[]> {
  const contract = comptroller(devnet);
  const liquidities = await devnet.chain.readMany<readonly [bigint, bigint, bigint]>(
    owners.map((owner) => ({ contract, functionName: 'getAccountLiquidity', args: [owner] })),
  );
  const snapshots = await devnet.chain.readMany<readonly [bigint, bigint, bigint, bigint]>(
    owners.flatMap((owner) =>
      LISTED.map((symbol) => ({
        ...{ contract: marketOf(devnet, symbol), functionName: 'getAccountSnapshot', args: [owner] },
      })),
    ),
  );
  return owners.map((owner, index) => {
    const [, liquidity = 0n, shortfall = 0n] = liquidities[index] ?? [];
    const legs = LISTED.map((symbol, position) => {
      const [, tokens = 0n, debt = 0n, rate = 0n] = snapshots[index * LISTED.length + position] ?? [];
      return { symbol, tokens, supplied: (tokens * rate) / WAD, debt };
    });
    return { owner, liquidity, shortfall, legs };
  });
}

/** Less than this is not worth a liquidation: what rounding leaves when all is taken. USD. */
export const DUST_USD = 0.01;

/** Is there anything to take? */
export function isSeizable({ legs }: VenusAccount, prices: PricesUsd): boolean {
  return suppliedUsd(legs, prices) > DUST_USD;
}

export function suppliedUsd(legs: readonly VenusLeg[], prices: PricesUsd): number {
  return legs.reduce(
    (sum, { symbol, supplied }) => sum + usdOfUnits(symbol, supplied, prices.get(symbol)),
    0,
  );
}

export function debtUsd(legs: readonly VenusLeg[], prices: PricesUsd): number {
  return legs.reduce((sum, { symbol, debt }) => sum + usdOfUnits(symbol, debt, prices.get(symbol)), 0);
}

/** What backs the account ÷ what it must back; infinite without debt. */
export function healthOf({ liquidity, shortfall, legs }: VenusAccount, prices: PricesUsd): number {
  const owed = debtUsd(legs, prices);
  return owed === 0 ? Infinity : 1 + Number(liquidity - shortfall) / 1e18 / owed;
}
