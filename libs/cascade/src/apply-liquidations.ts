import type { Book } from '@undertow/book';
import type { Liquidation } from './kernel.ts';
import type { Lot, State } from './state.ts';

/**
 * The state after what one call did to legs, funds and lots. The arrays of `state` are changed in place, so they must be those of
 * a round under way; the lots that it adds are returned.
 */
export function applyLiquidations(
  book: Book,
  state: Pick<State, 'amount' | 'isTouched' | 'fundAmount'>,
  liquidations: readonly Liquidation[],
): Lot[] {
  const lots: Lot[] = [];
  for (const { account, effects } of liquidations) {
    state.isTouched[account] = 1;
    for (const effect of effects) {
      if (effect.kind === 'leg') {
        state.amount[effect.leg] = Math.max(0, state.amount[effect.leg]! + effect.delta);
        if (!isOwnLeg(book, account, effect.leg)) state.isTouched[accountOfLeg(book, effect.leg)] = 1;
      } else if (effect.kind === 'fund') state.fundAmount[effect.fund]! += effect.amount;
      else if (effect.kind === 'lot' && effect.amount > 0) {
        const venue = book.accounts.venue[account] as Lot['venue'];
        lots.push({ venue, asset: effect.asset, holder: effect.holder, amount: effect.amount });
      }
    }
  }
  return lots;
}

/** Whether a leg is one of an account's. */
export const isOwnLeg = ({ accounts }: Pick<Book, 'accounts'>, account: number, leg: number): boolean =>
  leg >= accounts.legStart[account]! && leg < accounts.legStart[account + 1]!;

/** The account whose leg it is. */
export function accountOfLeg({ accounts: { legStart } }: Book, leg: number): number {
  let low = 0;
  let high = legStart.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (legStart[middle]! <= leg) low = middle;
    else high = middle;
  }
  return low;
}
