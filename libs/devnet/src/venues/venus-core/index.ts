import { readPrices } from '../../actions/post-prices.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { DevnetVenue, OpenAccount, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  debtUsd,
  healthOf,
  isSeizable,
  marketOf,
  readVenusAccounts,
  suppliedUsd,
  VENUS_CORE_ID,
} from './accounts.ts';
import { actOnVenusCore } from './act.ts';
import { venusTermsCalls } from './change-terms.ts';
import type { VenusCoreContracts } from './contracts.ts';
import { deployVenusCore } from './deploy.ts';
import { readVenusLiquidations, venusClaims } from './liquidate.ts';
import { venusLoans } from './loans.ts';
import { LISTED } from './markets.ts';
import { openOnVenusCore } from './open.ts';
import { planVenusCore, saleableOnVenusCore, type VenusCorePlan } from './plan.ts';

/** A fall of prices of about 10 % takes no account with a higher health factor over the line. */
const NEAR_HEALTH = 1.12;

/** The core pool of Venus: markets that an owner enters; half of one debt may be repaid in a call. */
export const venusCore: DevnetVenue<VenusCoreContracts, VenusCorePlan> = {
  id: VENUS_CORE_ID,
  deploy: (site, base) => deployVenusCore(site, base),
  plan: planVenusCore,
  saleableUsd: saleableOnVenusCore,
  open: openOnVenusCore,
  deployment: ({ comptroller, oracle }) => ({
    ...{ adapter: 'venus-core', id: VENUS_CORE_ID, version: '0.7', comptroller, oracle },
  }),
  async borrowers(devnet) {
    const accounts = await readVenusAccounts(devnet, devnet.owners);
    return accounts.filter(({ legs }) => legs.some(({ debt }) => debt > 0n)).map(({ owner }) => owner);
  },
  async due(devnet, owners): Promise<DueAccount[]> {
    const prices = await readPrices(devnet);
    const accounts = await readVenusAccounts(devnet, owners);
    return accounts
      .filter((account) => account.shortfall > 0n && isSeizable(account, prices))
      .map(({ owner }) => ({ venue: VENUS_CORE_ID, owner, market: '' }));
  },
  async near(devnet, owners) {
    const prices = await readPrices(devnet);
    const accounts = await readVenusAccounts(devnet, owners);
    return accounts.filter((account) => healthOf(account, prices) < NEAR_HEALTH).map(({ owner }) => owner);
  },
  claims: venusClaims,
  readDone: (devnet, _claim, done) => readVenusLiquidations(devnet, done),
  losses: async (devnet, prices) => ({ badDebtUsd: await strandedUsd(devnet, prices), fundsUsd: {} }),
  async openAccounts(devnet, prices) {
    const accounts = await readVenusAccounts(devnet, devnet.owners);
    return accounts
      .map((account) => ({ ...account, debtUsd: debtUsd(account.legs, prices) }))
      .filter((account) => account.debtUsd > 0 && isSeizable(account, prices))
      .map((account): OpenAccount => {
        const equityUsd = suppliedUsd(account.legs, prices) - account.debtUsd;
        return { owner: account.owner, market: '', debtUsd: account.debtUsd, equityUsd };
      });
  },
  // Views say what was stored last: interest counts for them when it has been accrued.
  follow: async (devnet) =>
    LISTED.map((symbol) => {
      const { address, abi } = marketOf(devnet, symbol);
      return { from: devnet.actors.keeper, to: address, data: encodeCall(abi, 'accrueInterest') };
    }),
  loans: venusLoans,
  termsCalls: venusTermsCalls,
  act: actOnVenusCore,
};

/** Debt of accounts with nothing left to take: it stays on them. */
async function strandedUsd(devnet: VenueScene, prices: PricesUsd): Promise<number> {
  const accounts = await readVenusAccounts(devnet, devnet.owners);
  const stranded = accounts.filter((account) => !isSeizable(account, prices));
  return stranded.reduce((sum, { legs }) => sum + debtUsd(legs, prices), 0);
}
