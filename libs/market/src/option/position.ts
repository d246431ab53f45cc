/**
 * What an option position is: which side, on what, backed by what. `base` is the underlying, `quote` the cash.
 * A short call may be backed by either, a short put by quote; a long needs nothing.
 */
export type OptionType = (typeof OPTION_TYPES)[number];
export const OPTION_TYPES = [
  'long-call',
  'long-put',
  'short-call-base',
  'short-call-quote',
  'short-put-quote',
] as const;

/** Whether the owner has written the option. */
export const isShortOption = (type: OptionType): boolean => type.startsWith('short');

/** Whether the option is to buy. */
export const isCallOption = (type: OptionType): boolean => type.includes('call');

/** An option position as its venue stores it. Its market is the series (strike and expiry) that it is in. */
export interface OptionPosition {
  readonly form: 'option';
  readonly type: OptionType;
  /** Contracts, wad. */
  readonly amountWad: bigint;
  /** Raw units of what backs it; 0 of a long. */
  readonly collateral: bigint;
}

/** What one event says of it: all, or that it is gone (closed, settled, liquidated, merged, given to another). */
export type OptionChange = OptionPosition | { readonly form: 'option'; readonly closed: true };

/** The position after a change; undefined when nothing is left. */
export function foldOption(
  _before: OptionPosition | undefined,
  change: OptionChange,
  _time: number,
): OptionPosition | undefined {
  return 'closed' in change ? undefined : change;
}
