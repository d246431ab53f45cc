import { parseEventLogs, type Hex, type Log } from 'viem';
import { SYMBOLS, usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import type { Devnet } from '../../devnet.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import { comptroller, marketOf, readVenusAccounts, VENUS_CORE_ID, type VenusLeg } from './accounts.ts';
import { CLOSE_FACTOR, wad } from './markets.ts';

const WAD = 10n ** 18n;

/** Liquidates each account once, and redeems what the liquidator got: tokens of markets. */
export async function liquidateVenusCore(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  const calls = await liquidationCalls(devnet, due, prices);
  const receipts = await devnet.chain.send(calls, { mayFail: true });
  const rates = await readRates(devnet);
  const done = receipts.flatMap((receipt) => readLiquidation(devnet, receipt, { prices, rates }));
  await devnet.chain.send(await redemptions(devnet));
  return { done, failed: due.length - done.length };
}

/**
 * The call that a rational liquidator makes against each account: the largest debt against the largest supply, by value
 * at oracle prices, as much as the close factor allows, or as pays for all of the supply.
 */
async function liquidationCalls(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<Transaction[]> {
  const owners = due.map(({ owner }) => owner);
  const usdOf = (symbol: AssetSymbol, amount: bigint) => usdOfUnits(symbol, amount, prices.get(symbol));
  const chosen = (await readVenusAccounts(devnet, owners)).flatMap(({ owner, legs }) => {
    const supply = largest(legs, ({ symbol, supplied }) => usdOf(symbol, supplied));
    const owed = largest(legs, ({ symbol, debt }) => usdOf(symbol, debt));
    return supply && owed ? [{ owner, supply, owed, allowed: (owed.debt * wad(CLOSE_FACTOR)) / WAD }] : [];
  });
  const seized = await devnet.chain.readMany<readonly [bigint, bigint]>(
    chosen.map(({ supply, owed, allowed }) => ({
      ...{ contract: comptroller(devnet), functionName: 'liquidateCalculateSeizeTokens' },
      args: [marketOf(devnet, owed.symbol).address, marketOf(devnet, supply.symbol).address, allowed],
    })),
  );
  return chosen.map(({ owner, supply, owed, allowed }, index) => {
    const [, wanted = 0n] = seized[index] ?? [];
    const repaid = wanted <= supply.tokens ? allowed : hairLess((allowed * supply.tokens) / wanted);
    const market = marketOf(devnet, owed.symbol);
    const args = [owner, repaid, marketOf(devnet, supply.symbol).address];
    const data = encodeCall(market.abi, 'liquidateBorrow', args);
    return { from: devnet.actors.liquidator, to: market.address, data, gas: 3_000_000n };
  });
}

/** A call that asks for more tokens than there are reverts. */
const hairLess = (units: bigint) => units - units / 1_000_000_000n - 1n;

interface Liquidated {
  readonly borrower: Hex;
  readonly repayAmount: bigint;
  readonly vTokenCollateral: Hex;
  readonly seizeTokens: bigint;
}

/** From the logs: a call that the comptroller refuses does not revert, and logs no liquidation. */
function readLiquidation(
  devnet: Devnet,
  { logs }: Receipt,
  at: { readonly prices: PricesUsd; readonly rates: ReadonlyMap<AssetSymbol, bigint> },
): LiquidationDone[] {
  const { abi } = devnet.artifacts.VenusToken;
  const symbolOf = (market: Hex) =>
    SYMBOLS.find((symbol) => marketOf(devnet, symbol).address === market.toLowerCase())!;
  return parseEventLogs({ abi, logs: logs as unknown as Log[], eventName: 'LiquidateBorrow' }).map((log) => {
    const { borrower, repayAmount, vTokenCollateral, seizeTokens } = log.args as unknown as Liquidated;
    const [debt, supply] = [symbolOf(log.address), symbolOf(vTokenCollateral)];
    const seized = (seizeTokens * at.rates.get(supply)!) / WAD;
    const inventory = new Map([[supply, seized]]);
    inventory.set(debt, (inventory.get(debt) ?? 0n) - repayAmount);
    return {
      ...{ venue: VENUS_CORE_ID, owner: borrower.toLowerCase() as Hex, market: '', inventory },
      seizedUsd: usdOfUnits(supply, seized, at.prices.get(supply)),
      repaidUsd: usdOfUnits(debt, repayAmount, at.prices.get(debt)),
      protocolFeeUsd: 0,
    };
  });
}

async function readRates(devnet: Devnet): Promise<Map<AssetSymbol, bigint>> {
  const rates = await devnet.chain.readMany<bigint>(
    SYMBOLS.map((symbol) => ({ contract: marketOf(devnet, symbol), functionName: 'exchangeRateStored' })),
  );
  return new Map(SYMBOLS.map((symbol, index) => [symbol, rates[index] ?? 0n]));
}

/** All of the liquidator's market tokens turned into what they stand for. */
async function redemptions(devnet: Devnet): Promise<Transaction[]> {
  const { liquidator } = devnet.actors;
  const balances = await devnet.chain.readMany<bigint>(
    SYMBOLS.map((symbol) => ({
      ...{ contract: marketOf(devnet, symbol), functionName: 'balanceOf', args: [liquidator] },
    })),
  );
  return SYMBOLS.flatMap((symbol, index) => {
    const tokens = balances[index] ?? 0n;
    const { address, abi } = marketOf(devnet, symbol);
    const data = encodeCall(abi, 'redeem', [tokens]);
    return tokens > 0n ? [{ from: liquidator, to: address, data, gas: 1_000_000n }] : [];
  });
}

/** The first of the largest; `undefined` when all are nothing. */
function largest(legs: readonly VenusLeg[], valueOf: (leg: VenusLeg) => number): VenusLeg | undefined {
  let best: VenusLeg | undefined;
  for (const leg of legs) if (valueOf(leg) > (best ? valueOf(best) : 0)) best = leg;
  return best;
}
