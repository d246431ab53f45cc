import type { MarginRule } from './perpetual/rule.ts';
import type { OptionRule } from './option/rule.ts';
import type { RepayAndSeizeRule } from './repay-and-seize-rule.ts';
import type { StabilityPoolRule } from './cdp/rule.ts';

/**
 * How a venue liquidates, as data: which kernel of the engine plays it, and every number that the kernel needs. Written by the
 * mechanism's own folder; the engine reads nothing else of a venue.
 */
export type VenueRule = RepayAndSeizeRule | StabilityPoolRule | MarginRule | OptionRule;

/** The names of the engine's kernels. */
export type KernelName = VenueRule['kernel'];
