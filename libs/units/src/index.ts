export type { Brand } from './brand.ts';
export { assert } from './assert.ts';
export { RetryableError, BadDataError, ConfigError } from './errors.ts';
export { RAY, rayMulHalfUp, rayMulFloor, rayMulCeil, rayDivHalfUp, rayDivFloor, rayDivCeil } from './ray.ts';
export { BPS, bpsMulHalfUp, bpsMulFloor, bpsMulCeil, bpsDivHalfUp, bpsDivCeil } from './bps.ts';
export { wadDivHalfUp } from './wad-half-up.ts';
export {
  WAD,
  mulDivDown,
  mulDivUp,
  wMulDown,
  wDivDown,
  wDivUp,
  wTaylorCompoundedDown,
  subFloorZero,
  minBigint,
  maxBigint,
} from './wad.ts';
