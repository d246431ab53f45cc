import { parseEventLogs, type Hex, type Log } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import type { Devnet } from '../../devnet.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type {
  DueAccount,
  Inventory,
  LiquidationDone,
  LiquidationOutcome,
  PricesUsd,
} from '../devnet-venue.ts';
import {
  isPositionDue,
  largestPosition,
  perpContracts,
  readPerpAccounts,
  type PerpAccount,
} from './accounts.ts';
import { readPerpPrices, tradeTowards } from './arbitrage.ts';
import { TRADE_GAS } from './trade.ts';

/** A trade without a price limit of its own: as far as one trade may go. */
const [UP, DOWN] = [1e6, 1e-6];

/**
 * Liquidates each account once: first the position of the largest value, where the margin is short, then, where the
 * venue says so, collateral other than cash. At the end the liquidator closes what it took over, netted per market, in
 * the venue's own pools.
 */
export async function liquidatePerp(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  // Sorted, so that it does not depend on the order of the owners for whom a fund that runs dry still pays.
  const owners = due.map(({ owner }) => owner).sort();
  const done = new Map<Hex, LiquidationDone>();
  const add = (one: LiquidationDone) => done.set(one.owner, merge(done.get(one.owner), one));
  const accounts = await readPerpAccounts(devnet, owners);
  for (const receipt of await liquidatePositions(devnet, accounts)) {
    for (const one of readPositionLiquidations(devnet, receipt)) add(one);
  }
  for (const receipt of await liquidateCollateral(devnet, owners)) {
    for (const one of readCollateralLiquidations(devnet, receipt, prices)) add(one);
  }
  await closeTaken(devnet);
  return { done: [...done.values()], failed: owners.filter((owner) => !done.has(owner)).length };
}

/** Trades that close what the liquidator has taken over, as far as one trade may go; none when it has nothing. */
export async function closingTrades(devnet: Devnet): Promise<Transaction[]> {
  const from = devnet.actors.liquidator;
  const [account] = await readPerpAccounts(devnet, [from]);
  const { markets } = devnet.contracts.venues.perpV2;
  const prices = await readPerpPrices(devnet, markets);
  return (account?.positions ?? []).map(({ market, size }) => {
    const price = prices[markets.indexOf(market)] as number;
    const target = price * (size > 0n ? DOWN : UP);
    const amount = size > 0n ? size : -size;
    return tradeTowards(devnet, devnet.contracts.venues.perpV2, market, {
      price,
      target,
      from,
      size: amount,
    });
  });
}

async function closeTaken(devnet: Devnet): Promise<void> {
  const trades = await closingTrades(devnet);
  if (trades.length > 0) await devnet.chain.send(trades, { mayFail: true });
}

async function liquidatePositions(devnet: Devnet, accounts: readonly PerpAccount[]): Promise<Receipt[]> {
  const { clearingHouse } = perpContracts(devnet);
  const calls = accounts.filter(isPositionDue).map((account): Transaction => {
    const market = largestPosition(account)?.market;
    const data = encodeCall(clearingHouse.abi, 'liquidate', [account.owner, market?.baseToken]);
    return { from: devnet.actors.liquidator, to: clearingHouse.address, data, gas: TRADE_GAS };
  });
  return calls.length > 0 ? devnet.chain.send(calls, { mayFail: true }) : [];
}

/** A liquidator asks for this part less than the limit; a second of funding lowers it by about a tenth of that. */
const ALLOWANCE = 100_000n;

/** As much of the collateral as one call may sell. */
async function liquidateCollateral(devnet: Devnet, owners: readonly Hex[]): Promise<Receipt[]> {
  const { perp, vault } = perpContracts(devnet);
  const accounts = (await readPerpAccounts(devnet, owners)).filter((account) => account.isCollateralDue);
  const token = perp.collaterals[0]?.token;
  const held = await devnet.chain.readMany<bigint>(
    accounts.map(({ owner }) => ({
      ...{ contract: vault, functionName: 'getBalanceByToken', args: [owner, token] },
    })),
  );
  const limits = await devnet.chain.readMany<readonly [bigint, bigint]>(
    accounts.map(({ owner }) => ({
      ...{ contract: vault, functionName: 'getMaxRepaidSettlementAndLiquidatableCollateral' },
      args: [owner, token],
    })),
  );
  const calls = accounts.flatMap(({ owner, positions }, index): Transaction[] => {
    const limit = limits[index]?.[1] ?? 0n;
    // Funding may lower a limit that debt sets until the call is made; what is left over would hold up bad debt.
    const isAll = limit === held[index];
    const most = positions.length > 0 && !isAll ? limit - limit / ALLOWANCE : limit;
    if (most === 0n) return [];
    const data = encodeCall(vault.abi, 'liquidateCollateral', [owner, token, most, false]);
    return [{ from: devnet.actors.liquidator, to: vault.address, data, gas: TRADE_GAS }];
  });
  return calls.length > 0 ? devnet.chain.send(calls, { mayFail: true }) : [];
}

const ID = 'perp-v2@devnet';
const NOTHING = { venue: ID, market: '', repaidUsd: 0, protocolFeeUsd: 0 } as const;

function readPositionLiquidations(devnet: Devnet, { logs }: Receipt): LiquidationDone[] {
  const { abi } = devnet.artifacts.PerpClearingHouse;
  const found = parseEventLogs({ abi, logs: logs as Log[], eventName: 'PositionLiquidated' });
  return found.map(({ args }) => {
    const { trader, positionNotional } = args as unknown as { trader: Hex; positionNotional: bigint };
    const owner = trader.toLowerCase() as Hex;
    return { ...NOTHING, owner, seizedUsd: Number(positionNotional) / 1e18, inventory: new Map() };
  });
}

interface CollateralLiquidated {
  readonly trader: Hex;
  readonly collateral: bigint;
  readonly repaidSettlementWithoutInsuranceFundFeeX10_S: bigint;
  readonly insuranceFundFeeX10_S: bigint;
}

function readCollateralLiquidations(devnet: Devnet, { logs }: Receipt, prices: PricesUsd): LiquidationDone[] {
  const { abi } = devnet.artifacts.PerpVault;
  const found = parseEventLogs({ abi, logs: logs as Log[], eventName: 'CollateralLiquidated' });
  return found.map(({ args }) => {
    const said = args as unknown as CollateralLiquidated;
    const paid = said.repaidSettlementWithoutInsuranceFundFeeX10_S + said.insuranceFundFeeX10_S;
    const inventory: Inventory = new Map([
      ['WETH', said.collateral],
      ['USDC', -paid],
    ]);
    return {
      ...{ ...NOTHING, owner: said.trader.toLowerCase() as Hex, inventory },
      seizedUsd: usdOfUnits('WETH', said.collateral, prices.get('WETH')),
      repaidUsd: usdOfUnits('USDC', paid),
    };
  });
}

/** What happened to one account in one round is one liquidation. */
function merge(before: LiquidationDone | undefined, one: LiquidationDone): LiquidationDone {
  if (!before) return one;
  const inventory = new Map(before.inventory);
  for (const [symbol, amount] of one.inventory) inventory.set(symbol, (inventory.get(symbol) ?? 0n) + amount);
  return {
    ...before,
    seizedUsd: before.seizedUsd + one.seizedUsd,
    repaidUsd: before.repaidUsd + one.repaidUsd,
    inventory,
  };
}
