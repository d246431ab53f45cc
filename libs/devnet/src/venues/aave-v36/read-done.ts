import { parseEventLogs, type Hex, type Log } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { Receipt } from '../../evm/chain.ts';
import type { CallDone, LiquidationDone } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { AAVE_V36, tokensAt } from './market.ts';
import { decimalsOf, RESERVES, type ReserveSymbol } from './reserves.ts';
import { withStaked, type ReservePrices } from './staked-token.ts';

/** What a call of the liquidator did, from its logs. */
export async function readAaveV36Liquidations(
  devnet: VenueScene,
  { receipt, prices: basePrices }: CallDone,
): Promise<LiquidationDone[]> {
  const prices = await withStaked(devnet, basePrices);
  return readCalls(devnet, receipt).map((call) => liquidationDone(call, prices));
}

/** What a call did, from its logs. */
interface Liquidated {
  readonly owner: Hex;
  readonly collateral: ReserveSymbol;
  readonly debt: AssetSymbol;
  readonly repaid: bigint;
  readonly received: bigint;
  readonly fee: bigint;
}

function readCalls(devnet: VenueScene, { logs: wire }: Receipt): Liquidated[] {
  const logs = wire as unknown as Log[];
  const tokens = tokensAt(devnet);
  const symbolOf = (address: Hex) =>
    RESERVES.find(({ symbol }) => tokens[symbol].token === address.toLowerCase())!.symbol;
  return parseEventLogs({ abi: AAVE_V36.pool(devnet).abi, logs, eventName: 'LiquidationCall' }).map(
    ({ args }) => {
      const { collateralAsset, debtAsset, user, debtToCover, liquidatedCollateralAmount } =
        args as unknown as Record<'collateralAsset' | 'debtAsset' | 'user', Hex> &
          Record<'debtToCover' | 'liquidatedCollateralAmount', bigint>;
      return {
        owner: user.toLowerCase() as Hex,
        collateral: symbolOf(collateralAsset),
        // Staked WETH cannot be borrowed.
        debt: symbolOf(debtAsset) as AssetSymbol,
        repaid: debtToCover,
        received: liquidatedCollateralAmount,
        fee: treasuryShare(devnet, logs, user),
      };
    },
  );
}

function liquidationDone(call: Liquidated, prices: ReservePrices): LiquidationDone {
  const { owner, collateral, debt, repaid, received, fee } = call;
  return {
    ...{ venue: 'aave-v3.6@devnet', owner, market: '' },
    seizedUsd: valueUsd(collateral, received + fee, prices),
    repaidUsd: valueUsd(debt, repaid, prices),
    protocolFeeUsd: valueUsd(collateral, fee, prices),
  };
}

/** aTokens that went from the owner to the treasury: the event of the liquidation does not say. */
function treasuryShare({ artifacts, actors }: VenueScene, logs: Log[], user: Hex): bigint {
  let total = 0n;
  const { abi } = artifacts.Aave36AToken;
  for (const { args } of parseEventLogs({ abi, logs, eventName: 'Transfer' })) {
    const { from, to, value } = args as unknown as { from: Hex; to: Hex; value: bigint };
    const isFee = to.toLowerCase() === actors.deployer.toLowerCase();
    if (isFee && from.toLowerCase() === user.toLowerCase()) total += value;
  }
  return total;
}

export function valueUsd(symbol: ReserveSymbol, amount: bigint, prices: ReservePrices): number {
  return (Number(amount) / 10 ** decimalsOf(symbol)) * (prices.get(symbol) ?? 0);
}
