import { parseEventLogs, type Hex, type Log } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Receipt } from '../evm/chain.ts';
import { aaveLiquidations } from './aave-accounts.ts';
import { AAVE_VENUE } from './due-account.ts';
import { morphoLiquidation } from './morpho-accounts.ts';
import type { Due } from './read-due.ts';

/** What one liquidation did, raw units, read from its logs. */
export interface LiquidationDone {
  readonly collateral: AssetSymbol;
  readonly debt: AssetSymbol;
  readonly repaid: bigint;
  /** What the liquidator received. */
  readonly received: bigint;
  /** What the protocol kept of the collateral on top. */
  readonly protocolFee: bigint;
  /** Debt that the venue wrote off. */
  readonly badDebt: bigint;
}

export interface Liquidated {
  readonly done: readonly LiquidationDone[];
  readonly failed: number;
}

/** Liquidates every account that is due, once, at the present oracle prices (USD). */
export async function liquidateDue(
  devnet: Devnet,
  due: Due,
  prices: ReadonlyMap<AssetSymbol, number>,
): Promise<Liquidated> {
  const onAave = due.accounts.filter(({ venue }) => venue === AAVE_VENUE);
  const transactions = [
    ...(await aaveLiquidations(devnet, onAave, prices)),
    ...due.morpho.map((position) => morphoLiquidation(devnet, position)),
  ];
  const receipts = await devnet.chain.send(transactions, { mayFail: true });
  const succeeded = receipts.filter(({ status }) => status === '0x1');
  return {
    done: succeeded.flatMap((receipt) => readLiquidation(devnet, receipt)),
    failed: due.accounts.length - succeeded.length,
  };
}

interface AaveArgs {
  readonly collateralAsset: Hex;
  readonly debtAsset: Hex;
  readonly user: Hex;
  readonly debtToCover: bigint;
  readonly liquidatedCollateralAmount: bigint;
}

interface MorphoArgs {
  readonly id: Hex;
  readonly repaidAssets: bigint;
  readonly seizedAssets: bigint;
  readonly badDebtAssets: bigint;
}

function readLiquidation(devnet: Devnet, receipt: Receipt): LiquidationDone[] {
  const logs = receipt.logs as unknown as Log[];
  const { Pool, Morpho } = devnet.artifacts;
  const onAave = parseEventLogs({ abi: Pool.abi, logs, eventName: 'LiquidationCall' });
  const onMorpho = parseEventLogs({ abi: Morpho.abi, logs, eventName: 'Liquidate' });
  return [
    ...onAave.map(({ args }) => {
      const { collateralAsset, debtAsset, user, debtToCover, liquidatedCollateralAmount } =
        args as unknown as AaveArgs;
      return {
        collateral: symbolOf(devnet, collateralAsset),
        debt: symbolOf(devnet, debtAsset),
        repaid: debtToCover,
        received: liquidatedCollateralAmount,
        protocolFee: treasuryShare(devnet, logs, user),
        badDebt: 0n,
      };
    }),
    ...onMorpho.map(({ args }) => {
      const { id, repaidAssets, seizedAssets, badDebtAssets } = args as unknown as MorphoArgs;
      const market = devnet.contracts.morpho.markets.find((candidate) => candidate.id === id);
      if (!market) throw new Error(`bug: Morpho liquidated in an unknown market ${id}`);
      const { collateral, loan: debt } = market;
      return {
        collateral,
        debt,
        repaid: repaidAssets,
        received: seizedAssets,
        protocolFee: 0n,
        badDebt: badDebtAssets,
      };
    }),
  ];
}

/** aTokens that went from the owner to the treasury: the event of the liquidation does not say. */
function treasuryShare(devnet: Devnet, logs: Log[], user: Hex): bigint {
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

function symbolOf(devnet: Devnet, token: Hex): AssetSymbol {
  const asset = Object.values(devnet.contracts.assets).find(
    (candidate) => candidate.token === token.toLowerCase(),
  );
  if (!asset) throw new Error(`bug: ${token} is not a token of the local chain`);
  return asset.symbol;
}
