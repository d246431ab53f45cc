import { parseEventLogs, type Hex, type Log } from 'viem';
import { usdOfUnits, type AssetSymbol } from '../../deploy/listing.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Claim, Offer } from '../../liquidator/offer.ts';
import type { CallDone, ClaimsAt, LiquidationDone, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  comptroller,
  DUST_USD,
  healthOf,
  marketOf,
  readVenusAccounts,
  VENUS_CORE_ID,
  type VenusLeg,
} from './accounts.ts';
import { LISTED } from './markets.ts';

const WAD = 10n ** 18n;

/** Every debt of an account against every supply, for as much as the close factor allows, or as pays for all of it. */
export async function venusClaims(devnet: VenueScene, { due, prices, phase }: ClaimsAt): Promise<Claim[]> {
  if (phase === 1) return [];
  const accounts = await readVenusAccounts(
    devnet,
    due.map(({ owner }) => owner),
  );
  const closeFactor = await devnet.chain.read<bigint>(comptroller(devnet), 'closeFactorMantissa');
  const pairs = accounts.map(({ legs }) => pairsOf(legs, { prices, closeFactor }));
  const seized = await devnet.chain.readMany<readonly [bigint, bigint]>(
    pairs.flat().map(({ supply, owed, allowed }) => ({
      ...{ contract: comptroller(devnet), functionName: 'liquidateCalculateSeizeTokens' },
      args: [marketOf(devnet, owed.symbol).address, marketOf(devnet, supply.symbol).address, allowed],
    })),
  );
  let at = 0;
  return due.map((account, index) => {
    const offers = pairs[index]!.map((pair) => offerOf(devnet, account.owner, pair, seized[at++]?.[1] ?? 0n));
    const healthFactor = healthOf(accounts[index]!, prices);
    return { account, accounts: [account], healthFactor, offers };
  });
}

interface Pair {
  readonly supply: VenusLeg;
  readonly owed: VenusLeg;
  readonly allowed: bigint;
}

function pairsOf(
  legs: readonly VenusLeg[],
  { prices, closeFactor }: { readonly prices: PricesUsd; readonly closeFactor: bigint },
): Pair[] {
  const usdOf = (symbol: AssetSymbol, amount: bigint) => usdOfUnits(symbol, amount, prices.get(symbol));
  const byValue = (amountOf: (leg: VenusLeg) => bigint) => {
    const value = (leg: VenusLeg) => usdOf(leg.symbol, amountOf(leg));
    return legs.filter((leg) => value(leg) > DUST_USD).sort((a, b) => value(b) - value(a));
  };
  const supplies = byValue(({ supplied }) => supplied);
  return byValue(({ debt }) => debt).flatMap((owed) => {
    const allowed = (owed.debt * closeFactor) / WAD;
    return supplies.map((supply) => ({ supply, owed, allowed }));
  });
}

function offerOf(devnet: VenueScene, owner: Hex, { supply, owed, allowed }: Pair, wanted: bigint): Offer {
  const whole = wanted <= supply.tokens ? allowed : hairLess((allowed * supply.tokens) / wanted);
  const [market, taken] = [marketOf(devnet, owed.symbol), marketOf(devnet, supply.symbol)];
  const liquidate = encodeCall(market.abi, 'liquidateBorrow', [owner, 0n, taken.address]);
  const redeem = encodeCall(taken.abi, 'redeem', [0n]);
  return {
    calls: [
      { target: market.address, data: liquidate, word: 1 },
      { target: taken.address, data: redeem, word: 0, amountOf: taken.address },
    ],
    goods: [{ symbol: supply.symbol }, { symbol: owed.symbol }],
    whole,
  };
}

/** A call that asks for more tokens than there are reverts. */
const hairLess = (units: bigint) => units - units / 1_000_000_000n - 1n;

interface Liquidated {
  readonly borrower: Hex;
  readonly repayAmount: bigint;
  readonly vTokenCollateral: Hex;
  readonly seizeTokens: bigint;
}

/** What a call of the liquidator did, from its logs. */
export async function readVenusLiquidations(
  devnet: VenueScene,
  { receipt: { logs }, prices }: CallDone,
): Promise<LiquidationDone[]> {
  const rates = await readRates(devnet);
  const { abi } = devnet.artifacts.VenusToken;
  const symbolOf = (market: Hex) =>
    LISTED.find((symbol) => marketOf(devnet, symbol).address === market.toLowerCase())!;
  return parseEventLogs({ abi, logs: logs as unknown as Log[], eventName: 'LiquidateBorrow' }).map((log) => {
    const { borrower, repayAmount, vTokenCollateral, seizeTokens } = log.args as unknown as Liquidated;
    const [debt, supply] = [symbolOf(log.address), symbolOf(vTokenCollateral)];
    const seized = (seizeTokens * rates.get(supply)!) / WAD;
    return {
      ...{ venue: VENUS_CORE_ID, owner: borrower.toLowerCase() as Hex, market: '' },
      seizedUsd: usdOfUnits(supply, seized, prices.get(supply)),
      repaidUsd: usdOfUnits(debt, repayAmount, prices.get(debt)),
      protocolFeeUsd: 0,
    };
  });
}

async function readRates(devnet: VenueScene): Promise<Map<AssetSymbol, bigint>> {
  const rates = await devnet.chain.readMany<bigint>(
    LISTED.map((symbol) => ({ contract: marketOf(devnet, symbol), functionName: 'exchangeRateStored' })),
  );
  return new Map(LISTED.map((symbol, index) => [symbol, rates[index] ?? 0n]));
}
