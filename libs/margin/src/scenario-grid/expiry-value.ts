import { black76, SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { interestDiscount, staticDiscount, type ShockedVolatility } from './shock.ts';
import type { GridExpiry } from './grid-portfolio.ts';
import type { GridTerms } from './grid-terms.ts';

/** What all options of an expiry are worth by Black-76 when the price is `spotFactor` times what it is. */
export function expiryValue(
  expiry: GridExpiry,
  { spotFactor, volatility }: { readonly spotFactor: number; readonly volatility: ShockedVolatility },
  discount: number,
): number {
  const forwardUsd = expiry.forward.moving * spotFactor + expiry.forward.fixed;
  const years = expiry.secondsToExpiry / SECONDS_PER_YEAR;
  let sum = 0;
  for (const { isCall, strikeUsd, amount, volatility: marked } of expiry.options) {
    const moved = volatility(marked.value, strikeUsd);
    sum += amount * black76({ isCall, forwardUsd, strikeUsd, years, volatility: moved, discount });
  }
  return sum;
}

/** An expiry with all that its scenarios share. */
export interface ValuedExpiry {
  readonly expiry: GridExpiry;
  readonly discount: number;
  /** Value of its options now. */
  readonly markUsd: number;
  /** Factors on its value after a move, where that is positive and where it is negative. */
  readonly onGains: number;
  readonly onLosses: number;
}

/** The present value of an expiry, and how its values after a move are discounted. */
export function valuedExpiry(expiry: GridExpiry, { discounts }: GridTerms): ValuedExpiry {
  const discount = discounts.pricesDiscounted ? interestDiscount(expiry) : 1;
  const { base } = discounts.losses ?? { base: 1 };
  const turned = discounts.losses ? base / staticDiscount(expiry, { ...discounts.losses, base: 1 }) : 1;
  return {
    expiry,
    discount,
    markUsd: expiryValue(expiry, { spotFactor: 1, volatility: (marked) => marked }, discount),
    onGains: staticDiscount(expiry, discounts.gains),
    onLosses: discounts.losses ? Math.min(1 / discount, turned) : 1,
  };
}
