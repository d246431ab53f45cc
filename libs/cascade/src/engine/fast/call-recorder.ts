import type { Liquidation } from '../../kernel.ts';
import type { Quote } from '../../policies/choose-call.ts';
import type { LendingOffers } from './lending-offers.ts';

/** Sees every call of a run in the order in which they are made, when it has been carried out; an engine without one pays nothing for it. */
export interface CallRecorder {
  /**
   * A call on an account that is dealt with in numbers: all that was repaid and seized at size 1 stands in `offers` from `offers.at` on, as
   * long as this runs. `round` counts from 1.
   */
  onLending(call: {
    readonly round: number;
    readonly account: number;
    readonly offers: LendingOffers;
    readonly size: number;
  }): void;
  /** A call that a kernel has worked out. */
  onClaim(call: {
    readonly round: number;
    readonly choice: Quote;
    readonly liquidations: readonly Liquidation[];
  }): void;
}
