import { parseEventLogs, type Hex, type Log } from 'viem';
import { toUsd } from '../../actions/post-prices.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Devnet } from '../../devnet.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import { AAVE_V36, tokensAt } from './market.ts';
import { decimalsOf, RESERVES, type ReserveSymbol } from './reserves.ts';
import { readStakedAnswer, redeemStaked } from './staked-token.ts';

/** Prices of everything listed, the staked token included, USD. */
export type ReservePrices = ReadonlyMap<ReserveSymbol, number>;

export async function withStaked(devnet: Devnet, prices: PricesUsd): Promise<ReservePrices> {
  return new Map<ReserveSymbol, number>([...prices, ['stWETH', toUsd(await readStakedAnswer(devnet))]]);
}

/** Liquidates each account once, and turns the staked WETH that this brings into WETH. */
export async function liquidateAaveV36(
  devnet: Devnet,
  due: readonly DueAccount[],
  basePrices: PricesUsd,
): Promise<LiquidationOutcome> {
  const prices = await withStaked(devnet, basePrices);
  const receipts = await devnet.chain.send(await liquidationCalls(devnet, due, prices), { mayFail: true });
  const calls = receipts.flatMap((receipt) => readCalls(devnet, receipt));
  const redeemed = await redeemStaked(
    devnet,
    calls.map(({ collateral, received }) => (collateral === 'stWETH' ? received : 0n)),
  );
  return {
    done: calls.map((call, index) => liquidationDone(call, prices, redeemed[index] ?? 0n)),
    failed: due.length - calls.length,
  };
}

/**
 * The call that a rational liquidator makes against each account: the largest debt against the largest collateral in
 * use, by value at oracle prices, as much as the protocol's own helper says is allowed without leaving dust.
 */
async function liquidationCalls(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: ReservePrices,
): Promise<Transaction[]> {
  const pairs = await largestPairs(devnet, due, prices);
  const contract = {
    address: devnet.contracts.venues.aaveV36.liquidationDataProvider,
    abi: devnet.artifacts.Aave36LiquidationDataProvider.abi,
  };
  const infos = await devnet.chain.readMany<LiquidationInfo>(
    pairs.map(({ owner, collateral, debt }) => ({
      ...{ contract, functionName: 'getLiquidationInfo', args: [owner, collateral, debt] },
    })),
  );
  const pool = AAVE_V36.pool(devnet);
  return pairs.map(({ owner, collateral, debt }, index) => {
    const amount = amountToPass(infos[index]);
    const data = encodeCall(pool.abi, 'liquidationCall', [collateral, debt, owner, amount, false]);
    return { from: devnet.actors.liquidator, to: pool.address, data, gas: 4_000_000n };
  });
}

/** Part of what `LiquidationDataProvider.getLiquidationInfo` answers. */
interface LiquidationInfo {
  readonly collateralInfo: { readonly collateralBalance: bigint };
  readonly debtInfo: { readonly debtBalance: bigint };
  readonly maxCollateralToLiquidate: bigint;
  readonly liquidationProtocolFee: bigint;
  readonly amountToPassToLiquidationCall: bigint;
}

/**
 * What to offer. The helper asks for "all" when the liquidator gets the whole collateral, but forgets the protocol's fee,
 * without which it never does: the exact amount then leaves a few raw units, which is dust, and reverts. Of a part it may
 * say one raw unit too many, by rounding: what is left is then a hair below the dust limit, and reverts too.
 */
function amountToPass(info: LiquidationInfo | undefined): bigint {
  if (info === undefined) return 0n;
  const taken = info.maxCollateralToLiquidate + info.liquidationProtocolFee;
  if (taken >= info.collateralInfo.collateralBalance) return MAX_UINT256;
  const amount = info.amountToPassToLiquidationCall;
  return amount > 0n && amount < info.debtInfo.debtBalance ? amount - 1n : amount;
}

interface Pair {
  readonly owner: Hex;
  readonly collateral: Hex;
  readonly debt: Hex;
}

async function largestPairs(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: ReservePrices,
): Promise<Pair[]> {
  const tokens = tokensAt(devnet);
  const contract = AAVE_V36.dataProvider(devnet);
  const rows = await devnet.chain.readMany<readonly (bigint | boolean)[]>(
    due.flatMap(({ owner }) =>
      RESERVES.map(({ symbol }) => ({
        ...{ contract, functionName: 'getUserReserveData', args: [tokens[symbol].token, owner] },
      })),
    ),
  );
  return due.flatMap(({ owner }, index) => {
    const legs = RESERVES.map(({ symbol }, position) => {
      const row = rows[index * RESERVES.length + position] ?? [];
      const [supplied = 0n, , variableDebt = 0n] = row as readonly bigint[];
      const isUsed = row[8] === true;
      return {
        token: tokens[symbol].token,
        collateralUsd: isUsed ? valueUsd(symbol, supplied, prices) : 0,
        debtUsd: valueUsd(symbol, variableDebt, prices),
      };
    });
    const collateral = largest(legs, (leg) => leg.collateralUsd)?.token;
    const debt = largest(legs, (leg) => leg.debtUsd)?.token;
    return collateral && debt ? [{ owner, collateral, debt }] : [];
  });
}

/** What a call did, from its logs. */
interface CallDone {
  readonly owner: Hex;
  readonly collateral: ReserveSymbol;
  readonly debt: AssetSymbol;
  readonly repaid: bigint;
  readonly received: bigint;
  readonly fee: bigint;
}

function readCalls(devnet: Devnet, { status, logs: wire }: Receipt): CallDone[] {
  if (status !== '0x1') return [];
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

function liquidationDone(call: CallDone, prices: ReservePrices, redeemed: bigint): LiquidationDone {
  const { owner, collateral, debt, repaid, received, fee } = call;
  const inventory = new Map<AssetSymbol, bigint>([
    collateral === 'stWETH' ? ['WETH', redeemed] : [collateral, received],
  ]);
  inventory.set(debt, (inventory.get(debt) ?? 0n) - repaid);
  return {
    ...{ venue: 'aave-v3.6@devnet', owner, market: '' },
    seizedUsd: valueUsd(collateral, received + fee, prices),
    repaidUsd: valueUsd(debt, repaid, prices),
    protocolFeeUsd: valueUsd(collateral, fee, prices),
    inventory,
  };
}

/** aTokens that went from the owner to the treasury: the event of the liquidation does not say. */
function treasuryShare({ artifacts, actors }: Devnet, logs: Log[], user: Hex): bigint {
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

/** The first of the largest; `undefined` when all are nothing. */
function largest<Leg>(legs: readonly Leg[], valueOf: (leg: Leg) => number): Leg | undefined {
  let best: Leg | undefined;
  for (const leg of legs) if (valueOf(leg) > (best ? valueOf(best) : 0)) best = leg;
  return best;
}
