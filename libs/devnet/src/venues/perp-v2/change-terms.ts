import { refuseChange, storedValue, type FindTermsCalls, type TermsCall } from '../../terms/terms-change.ts';

/** Ratios are stored in millionths. */
const MILLIONTHS = 1_000_000n;

/** The calls of `ClearingHouseConfig`: it has one for the liquidation penalty, and none for margins. */
export const perpTermsCalls: FindTermsCalls = async ({ contracts, artifacts }, changes) =>
  changes.map((change): TermsCall => {
    if (change.kind === 'venue' && change.field === 'maintenanceMargin')
      refuseChange(
        change,
        'margins are set when ClearingHouseConfig is initialised, and it has no call to change them',
      );
    if (change.field !== 'liquidationPenalty') refuseChange(change, `no admin call sets a ${change.field}`);
    return {
      contract: {
        address: contracts.venues.perpV2.clearingHouseConfig,
        abi: artifacts.PerpClearingHouseConfig.abi,
      },
      functionName: 'setLiquidationPenaltyRatio',
      args: [storedValue(change, MILLIONTHS)],
    };
  });
