import { backingWeight, type Causes } from './contagion.ts';
import type { Liquidation, View } from './rule.ts';

/** What a round's liquidations want to trade, and what they took. Asset units, by asset row. */
export interface RoundFlows {
  /** To be sold by the liquidations of each venue on balance; negative = to be bought. By venue row. */
  readonly netByVenue: readonly Float64Array[];
  /** The same of all venues. */
  readonly net: Float64Array;
  /** Taken from accounts, the protocol's fee included. */
  readonly seized: Float64Array;
}

/**
 * Applies what liquidations do to legs and funds (the view's arrays are changed), and adds up what is to be traded.
 * `receive` hears what redistribution takes from other accounts.
 */
export function applyEffects(
  view: View,
  liquidations: readonly Liquidation[],
  receive: Causes['receive'],
): RoundFlows {
  const { book, amount, fundAmount } = view;
  const { accounts, legs } = book;
  const netByVenue = book.venues.map(() => new Float64Array(book.assets.length));
  const seized = new Float64Array(book.assets.length);
  for (const { account, effects } of liquidations) {
    const [start, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    const own = netByVenue[accounts.venue[account]!]!;
    for (const effect of effects) {
      switch (effect.kind) {
        case 'leg': {
          const { leg, delta } = effect;
          if (leg < start || leg >= end) {
            const gainUsd = delta * backingWeight(book, leg) * view.oraclePriceUsd[legs.oracle[leg]!]!;
            receive(leg, -gainUsd);
          } else if (delta < 0 && legs.side[leg] === 1) seized[legs.asset[leg]!]! -= delta;
          amount[leg] = Math.max(0, amount[leg]! + delta);
          break;
        }
        case 'sell':
          own[effect.asset]! += effect.amount;
          break;
        case 'buy':
          own[effect.asset]! -= effect.amount;
          break;
        case 'fund':
          fundAmount[effect.fund]! += effect.amount;
          break;
        case 'keep':
        case 'badDebt':
          // Nothing moves; the report reads them.
          break;
      }
    }
  }
  const net = new Float64Array(book.assets.length);
  for (const amounts of netByVenue) for (const [asset, units] of amounts.entries()) net[asset]! += units;
  return { netByVenue, net, seized };
}
