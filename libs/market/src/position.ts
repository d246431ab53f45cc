import type { Growth } from './growth.ts';
import type { CdpChange, CdpPosition } from './cdp/position.ts';
import { foldCdp } from './cdp/position.ts';
import { EMPTY_MONEY_MARKET } from './money-market/growth.ts';
import type { IndexedDebt, IndexedDebtChange } from './money-market/position.ts';
import { foldIndexedDebt } from './money-market/position.ts';
import type { OptionChange, OptionPosition } from './option/position.ts';
import { foldOption } from './option/position.ts';
import type { PerpetualChange, PerpetualPosition } from './perpetual/position.ts';
import { foldPerpetual } from './perpetual/position.ts';

/** What one event says of a position, by the form of the position. */
export type PositionChange = CdpChange | PerpetualChange | OptionChange | IndexedDebtChange;

/** A position as its venue stores it. */
export type Position = CdpPosition | PerpetualPosition | OptionPosition | IndexedDebt;

/**
 * The position after a change; undefined when nothing is left of it. A change of another form than the position's
 * starts a new one, because a market never changes its mechanism. `growth`: the market's, as it is at that moment.
 */
export function foldPosition(
  before: Position | undefined,
  change: PositionChange,
  time: number,
  growth?: Growth,
): Position | undefined {
  switch (change.form) {
    case 'cdp':
      return foldCdp(before?.form === 'cdp' ? before : undefined, change, time);
    case 'perpetual':
      return foldPerpetual(
        before?.form === 'perpetual' ? before : undefined,
        change,
        growth?.form === 'perpetual' ? growth : undefined,
      );
    case 'option':
      return foldOption(before?.form === 'option' ? before : undefined, change, time);
    case 'indexed-debt':
      return foldIndexedDebt(change, growth?.form === 'money-market' ? growth : EMPTY_MONEY_MARKET);
  }
}
