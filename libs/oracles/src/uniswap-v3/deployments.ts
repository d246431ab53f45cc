import type { Address, Pool } from '@undertow/market';

/** A set of Uniswap v3 pools. */
export interface UniswapV3Deployment {
  readonly adapter: 'uniswap-v3';
  readonly id: string;
  readonly factory: Address;
  readonly pools: readonly Pool[];
}
