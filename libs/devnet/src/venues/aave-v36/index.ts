import { toUsd } from '../../actions/post-prices.ts';
import { isAaveAccountDue, readAaveAccounts } from '../aave-v3/accounts.ts';
import { actOnAave } from '../aave-v3/act.ts';
import { aaveClaims } from '../aave-v3/claims.ts';
import { openAaveAccounts } from '../aave-v3/legs.ts';
import { aaveLoans } from '../aave-v3/loans.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { DevnetVenue, PricesUsd, VenueLosses } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { aaveV36TermsCalls } from './change-terms.ts';
import type { AaveV36Contracts } from './contracts.ts';
import { deployAaveV36 } from './deploy.ts';
import { readAaveV36Liquidations, valueUsd } from './read-done.ts';
import { AAVE_V36, tokensAt, unitsAt } from './market.ts';
import { openOnAaveV36 } from './open.ts';
import { planAaveV36, saleableOnAaveV36, type AaveV36Plan } from './plan.ts';
import { RESERVES } from './reserves.ts';
import { earnYield, stakedVault, unwrapStaked, withStaked, withStakedByRate } from './staked-token.ts';

const ID = 'aave-v3.6@devnet';

/** A fall of prices of about 10 % takes no account with a higher health factor over the line. */
const NEAR_HEALTH = 1.12;

/**
 * Aave v3.6: half of the *whole* debt may be repaid, no dust may stay, and debt without collateral is written off. Lists
 * a staked token, whose yield comes when feeds move.
 */
export const aaveV36: DevnetVenue<AaveV36Contracts, AaveV36Plan> = {
  id: ID,
  deploy: (site, base) => deployAaveV36(site, base),
  plan: planAaveV36,
  saleableUsd: saleableOnAaveV36,
  open: openOnAaveV36,
  deployment: ({ addressesProvider, pool, poolConfigurator, oracle, dataProvider }) => ({
    ...{ adapter: 'aave-v3', id: ID, version: '3.6' },
    ...{ addressesProvider, pool, poolConfigurator, oracle, dataProvider },
  }),
  oracles: ({ staked }, { assets }) => [
    { adapter: 'erc4626', id: 'erc4626@devnet', vaults: [stakedVault(staked, assets)] },
  ],
  async borrowers(devnet) {
    const accounts = await readAaveAccounts(devnet, devnet.owners, AAVE_V36);
    return accounts.filter(({ debtBase }) => debtBase > 0n).map(({ owner }) => owner);
  },
  async due(devnet, owners): Promise<DueAccount[]> {
    const accounts = await readAaveAccounts(devnet, owners, AAVE_V36);
    return accounts.filter(isAaveAccountDue).map(({ owner }) => ({ venue: ID, owner, market: '' }));
  },
  async near(devnet, owners) {
    const accounts = await readAaveAccounts(devnet, owners, AAVE_V36);
    const isNear = (wad: bigint) => Number(wad) / 1e18 < NEAR_HEALTH;
    const near = accounts.filter(({ debtBase, healthFactorWad }) => debtBase > 0n && isNear(healthFactorWad));
    return near.map(({ owner }) => owner);
  },
  claims: (devnet, at) =>
    aaveClaims(devnet, at, { market: AAVE_V36, unwrap: (token) => unwrapStaked(devnet, token) }),
  readDone: (devnet, _claim, done) => readAaveV36Liquidations(devnet, done),
  losses: readLosses,
  openAccounts: async (devnet, prices) =>
    openAaveAccounts(devnet, AAVE_V36, unitsAt(devnet, await withStakedByRate(devnet, prices))),
  // A crash takes minutes, in which nobody earns anything.
  follow: async (devnet, { mayWait }) => (mayWait ? [] : [await earnYield(devnet)]),
  loans: aaveLoans(AAVE_V36),
  termsCalls: aaveV36TermsCalls,
  act: (circumstances, owner) => actOnAave(circumstances, owner, AAVE_V36),
};

/** Debt written off that nobody has covered, and debt of accounts whose collateral is gone. */
async function readLosses(devnet: VenueScene, basePrices: PricesUsd): Promise<VenueLosses> {
  const prices = await withStaked(devnet, basePrices);
  const tokens = tokensAt(devnet);
  const contract = AAVE_V36.pool(devnet);
  const deficits = await devnet.chain.readMany<bigint>(
    RESERVES.map(({ symbol }) => ({
      ...{ contract, functionName: 'getReserveDeficit', args: [tokens[symbol].token] },
    })),
  );
  const deficitUsd = RESERVES.reduce(
    (sum, { symbol }, index) => sum + valueUsd(symbol, deficits[index] ?? 0n, prices),
    0,
  );
  const accounts = await readAaveAccounts(devnet, devnet.owners, AAVE_V36);
  const stranded = accounts.filter(({ collateralBase, debtBase }) => collateralBase === 0n && debtBase > 0n);
  const strandedUsd = stranded.reduce((sum, { debtBase }) => sum + toUsd(debtBase), 0);
  return { badDebtUsd: deficitUsd + strandedUsd, fundsUsd: { deficit: -deficitUsd } };
}
