/** A raw integer as text at its decimals, as the nearest float: `1500000` at 6 is 1.5. */
export const atDecimals = (integer: string, decimals: number): number => Number(`${integer}e-${decimals}`);

/** A raw ray (27 decimals) as text, as the nearest float. */
export const fromRay = (ray: string): number => atDecimals(ray, 27);

const Q96 = 2 ** 96;

/** Whole units of token 1 per unit of token 0, of a root price X96 as text. */
export function poolPrice(sqrtPriceX96: string, decimals0: number, decimals1: number): number {
  const root = Number(sqrtPriceX96) / Q96;
  return root * root * 10 ** (decimals0 - decimals1);
}
