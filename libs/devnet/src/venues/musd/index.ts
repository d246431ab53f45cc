import { usdOfUnits } from '../../deploy/listing.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import { noTermsCalls } from '../../terms/terms-change.ts';
import type { DevnetVenue, OpenAccount } from '../devnet-venue.ts';
import { LEAST_RATIO_WAD, musd, readTroves } from './accounts.ts';
import { actOnMusd } from './act.ts';
import type { MusdContracts } from './contracts.ts';
import { deployMusd } from './deploy.ts';
import { lossUsdSoFar, musdClaims, readMusdLiquidations } from './liquidate.ts';
import { openOnMusd } from './open.ts';
import { planMusd, UNDERLYING, type MusdPlan } from './plan.ts';

const ID = 'musd@devnet';

/** Ratio of collateral to debt below which a fall of 10 % liquidates. */
const NEAR_RATIO_WAD = (LEAST_RATIO_WAD * 10n) / 9n;

/** The address by which a chain's own coin goes (ERC-7528). */
const NATIVE_COIN = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee';

/** MUSD: debt positions on the chain's own coin, a stability pool, and redistribution when it is empty. */
export const musdVenue: DevnetVenue<MusdContracts, MusdPlan> = {
  id: ID,
  deploy: deployMusd,
  plan: planMusd,
  saleableUsd: ({ sizeUsd }) => new Map([[UNDERLYING, sizeUsd]]),
  open: openOnMusd,
  deployment: (contracts) => ({
    ...{ adapter: 'musd', id: ID, version: '1.1' },
    troveManager: contracts.TroveManager,
    borrowerOperations: contracts.BorrowerOperations,
    interestRateManager: contracts.InterestRateManager,
    activePool: contracts.ActivePool,
    defaultPool: contracts.DefaultPool,
    stabilityPool: contracts.StabilityPool,
    priceFeed: contracts.PriceFeed,
    musd: contracts.Token,
    nativeCoin: { address: NATIVE_COIN, symbol: 'ETH', wrapped: contracts.wrapped },
  }),
  // The bank has a position too.
  borrowers: async (devnet) =>
    (await readTroves(devnet, [...devnet.owners, devnet.actors.bank])).map(({ owner }) => owner),
  async due(devnet, owners) {
    const troves = await readTroves(devnet, owners);
    return troves
      .filter(({ ratioWad }) => ratioWad < LEAST_RATIO_WAD)
      .map(({ owner }): DueAccount => ({ venue: ID, owner, market: '' }));
  },
  async near(devnet, owners) {
    const troves = await readTroves(devnet, owners);
    return troves.filter(({ ratioWad }) => ratioWad < NEAR_RATIO_WAD).map(({ owner }) => owner);
  },
  claims: musdClaims,
  readDone: async (devnet, claim, done) => readMusdLiquidations(devnet, claim, done),
  async losses(devnet) {
    const { stabilityPool } = musd(devnet);
    const total = await devnet.chain.read<bigint>(stabilityPool, 'getTotalMUSDDeposits');
    return { badDebtUsd: lossUsdSoFar(devnet), fundsUsd: { 'stability-pool': Number(total) / 1e18 } };
  },
  async openAccounts(devnet, prices) {
    const troves = await readTroves(devnet, [...devnet.owners, devnet.actors.bank]);
    return troves.map(({ owner, collateral, debt }): OpenAccount => {
      const debtUsd = Number(debt) / 1e18;
      const equityUsd = usdOfUnits(UNDERLYING, collateral, prices.get(UNDERLYING)) - debtUsd;
      return { owner, market: '', debtUsd, equityUsd };
    });
  },
  freshFeeds: [UNDERLYING],
  termsCalls: noTermsCalls('its ratios and shares are constants of the code'),
  act: actOnMusd,
};
