import type { MarketId, VenueId } from '@undertow/market';

/**
 * What can be advised.
 *
 * - of a market: `liquidationThreshold`, `loanToValue`, `liquidationBonus` (ratios); `supplyCap`, `borrowCap` (whole units of its asset).
 * - of a whole venue: `closeFactor`, `maintenanceMargin` (ratios); `fundSize` (USD), what its funds must hold.
 */
export const PARAMETER_KINDS = [
  'liquidationThreshold',
  'loanToValue',
  'liquidationBonus',
  'supplyCap',
  'borrowCap',
  'closeFactor',
  'maintenanceMargin',
  'fundSize',
] as const;
export type ParameterKind = (typeof PARAMETER_KINDS)[number];

/** In what a parameter's value is counted. */
export type ParameterUnit = 'ratio' | 'units' | 'usd';

/** One parameter at one place. */
export interface Parameter {
  readonly kind: ParameterKind;
  readonly venue: VenueId;
  /** '' where it is one of the whole venue. */
  readonly market: MarketId;
}

const OF_VENUE: readonly ParameterKind[] = ['closeFactor', 'maintenanceMargin', 'fundSize'];

/** Whether a parameter holds for a whole venue. */
export const isOfVenue = (kind: ParameterKind): boolean => OF_VENUE.includes(kind);

export const unitOf = (kind: ParameterKind): ParameterUnit =>
  kind === 'fundSize' ? 'usd' : kind === 'supplyCap' || kind === 'borrowCap' ? 'units' : 'ratio';

/**
 * To which side a value is rounded so that rounding never adds risk: what limits borrowing down, what must be put up, held or paid
 * to those who liquidate up.
 */
export const safeSide = (kind: ParameterKind): 'down' | 'up' =>
  kind === 'maintenanceMargin' || kind === 'fundSize' ? 'up' : 'down';

/** A parameter as one text, to sort and to find it by. */
export const parameterKey = ({ kind, venue, market }: Parameter): string =>
  market === '' ? `${venue} ${kind}` : `${venue} ${market} ${kind}`;
