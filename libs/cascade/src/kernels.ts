import type { KernelName, VenueRule } from '@undertow/book';
import { stabilityPool } from './cdp/kernel.ts';
import type { Kernel } from './kernel.ts';
import { buyBack } from './option/kernel.ts';
import { closePosition } from './perpetual/kernel.ts';
import { repayAndSeize } from './repay-and-seize/kernel.ts';

/** Every way of liquidating that the engine plays, by the name that a venue's rule gives. */
const kernels: Readonly<Record<KernelName, Kernel>> = {
  'repay-and-seize': repayAndSeize,
  'stability-pool': stabilityPool,
  'close-position': closePosition,
  'buy-back': buyBack,
};

/** The kernel of a venue's rule. */
export const kernelOf = ({ kernel }: VenueRule): Kernel => kernels[kernel];
