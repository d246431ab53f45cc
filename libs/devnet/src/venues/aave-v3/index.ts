import type { Hex } from 'viem';
import { toUsd } from '../../actions/post-prices.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { DevnetVenue } from '../devnet-venue.ts';
import { symbolOfToken } from '../../actions/symbol-of-token.ts';
import type { VenueScene } from '../venue-scene.ts';
import { AAVE_V30, isAaveAccountDue, readAaveAccounts, unitsOf } from './accounts.ts';
import { actOnAave } from './act.ts';
import { aaveV3TermsCalls } from './change-terms.ts';
import { aaveClaims } from './claims.ts';
import type { AaveV3Contracts } from './contracts.ts';
import { deployAaveV3 } from './deploy.ts';
import { openAaveAccounts } from './legs.ts';
import { aaveLoans } from './loans.ts';
import { openOnAave } from './open.ts';
import { readAaveLiquidations } from './read-done.ts';
import { planAave, saleableOnAave, type AaveV3Plan } from './plan.ts';

const ID = 'aave-v3@devnet';

/** A fall of prices of about 10 % takes no account with a higher health factor over the line. */
const NEAR_HEALTH = 1.12;

/** Aave v3.0: pooled lending in which 50 % or, below 0.95, all of a debt may be repaid. */
export const aaveV3: DevnetVenue<AaveV3Contracts, AaveV3Plan> = {
  id: ID,
  deploy: (site, base, plan) => deployAaveV3(site, base, plan.length),
  plan: planAave,
  saleableUsd: saleableOnAave,
  open: openOnAave,
  deployment: (contracts) => ({ adapter: 'aave-v3', id: ID, version: '3.0', ...contracts }),
  async borrowers(devnet) {
    const accounts = await readAaveAccounts(devnet, devnet.owners);
    return accounts.filter(({ debtBase }) => debtBase > 0n).map(({ owner }) => owner);
  },
  async due(devnet, owners): Promise<DueAccount[]> {
    const accounts = await readAaveAccounts(devnet, owners);
    return accounts.filter(isAaveAccountDue).map(({ owner }) => ({ venue: ID, owner, market: '' }));
  },
  async near(devnet, owners) {
    const accounts = await readAaveAccounts(devnet, owners);
    const isNear = (wad: bigint) => Number(wad) / 1e18 < NEAR_HEALTH;
    const near = accounts.filter(({ debtBase, healthFactorWad }) => debtBase > 0n && isNear(healthFactorWad));
    return near.map(({ owner }) => owner);
  },
  claims(devnet, at) {
    const unwrap = (token: Hex) => ({ sold: symbolOfToken(devnet, token), calls: [] });
    return aaveClaims(devnet, at, { market: AAVE_V30, unwrap });
  },
  readDone: async (devnet, _claim, done) => readAaveLiquidations(devnet, done),
  losses: async (devnet) => ({ badDebtUsd: await strandedUsd(devnet), fundsUsd: {} }),
  openAccounts: (devnet, prices) => openAaveAccounts(devnet, AAVE_V30, unitsOf(devnet, prices)),
  loans: aaveLoans(AAVE_V30),
  termsCalls: aaveV3TermsCalls,
  act: actOnAave,
};

/** Debt of accounts without collateral: this release leaves it on them. */
async function strandedUsd(devnet: VenueScene): Promise<number> {
  const accounts = await readAaveAccounts(devnet, devnet.owners);
  const stranded = accounts.filter(({ collateralBase, debtBase }) => collateralBase === 0n && debtBase > 0n);
  return stranded.reduce((sum, { debtBase }) => sum + toUsd(debtBase), 0);
}
