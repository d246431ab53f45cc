import type { Hex } from 'viem';
import { MAX_UINT256 } from '../../deploy/site.ts';
import { readPrices } from '../../actions/post-prices.ts';
import type { Contract } from '../../evm/contract.ts';
import type { PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { RESERVES } from './reserves.ts';

/** How a deployment of the protocol is found on the chain: what its releases do not share. */
export interface AaveMarket {
  pool(devnet: VenueScene): Contract;
  dataProvider(devnet: VenueScene): Contract;
  /** Tokens of its reserves. */
  tokens(devnet: VenueScene): readonly Hex[];
  /** What a raw unit of a reserve's token is worth at the venue's oracle, USD. */
  unitsUsd(devnet: VenueScene): Promise<(token: Hex) => number>;
}

/** The local chain's first, of release 3.0. */
export const AAVE_V30: AaveMarket = {
  pool: aavePool,
  dataProvider: ({ contracts, artifacts }) => ({
    address: contracts.venues.aaveV3.dataProvider,
    abi: artifacts.AaveProtocolDataProvider.abi,
  }),
  tokens: ({ contracts }) => RESERVES.map(({ symbol }) => contracts.assets[symbol].token),
  unitsUsd: async (devnet) => unitsOf(devnet, await readPrices(devnet)),
};

/** What a raw unit of a listed token is worth at given prices, USD. */
export function unitsOf(devnet: VenueScene, prices: PricesUsd): (token: Hex) => number {
  const byToken = new Map(
    Object.values(devnet.contracts.assets).map(({ symbol, token, decimals }) => [
      token,
      (prices.get(symbol) ?? 0) / 10 ** decimals,
    ]),
  );
  return (token) => byToken.get(token) ?? 0;
}

/** What `Pool.getUserAccountData` says of an owner, in the venue's base currency (USD with 8 decimals). */
export interface AaveAccount {
  readonly owner: Hex;
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  /** Wad. */
  readonly healthFactorWad: bigint;
}

/** `HEALTH_FACTOR_LIQUIDATION_THRESHOLD` of Aave v3. */
const ONE = 10n ** 18n;

export async function readAaveAccounts(
  devnet: VenueScene,
  owners: readonly Hex[],
  market: AaveMarket = AAVE_V30,
): Promise<AaveAccount[]> {
  const contract = market.pool(devnet);
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    owners.map((owner) => ({ contract, functionName: 'getUserAccountData', args: [owner] })),
  );
  return owners.map((owner, index) => {
    const [collateralBase = 0n, debtBase = 0n, , , , healthFactorWad = MAX_UINT256] = rows[index] ?? [];
    return { owner, collateralBase, debtBase, healthFactorWad };
  });
}

/** Can it be liquidated? Without collateral there is nothing to seize. */
export function isAaveAccountDue({ collateralBase, debtBase, healthFactorWad }: AaveAccount): boolean {
  return healthFactorWad < ONE && debtBase > 0n && collateralBase > 0n;
}

export function aavePool(devnet: VenueScene): Contract {
  return { address: devnet.contracts.venues.aaveV3.pool, abi: devnet.artifacts.Pool.abi };
}
