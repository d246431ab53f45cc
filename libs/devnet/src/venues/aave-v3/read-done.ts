import { parseEventLogs, type Hex, type Log } from 'viem';
import { symbolOfToken } from '../../actions/symbol-of-token.ts';
import { usdOfUnits } from '../../deploy/listing.ts';
import type { CallDone, LiquidationDone } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';

interface LiquidationCall {
  readonly collateralAsset: Hex;
  readonly debtAsset: Hex;
  readonly user: Hex;
  readonly debtToCover: bigint;
  readonly liquidatedCollateralAmount: bigint;
}

export function readAaveLiquidations(devnet: VenueScene, { receipt, prices }: CallDone): LiquidationDone[] {
  const logs = receipt.logs as unknown as Log[];
  const { abi } = devnet.artifacts.Pool;
  return parseEventLogs({ abi, logs, eventName: 'LiquidationCall' }).map(({ args }) => {
    const call = args as unknown as LiquidationCall;
    const collateral = symbolOfToken(devnet, call.collateralAsset);
    const debt = symbolOfToken(devnet, call.debtAsset);
    const fee = treasuryShare(devnet, logs, call.user);
    const received = call.liquidatedCollateralAmount;
    return {
      ...{ venue: 'aave-v3@devnet', owner: call.user.toLowerCase() as Hex, market: '' },
      seizedUsd: usdOfUnits(collateral, received + fee, prices.get(collateral) ?? 0),
      repaidUsd: usdOfUnits(debt, call.debtToCover, prices.get(debt) ?? 0),
      protocolFeeUsd: usdOfUnits(collateral, fee, prices.get(collateral) ?? 0),
    };
  });
}

/** aTokens that went from the owner to the treasury: the event of the liquidation does not say. */
function treasuryShare(devnet: VenueScene, logs: Log[], user: Hex): bigint {
  const { abi } = devnet.artifacts.MintableERC20;
  const transfers = parseEventLogs({ abi, logs, eventName: 'Transfer' });
  let total = 0n;
  for (const { args } of transfers) {
    const { from, to, value } = args as unknown as { from: Hex; to: Hex; value: bigint };
    const toTreasury = to.toLowerCase() === devnet.actors.deployer.toLowerCase();
    if (toTreasury && from.toLowerCase() === user.toLowerCase()) total += value;
  }
  return total;
}
