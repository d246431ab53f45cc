import type { Hex } from 'viem';
import type { PerpV2Deployment } from '@undertow/venues';
import { FEED_DECIMALS, listingOf } from '../../deploy/listing.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { DevnetVenue, VenueLosses } from '../devnet-venue.ts';
import type { DevnetContracts, VenueScene } from '../venue-scene.ts';
import { healthOfPerpAccount, isPerpAccountDue, perpContracts, readPerpAccounts } from './accounts.ts';
import { actOnPerp } from './act.ts';
import { perpTermsCalls } from './change-terms.ts';
import type { PerpV2Contracts } from './contracts.ts';
import { deployPerpV2 } from './deploy.ts';
import { bringToMarks, followIndex } from './follow.ts';
import { perpClaims, readPerpLiquidations } from './liquidate.ts';
import { EXCHANGE_FEE_RATIO } from './markets.ts';
import { openPerpAccounts } from './open-accounts.ts';
import { openOnPerp } from './open.ts';
import { planPerp, saleableOnPerp, type PerpV2Plan } from './plan.ts';
import { settledBadDebtUsd } from './settled-bad-debt.ts';

const ID = 'perp-v2@devnet';

/** A move of prices of about 10 % takes no account with a larger multiple of its maintenance margin over the line. */
const NEAR_HEALTH = 3.5;

/** Perp v2 ("Curie"): cross-margined perpetuals on pools of their own, with an insurance fund. */
export const perpV2: DevnetVenue<PerpV2Contracts, PerpV2Plan> = {
  id: ID,
  deploy: deployPerpV2,
  plan: planPerp,
  saleableUsd: saleableOnPerp,
  open: openOnPerp,
  deployment,
  oracles,
  async borrowers(devnet) {
    const accounts = await readPerpAccounts(devnet, devnet.owners);
    const open = accounts.filter(({ positions, isCollateralDue }) => positions.length > 0 || isCollateralDue);
    return open.map(({ owner }) => owner);
  },
  async due(devnet, owners): Promise<DueAccount[]> {
    const accounts = await readPerpAccounts(devnet, owners);
    return accounts.filter(isPerpAccountDue).map(({ owner }) => ({ venue: ID, owner, market: '' }));
  },
  async near(devnet, owners): Promise<readonly Hex[]> {
    const accounts = await readPerpAccounts(devnet, owners);
    const near = accounts.filter(
      (account) => healthOfPerpAccount(account) < NEAR_HEALTH || account.isCollateralDue,
    );
    return near.map(({ owner }) => owner);
  },
  claims: perpClaims,
  readDone: async (devnet, _claim, done) => readPerpLiquidations(devnet, done),
  atOracles: bringToMarks,
  follow: followIndex,
  losses,
  openAccounts: openPerpAccounts,
  termsCalls: perpTermsCalls,
  act: actOnPerp,
};

function deployment(contracts: PerpV2Contracts): PerpV2Deployment {
  const { markets, collaterals, ...core } = contracts;
  const feedDecimals = FEED_DECIMALS;
  return {
    ...{
      adapter: 'perp-v2',
      id: ID,
      version: '2.8',
      settlementDecimals: listingOf('USDC').decimals,
      ...core,
    },
    markets: markets.map(({ baseToken, pool, priceFeed, indexFeed: feed, underlying }) => ({
      ...{ baseToken, pool: pool.address, underlying, priceFeed, feed, feedDecimals },
    })),
    collaterals: collaterals.map(({ token, priceFeed, feed }) => ({
      ...{ token, decimals: listingOf('WETH').decimals, priceFeed, feed, feedDecimals },
    })),
  };
}

/**
 * The perpetuals' own pools. Only the clearing house trades there: it pays the pool's fee on top (and lets makers have
 * its own instead, in quote), so that a pool gets exactly the base that is sold. Who trades pays the clearing house's fee.
 */
function oracles({ markets }: PerpV2Contracts, { uniswap }: DevnetContracts, chainId: number) {
  const pools = markets.map(({ pool }) => ({ ...pool, chainId, feePips: EXCHANGE_FEE_RATIO }));
  return [{ adapter: 'uniswap-v3' as const, id: 'perp-v2-pools@devnet', factory: uniswap.factory, pools }];
}

/** Bad debt that the insurance fund has taken over, and what the fund could still take. */
async function losses(devnet: VenueScene): Promise<VenueLosses> {
  const { insuranceFund } = perpContracts(devnet);
  const capacity = await devnet.chain.read<bigint>(insuranceFund, 'getInsuranceFundCapacity');
  return {
    badDebtUsd: await settledBadDebtUsd(devnet),
    fundsUsd: { 'insurance-fund': Number(capacity) / 1e6 },
  };
}
