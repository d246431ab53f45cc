import type { Plan } from '@undertow/sweep';
import type { ParameterKind } from '../parameters/parameter.ts';
import type { Behaviour } from '../search/borrowing.ts';
import type { GivenInput } from './given-input.ts';

/**
 * What may be lost: the expected shortfall of `lossUsd` over the scenarios of a plan, each a cascade over all venues of the book.
 */
export interface Tolerance {
  /** In USD, or as a share of what is borrowed on the market under the tried value (of a venue's parameter: at the venue). */
  readonly most:
    { readonly kind: 'usd'; readonly usd: number } | { readonly kind: 'share'; readonly share: number };
  /** Which losses count, see `LOSSES_OF`. Default: of a share `added`, of USD `all-venues`. */
  readonly of?: LossesOf;
}

/**
 * Which losses of a scenario count; in every case all venues take part in its cascade.
 *
 * - `all-venues`: all that is lost anywhere; a single parameter then answers for what others lose.
 * - `venue`: what is lost at the parameter's venue.
 * - `added`: what the market's accounts add to the losses of all venues, wherever: less what is lost without them.
 */
export const LOSSES_OF = ['all-venues', 'venue', 'added'] as const;
export type LossesOf = (typeof LOSSES_OF)[number];

/** Which losses a tolerance is of. */
export const lossesCounted = ({ most, of }: Tolerance): LossesOf =>
  of ?? (most.kind === 'share' ? 'added' : 'all-venues');

/** Values that a contract or its governance lets a parameter have, where these are few. */
export interface AllowedValues {
  readonly venue: string;
  readonly kind: ParameterKind;
  readonly values: readonly number[];
}

/** What an advice is asked for. */
export interface Asked {
  /** The scenarios; undefined where there is no history to make any of. A grid has no probabilities, and gives no advice. */
  readonly plan: Plan | undefined;
  /** Level of the expected shortfall, such as 0.99. */
  readonly confidence: number;
  readonly tolerance: Tolerance;
  /** Default `keep-health`. */
  readonly behaviour?: Behaviour;
  /** Steps of ratios, in basis points. Default 50. */
  readonly stepBps?: number;
  /**
   * In which scenarios a value is confirmed that passes in the worst ones: in `all` of them (the default; the shortfall is then exact), or
   * in a `wide` tail, the worst tenth under the present terms (it is then a lower bound).
   */
  readonly confirm?: 'all' | 'wide';
  /** What a call costs a liquidator, USD. Default: as the plan says, else 0. */
  readonly gasUsd?: number;
  /** What all liquidators together can repay in a round, USD; undefined = enough. */
  readonly capacityUsd?: number;
  /** How long the plan's moves take, seconds; with it, what prices do within an oracle's lag is told from them. */
  readonly horizonSeconds?: number;
  /** Accounts of a book above this number are condensed for trials, see `condensed`. Default 4,000. */
  readonly mostAccounts?: number;
  readonly allowed?: readonly AllowedValues[];
  /** What is known beside the book, see `GIVEN`. */
  readonly given?: readonly GivenInput[];
  /** The moment of the advice, unix seconds: what is given must not be older than it may be. Default: the book's time. */
  readonly time?: number;
}
