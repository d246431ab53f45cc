import {
  fundRow,
  legOfRole,
  readTable,
  valueAccount,
  type AccountRow,
  type AssetRow,
  type BookInstrument,
  type FundRow,
} from '@undertow/book';
import { assert } from '@undertow/units';
import type { Claim, Effect, Kernel, Offer, Refusal } from '../kernel.ts';
import type { View } from '../state.ts';

/**
 * Venues where a written option that is backed by too little is bought back whole from the venue's liquidity pool, at a price
 * with a penalty on volatility and with fees. The collateral pays, in this order: the least penalty, the price, a share of what
 * is left as penalty (to the liquidator, the protocol's reserve and the pool); the rest goes back to the owner. What is missing
 * the pool bears. Collateral in the underlying is exchanged at the oracle's price and moves no market; only the liquidator sells
 * its part.
 *
 * Source: Lyra Avalon `OptionMarket.liquidatePosition`, `OptionToken.getLiquidationFees`,
 * `ShortCollateral.routeLiquidationFunds`; exact integers in libs/market, `closingCost` and `optionLiquidation`.
 */
export const buyBack: Kernel = {
  claims: (view, due) =>
    due.map((account): Claim => {
      const { healthFactor } = valueAccount(view, account);
      return { accounts: [account], healthFactor, phase: 0, offers: (now) => offersOf(now, account) };
    }),
};

function offersOf(view: View, account: AccountRow): readonly Offer[] | Refusal {
  const { book, amount, oraclePriceUsd } = view;
  const { legs, oracles } = book;
  const collateralLeg = legOfRole(book, account, 'collateral');
  const optionLeg = legOfRole(book, account, 'option');
  assert(
    collateralLeg !== undefined && optionLeg !== undefined,
    'an option account has collateral and the option',
  );
  if (amount[optionLeg]! <= 0) return 'no-collateral';
  const instrument = book.instruments[legs.instrument[optionLeg]!];
  assert(instrument, 'the leg of an option names its series');
  const { asset } = oracles[legs.oracle[collateralLeg]!]!;
  const unitUsd = oraclePriceUsd[legs.oracle[collateralLeg]!]!;
  const isUnderlying = asset === oracles[instrument.underlying]!.asset;
  const split = splitCollateral(instrument, {
    collateralUsd: amount[collateralLeg]! * unitUsd,
    costUsd: closingCostUsd(view, instrument, { contracts: amount[optionLeg]!, isUnderlying }),
  });
  const units = (usd: number) => usd / unitUsd;
  const toLiquidator = units(split.toLiquidatorUsd);
  const effects: Effect[] = [
    { kind: 'leg', leg: optionLeg, delta: -amount[optionLeg]! },
    { kind: 'leg', leg: collateralLeg, delta: -units(split.takenUsd) },
    { kind: 'lot', asset, holder: 'protocol', amount: units(split.takenUsd) - toLiquidator },
  ];
  if (split.missingUsd > 0)
    effects.push(...borne(poolOf(view, account), { missingUsd: split.missingUsd, asset, unitUsd }));
  return [
    {
      mostPart: 0,
      flows: [{ asset, amount: toLiquidator }],
      soldByOthers: [],
      at: () => [{ account, repaidUsd: 0, seizedUsd: split.takenUsd, effects }],
    },
  ];
}

/** The liquidity pool of a venue; without a row nobody knows what it is worth. */
interface Pool {
  readonly row: FundRow | undefined;
  readonly unitUsd: number;
  readonly leftUsd: number;
}

function poolOf({ book, fundAmount, oraclePriceUsd }: View, account: AccountRow): Pool {
  const row = fundRow(book, account, { kind: 'lending-pool' });
  if (row === undefined) return { row, unitUsd: 1, leftUsd: 0 };
  const unitUsd = oraclePriceUsd[book.funds[row]!.oracle]!;
  return { row, unitUsd, leftUsd: Math.max(0, fundAmount[row]!) * unitUsd };
}

/** The pool bears what is missing: it is worth so much less, and nothing is paid. What it cannot bear others do. */
function borne(
  pool: Pool,
  loss: { readonly missingUsd: number; readonly asset: AssetRow; readonly unitUsd: number },
): Effect[] {
  const { missingUsd, asset, unitUsd } = loss;
  const byPoolUsd = Math.min(missingUsd, pool.leftUsd);
  const byOthersUsd = missingUsd - byPoolUsd;
  const effects: Effect[] = [];
  if (pool.row !== undefined && byPoolUsd > 0) {
    effects.push({ kind: 'fund', fund: pool.row, amount: -byPoolUsd / pool.unitUsd });
    effects.push({ kind: 'badDebt', asset, amount: byPoolUsd / unitUsd, borneBy: 'fund', fund: pool.row });
  }
  if (byOthersUsd > 0)
    effects.push({ kind: 'badDebt', asset, amount: byOthersUsd / unitUsd, borneBy: 'others' });
  return effects;
}

/** What the venue charges for closing; in the underlying, the fee for exchanging it comes on top. */
function closingCostUsd(
  { oraclePriceUsd, volatilityFactor }: View,
  instrument: BookInstrument,
  { contracts, isUnderlying }: { readonly contracts: number; readonly isUnderlying: boolean },
): number {
  const spotUsd = oraclePriceUsd[instrument.underlying]!;
  const perContract = readTable(instrument, instrument.closingUsd, { spotUsd, volatilityFactor });
  return (contracts * perContract) / (isUnderlying ? 1 - instrument.penalty.exchangeFee : 1);
}

/** `OptionToken.getLiquidationFees`, in USD. */
function splitCollateral(
  { penalty }: BookInstrument,
  { collateralUsd, costUsd }: { readonly collateralUsd: number; readonly costUsd: number },
) {
  const { share, leastUsd, liquidatorShare } = penalty;
  const restUsd = collateralUsd - costUsd;
  if (restUsd >= leastUsd) {
    const penaltyUsd = Math.max(restUsd * share, leastUsd);
    const takenUsd = costUsd + penaltyUsd;
    return { takenUsd, toLiquidatorUsd: penaltyUsd * liquidatorShare, missingUsd: 0 };
  }
  const coversFee = collateralUsd >= leastUsd;
  return {
    takenUsd: collateralUsd,
    toLiquidatorUsd: (coversFee ? leastUsd : collateralUsd) * liquidatorShare,
    missingUsd: coversFee ? costUsd + leastUsd - collateralUsd : costUsd,
  };
}
