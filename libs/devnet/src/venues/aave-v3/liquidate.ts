import { parseEventLogs, type Hex, type Log } from 'viem';
import { symbolOfToken } from '../../actions/symbol-of-token.ts';
import { usdOfUnits } from '../../deploy/listing.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Devnet } from '../../devnet.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall, type Contract } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import { aavePool } from './accounts.ts';

/** Liquidates each account once. */
export async function liquidateAave(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  const receipts = await devnet.chain.send(await liquidationCalls(devnet, due, prices), { mayFail: true });
  const succeeded = receipts.filter(({ status }) => status === '0x1');
  return {
    done: succeeded.flatMap((receipt) => readLiquidations(devnet, receipt, prices)),
    failed: due.length - succeeded.length,
  };
}

/**
 * The call that a rational liquidator makes against each account: the largest debt against the largest collateral in
 * use, by value at oracle prices, as much as the protocol allows.
 */
async function liquidationCalls(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<Transaction[]> {
  const assets = Object.values(devnet.contracts.assets);
  const contract: Contract = {
    address: devnet.contracts.venues.aaveV3.dataProvider,
    abi: devnet.artifacts.AaveProtocolDataProvider.abi,
  };
  const rows = await devnet.chain.readMany<readonly (bigint | boolean)[]>(
    due.flatMap(({ owner }) =>
      assets.map(({ token }) => ({ contract, functionName: 'getUserReserveData', args: [token, owner] })),
    ),
  );
  const pool = aavePool(devnet);
  return due.flatMap(({ owner }, index) => {
    const legs = assets.map(({ symbol, token, decimals }, position) => {
      const row = rows[index * assets.length + position] ?? [];
      const unitUsd = (prices.get(symbol) ?? 0) / 10 ** decimals;
      const [supplied = 0n, stableDebt = 0n, variableDebt = 0n] = row as readonly bigint[];
      const collateralUsd = row[8] === true ? Number(supplied) * unitUsd : 0;
      return { token, collateralUsd, debtUsd: Number(stableDebt + variableDebt) * unitUsd };
    });
    const collateral = largest(legs, ({ collateralUsd }) => collateralUsd);
    const debt = largest(legs, ({ debtUsd }) => debtUsd);
    if (!collateral || !debt) return [];
    const data = encodeCall(pool.abi, 'liquidationCall', [
      collateral.token,
      debt.token,
      owner,
      MAX_UINT256,
      false,
    ]);
    return [{ from: devnet.actors.liquidator, to: pool.address, data, gas: 3_000_000n }];
  });
}

interface LiquidationCall {
  readonly collateralAsset: Hex;
  readonly debtAsset: Hex;
  readonly user: Hex;
  readonly debtToCover: bigint;
  readonly liquidatedCollateralAmount: bigint;
}

function readLiquidations(devnet: Devnet, receipt: Receipt, prices: PricesUsd): LiquidationDone[] {
  const logs = receipt.logs as unknown as Log[];
  const { abi } = devnet.artifacts.Pool;
  return parseEventLogs({ abi, logs, eventName: 'LiquidationCall' }).map(({ args }) => {
    const call = args as unknown as LiquidationCall;
    const collateral = symbolOfToken(devnet, call.collateralAsset);
    const debt = symbolOfToken(devnet, call.debtAsset);
    const fee = treasuryShare(devnet, logs, call.user);
    const received = call.liquidatedCollateralAmount;
    const inventory = new Map([[collateral, received]]);
    inventory.set(debt, (inventory.get(debt) ?? 0n) - call.debtToCover);
    return {
      ...{ venue: 'aave-v3@devnet', owner: call.user.toLowerCase() as Hex, market: '' },
      seizedUsd: usdOfUnits(collateral, received + fee, prices.get(collateral) ?? 0),
      repaidUsd: usdOfUnits(debt, call.debtToCover, prices.get(debt) ?? 0),
      protocolFeeUsd: usdOfUnits(collateral, fee, prices.get(collateral) ?? 0),
      inventory,
    };
  });
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

/** The first of the largest; `undefined` when all are nothing. */
function largest<Leg>(legs: readonly Leg[], valueOf: (leg: Leg) => number): Leg | undefined {
  let best: Leg | undefined;
  for (const leg of legs) if (valueOf(leg) > (best ? valueOf(best) : 0)) best = leg;
  return best;
}
