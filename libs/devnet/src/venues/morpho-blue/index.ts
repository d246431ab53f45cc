import type { Hex } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import { noTermsCalls } from '../../terms/terms-change.ts';
import type { DevnetVenue, OpenAccount, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  accrueInterest,
  healthOfMorphoPosition,
  isMorphoPositionDue,
  readMorphoMarkets,
  readMorphoPositions,
  toAssetsUp,
  type MorphoPosition,
} from './accounts.ts';
import { actOnMorpho } from './act.ts';
import type { MorphoBlueContracts } from './contracts.ts';
import { deployMorphoBlue } from './deploy.ts';
import { morphoClaims, readMorphoLiquidations, writtenOffUsd } from './liquidate.ts';
import { openOnMorpho } from './open.ts';
import { planMorpho, saleableOnMorpho, type MorphoBluePlan } from './plan.ts';

const ID = 'morpho-blue@devnet';

/** A fall of prices of about 10 % takes no position with a higher health factor over the line. */
const NEAR_HEALTH = 1.12;

/** Morpho Blue: isolated markets, all of a debt at once, bad debt taken off the lenders. */
export const morphoBlue: DevnetVenue<MorphoBlueContracts, MorphoBluePlan> = {
  id: ID,
  deploy: (site, base) => deployMorphoBlue(site, base),
  plan: planMorpho,
  saleableUsd: saleableOnMorpho,
  open: openOnMorpho,
  deployment: ({ morpho, irm }) => ({
    ...{ adapter: 'morpho-blue', id: ID, version: '1.0', morpho, utilizationIrm: irm },
  }),
  async borrowers(devnet) {
    return ownersOf(await readAll(devnet, devnet.owners), ({ borrowShares }) => borrowShares > 0n);
  },
  async due(devnet, owners) {
    const due = (await readAll(devnet, owners)).filter(isMorphoPositionDue);
    return due.map(({ owner, state }) => ({ venue: ID, owner, market: state.market.id }));
  },
  async near(devnet, owners) {
    const positions = await readAll(devnet, owners);
    return ownersOf(positions, (position) => healthOfMorphoPosition(position) < NEAR_HEALTH);
  },
  claims: morphoClaims,
  readDone: async (devnet, _claim, done) => readMorphoLiquidations(devnet, done),
  // Its stored totals are what views answer with.
  follow: async (devnet) => accrueInterest(devnet),
  losses: async (devnet, prices) => ({ badDebtUsd: await writtenOffUsd(devnet, prices), fundsUsd: {} }),
  openAccounts,
  termsCalls: noTermsCalls(
    'the LLTV is part of what a market is, and never changes; other terms need another market, to which lenders and borrowers move',
  ),
  act: actOnMorpho,
};

async function openAccounts(devnet: VenueScene, prices: PricesUsd): Promise<OpenAccount[]> {
  const positions = await readAll(devnet, devnet.owners);
  const open = positions.filter(({ borrowShares, collateral }) => borrowShares > 0n && collateral > 0n);
  return open.map(({ owner, state, borrowShares, collateral }): OpenAccount => {
    const { id, collateral: held, loan } = state.market;
    const debtUsd = usdOfUnits(loan, toAssetsUp(borrowShares, state), prices.get(loan));
    const equityUsd = usdOfUnits(held, collateral, prices.get(held)) - debtUsd;
    return { owner, market: id, debtUsd, equityUsd };
  });
}

async function readAll(devnet: VenueScene, owners: readonly Hex[]): Promise<MorphoPosition[]> {
  const positions: MorphoPosition[] = [];
  for (const state of await readMorphoMarkets(devnet)) {
    positions.push(...(await readMorphoPositions(devnet, state, owners)));
  }
  return positions;
}

function ownersOf(
  positions: readonly MorphoPosition[],
  has: (position: MorphoPosition) => boolean,
): readonly Hex[] {
  return [...new Set(positions.filter(has).map(({ owner }) => owner))];
}
