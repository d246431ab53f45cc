import { divWad, divWadRound, mulWad } from './decimal.ts';
import type { OptionType } from './position.ts';
import type { PenaltyTerms } from './terms.ts';

export interface OptionLiquidationOf {
  readonly type: OptionType;
  /** Raw units of what backs the position (18 decimals). */
  readonly collateral: bigint;
  /** What closing it costs, quote, wad. */
  readonly costWad: bigint;
  readonly spotWad: bigint;
  readonly penalty: PenaltyTerms;
  /** Fee for turning base into quote, wad. */
  readonly exchangeFeeWad: bigint;
}

/** Where the collateral of a liquidated position goes, raw units of it. The first five add up to all of it. */
export interface OptionLiquidation {
  readonly toOwner: bigint;
  /** The price, as far as the collateral covers it. */
  readonly toPoolAsPrice: bigint;
  readonly toPoolAsFee: bigint;
  readonly toLiquidator: bigint;
  readonly toSecurityModule: bigint;
  /** What the pool did not get, quote, wad. */
  readonly insolvent: bigint;
}

/**
 * How the collateral of a liquidated position is split: first the least penalty, then the price, then the penalty's
 * share of the rest, the remainder back to the owner. Where it does not cover price and least penalty the position is
 * insolvent, which the pool bears. A cost in quote is turned into base with the exchange's fee on top.
 * Source: `OptionToken.liquidate`, `getLiquidationFees`, `SynthetixAdapter.estimateExchangeToExactQuote`.
 */
export function optionLiquidation(of: OptionLiquidationOf): OptionLiquidation {
  const { collateral, spotWad, penalty } = of;
  const inBase = of.type === 'short-call-base';
  const cost = inBase ? divWadRound(divWadRound(of.costWad, WAD - of.exchangeFeeWad), spotWad) : of.costWad;
  const leastFee = inBase ? divWad(penalty.leastFeeWad, spotWad) : penalty.leastFeeWad;
  const multiplierWad = inBase ? spotWad : WAD;
  const { toOwner, taken, insolvent } = split({ cost, leastFee, collateral, penaltyWad: penalty.penaltyWad });
  const toSecurityModule = mulWad(taken, penalty.securityShareWad);
  const toLiquidator = mulWad(taken, penalty.liquidatorShareWad);
  return {
    ...{ toOwner, toLiquidator, toSecurityModule },
    toPoolAsFee: taken - toSecurityModule - toLiquidator,
    toPoolAsPrice: collateral - taken - toOwner,
    insolvent: mulWad(insolvent, multiplierWad),
  };
}

interface SplitOf {
  readonly cost: bigint;
  readonly leastFee: bigint;
  readonly collateral: bigint;
  readonly penaltyWad: bigint;
}

/** The owner's part, the penalty, and what is missing, all in units of the collateral. */
function split({ cost, leastFee, collateral, penaltyWad }: SplitOf) {
  const owed = cost + leastFee;
  if (collateral >= owed) {
    const rest = collateral - cost;
    const share = mulWad(rest, penaltyWad);
    const taken = share < leastFee ? leastFee : share;
    return { toOwner: rest - taken, taken, insolvent: 0n };
  }
  const coversFee = collateral >= leastFee;
  return {
    toOwner: 0n,
    taken: coversFee ? leastFee : collateral,
    insolvent: coversFee ? owed - collateral : cost,
  };
}

const WAD = 10n ** 18n;
