import type { FindTermsCalls } from '../../terms/terms-change.ts';
import { aaveTermsCalls, type AaveAdmin } from '../aave-v3/change-terms.ts';
import { AAVE_V36 } from './market.ts';

const AAVE_V36_ADMIN: AaveAdmin = {
  market: AAVE_V36,
  configurator: ({ contracts, artifacts }) => ({
    ...{ address: contracts.venues.aaveV36.poolConfigurator, abi: artifacts.Aave36PoolConfigurator.abi },
  }),
  hasPriceSources: false,
};

export const aaveV36TermsCalls: FindTermsCalls = (devnet, changes) =>
  aaveTermsCalls(devnet, AAVE_V36_ADMIN, changes);
