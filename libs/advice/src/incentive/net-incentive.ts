import type { AssetRow, Book } from '@undertow/book';
import { openTrades, type Traded } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';

/** A way to liquidate: what is repaid and taken, and who has a part of the bonus. */
export interface Incentive {
  readonly collateral: AssetRow;
  readonly debt: AssetRow;
  /** 0.05 = 5 %. */
  readonly bonus: number;
  /** Share of the bonus that the protocol keeps. */
  readonly protocolFee: number;
  /** Share of what is left of the bonus that is bid for the right to act, where an auction sells oracle updates; 0 = none. */
  readonly auctionShare: number;
  /** What a call costs, USD. */
  readonly gasUsd: number;
}

/** What a call of a size brings a liquidator, USD. The net is the bonus less all the rest, exactly. */
export interface NetIncentive {
  readonly repaidUsd: number;
  readonly bonusUsd: number;
  readonly protocolFeeUsd: number;
  readonly auctionUsd: number;
  /** Price impact and pool fees, of selling the collateral and buying what is repaid. */
  readonly slippageUsd: number;
  readonly gasUsd: number;
  readonly netUsd: number;
  /** False where some of it is traded in no known market: what could not be sold brings nothing. */
  readonly isFilled: boolean;
}

/** Asks what calls of any size bring, in the markets of one book. */
export type Incentives = (incentive: Incentive, repaidUsd: number) => NetIncentive;

/**
 * Opens a book's markets for many questions. Amounts are at the assets' first oracle prices, and so is the bonus; where a market
 * stands elsewhere the difference counts as slippage, because the liquidator has it.
 *
 * @param depthFactor as in a `Scenario`: 0.5 = half the depth.
 */
export function openIncentives(book: Book, depthFactor = 1): Incentives {
  const trades = openTrades(book, depthFactor);
  return (incentive, repaidUsd) => netOf(book, trades, { incentive, repaidUsd });
}

interface Asked {
  readonly incentive: Incentive;
  readonly repaidUsd: number;
}

function netOf(
  { assets }: Book,
  trades: (amounts: ReadonlyMap<AssetRow, number>) => Traded,
  { incentive, repaidUsd }: Asked,
): NetIncentive {
  const { collateral, debt, bonus, protocolFee, auctionShare, gasUsd } = incentive;
  check({ bonus, protocolFee, auctionShare, gasUsd, repaidUsd });
  const bonusUsd = repaidUsd * bonus;
  const protocolFeeUsd = bonusUsd * protocolFee;
  const auctionUsd = (bonusUsd - protocolFeeUsd) * auctionShare;
  const gotUsd = repaidUsd + bonusUsd - protocolFeeUsd;
  const amounts = new Map([[collateral, gotUsd / assets[collateral]!.oraclePriceUsd]]);
  amounts.set(debt, (amounts.get(debt) ?? 0) - repaidUsd / assets[debt]!.oraclePriceUsd);
  const { cashUsd, isFilled } = trades(amounts);
  const slippageUsd = gotUsd - repaidUsd - cashUsd;
  const netUsd = bonusUsd - protocolFeeUsd - auctionUsd - slippageUsd - gasUsd;
  return { repaidUsd, bonusUsd, protocolFeeUsd, auctionUsd, slippageUsd, gasUsd, netUsd, isFilled };
}

function check(terms: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(terms))
    if (!(value >= 0 && Number.isFinite(value)))
      throw new BadDataError(`${name} must be a number of at least 0, but is ${value}`);
  for (const name of ['protocolFee', 'auctionShare'])
    if (terms[name]! > 1)
      throw new BadDataError(`${name} must be a share from 0 to 1, but is ${terms[name]}`);
}
