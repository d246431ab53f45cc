import { assert } from '@undertow/units';
import { black76, black76Greeks, type Black76Input, type Greeks } from './black-76.ts';

/** A European option on a price of now. */
export interface BlackScholesInput extends Pick<
  Black76Input,
  'isCall' | 'strikeUsd' | 'years' | 'volatility'
> {
  /** Price of the underlying now; above 0. */
  readonly spotUsd: number;
  /** Interest per year, continuous, 1 = 100 %; may be negative. */
  readonly rate: number;
  /** What the underlying itself pays per year, continuous; 0 when absent. */
  readonly yield?: number;
}

/**
 * Price of an option by Black–Scholes–Merton: Black-76 at the forward `S·e^((r − q)·t)`, discounted by `e^(−r·t)`.
 * Source: J. C. Hull, Options, futures and other derivatives, ch. 15 and 17.
 */
export function blackScholes(input: BlackScholesInput): number {
  return black76(onForward(input));
}

/**
 * Greeks of an option on a price of now: delta and gamma per unit of that price, and theta and rho with the forward that
 * moves by the rates. From Black-76 by the chain rule: with `g = e^((r − q)·t)`, `delta = g·Δ`, `gamma = g²·Γ`,
 * `theta = θ − (r − q)·F·Δ` where θ is Black-76's, `rho = t·F·Δ − t·price`.
 */
export function blackScholesGreeks(input: BlackScholesInput): Greeks {
  const forward = onForward(input);
  const { delta, gamma, vega, theta, rho } = black76Greeks(forward);
  const growth = forward.forwardUsd / input.spotUsd;
  const { rate, years } = input;
  const carry = rate - (input.yield ?? 0);
  return {
    delta: growth * delta,
    gamma: growth * growth * gamma,
    vega,
    theta: theta - carry * forward.forwardUsd * delta,
    rho: rho + years * forward.forwardUsd * delta,
  };
}

/** The same option as one on the forward. */
function onForward({ spotUsd, rate, yield: paid = 0, ...option }: BlackScholesInput): Black76Input {
  assert(spotUsd > 0 && spotUsd < Infinity, `a price must be a positive number, not ${spotUsd}`);
  return {
    ...option,
    forwardUsd: spotUsd * Math.exp((rate - paid) * option.years),
    discount: Math.exp(-rate * option.years),
  };
}
