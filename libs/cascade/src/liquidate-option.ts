import {
  isLiquidatableExact,
  readTable,
  valueAccount,
  type AccountRow,
  type AssetRow,
  type BookInstrument,
  type FundRow,
  type LegRow,
} from '@undertow/book';
import { assert } from '@undertow/units';
import type { Effect, Liquidation, Rule, View } from './rule.ts';

/**
 * Health factors this near to 1 are decided by exact integers. What a writer must put up comes from a table here, which
 * is within 0.01 % of the underlying's price (see `SeriesGrid`).
 */
const BAND = 3e-3;

/**
 * Rule of venues where a written option that is backed by too little is closed as a whole against the venue's liquidity
 * pool, at a price with a penalty on volatility and with fees. The collateral pays, in this order: the least penalty,
 * the price, a share of what is left as penalty (to the liquidator, the protocol's reserve and the pool); the rest goes
 * back to the owner. What is missing the pool bears. Collateral in the underlying is exchanged at the oracle's price
 * and moves no market; only the liquidator sells its part.
 *
 * Source: Lyra Avalon `OptionMarket.liquidatePosition`, `OptionToken.getLiquidationFees`,
 * `ShortCollateral.routeLiquidationFunds`; exact integers in libs/market, `closingCost` and `optionLiquidation`.
 */
export const liquidateOption: Rule = {
  isDue(view, account) {
    const { healthFactor } = valueAccount(view, account, false);
    if (Math.abs(healthFactor - 1) >= BAND) return healthFactor < 1;
    return isLiquidatableExact(view.book, account, view.exactAnswers ?? presentAnswers(view));
  },
  liquidate: (view, due) => {
    const pool = poolOf(view, due[0]);
    return due.map((account) => liquidate(view, account, pool));
  },
};

/**
 * What feeds would say at the view's prices, rounded to what a feed can say: a written position that was not liquidated
 * is what it was in the book, so its integers are right in later rounds too.
 */
function presentAnswers({ book, oraclePriceUsd }: View): bigint[] {
  return book.oracles.map(({ priceUsd }, row) => {
    const answer = book.exact.answer[row]!;
    const factor = oraclePriceUsd[row]! / priceUsd;
    return factor === 1 ? answer : BigInt(Math.round(Number(answer) * factor));
  });
}

/** The liquidity pool of a venue within one batch; without a row nobody knows what it is worth. */
interface Pool {
  readonly row: FundRow | undefined;
  readonly unitUsd: number;
  /** Changes as the batch goes on. */
  leftUsd: number;
}

function poolOf({ book, fundAmount, oraclePriceUsd }: View, first: AccountRow | undefined): Pool {
  const venue = first === undefined ? undefined : book.accounts.venue[first];
  const row = book.funds.findIndex((fund) => fund.venue === venue && fund.kind === 'lending-pool');
  if (row < 0) return { row: undefined, unitUsd: 1, leftUsd: 0 };
  const unitUsd = oraclePriceUsd[book.funds[row]!.oracle]!;
  return { row: row as FundRow, unitUsd, leftUsd: Math.max(0, fundAmount[row]!) * unitUsd };
}

/** The pool bears what is missing: it is worth so much less, and nothing is paid. What it cannot bear others do. */
function borne(
  pool: Pool,
  {
    missingUsd,
    asset,
    unitUsd,
  }: { readonly missingUsd: number; readonly asset: AssetRow; readonly unitUsd: number },
): Effect[] {
  const byPoolUsd = Math.min(missingUsd, pool.leftUsd);
  const byOthersUsd = missingUsd - byPoolUsd;
  pool.leftUsd -= byPoolUsd;
  const effects: Effect[] = [];
  if (pool.row !== undefined && byPoolUsd > 0) {
    effects.push({ kind: 'fund', fund: pool.row, amount: -byPoolUsd / pool.unitUsd });
    effects.push({ kind: 'badDebt', asset, amount: byPoolUsd / unitUsd, bornBy: 'fund', fund: pool.row });
  }
  if (byOthersUsd > 0)
    effects.push({ kind: 'badDebt', asset, amount: byOthersUsd / unitUsd, bornBy: 'others' });
  return effects;
}

function liquidate(view: View, account: AccountRow, pool: Pool): Liquidation {
  const { book, amount, oraclePriceUsd } = view;
  const { legs, oracles } = book;
  const collateralLeg = book.accounts.legStart[account]! as LegRow;
  const optionLeg = (book.accounts.legStart[account + 1]! - 1) as LegRow;
  const instrument = book.instruments[legs.instrument[optionLeg]!];
  assert(instrument, 'the last leg of an option account is the option');
  const asset = oracles[legs.oracle[collateralLeg]!]!.asset;
  const unitUsd = oraclePriceUsd[legs.oracle[collateralLeg]!]!;
  const isUnderlying = asset === oracles[instrument.underlying]!.asset;
  const split = splitCollateral(instrument, {
    collateralUsd: amount[collateralLeg]! * unitUsd,
    costUsd: closingCostUsd(view, instrument, { contracts: amount[optionLeg]!, isUnderlying }),
  });
  const units = (usd: number) => usd / unitUsd;
  const effects: Effect[] = [
    { kind: 'leg', leg: optionLeg, delta: -amount[optionLeg]! },
    { kind: 'leg', leg: collateralLeg, delta: -units(split.takenUsd) },
    { kind: isUnderlying ? 'sell' : 'keep', asset, amount: units(split.toLiquidatorUsd) },
    { kind: 'keep', asset, amount: units(split.takenUsd - split.toLiquidatorUsd) },
  ];
  if (split.missingUsd > 0) effects.push(...borne(pool, { missingUsd: split.missingUsd, asset, unitUsd }));
  return { account, repaidUsd: 0, seizedUsd: split.takenUsd, effects };
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
