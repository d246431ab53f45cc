import { BadDataError } from '@undertow/units';

/** Facts that are wanted were dropped by age, and no saved ledger stands for them. */
export class FactsDroppedError extends BadDataError {
  /** Nothing below this block can be folded. */
  readonly keptAbove: number;

  constructor(chainId: number, { keptAbove, upTo }: { readonly keptAbove: number; readonly upTo: number }) {
    super(
      upTo < keptAbove
        ? `Facts up to block ${keptAbove} of chain ${chainId} were dropped by retention (--keep-facts-days), so block ${upTo} ` +
            `can no longer be computed. Ask for block ${keptAbove} or a later one.`
        : `Facts up to block ${keptAbove} of chain ${chainId} were dropped by retention (--keep-facts-days), and the saved ` +
            'ledger that stands for them cannot be used: it is damaged, or was folded by other code than this release has. Go ' +
            'back to the release that saved it, or index the chain anew into an empty database.',
    );
    this.keptAbove = keptAbove;
  }
}
