/** A price move of one asset: by address, or by symbol where that is unique. -0.2 = 20 % down; above -1, at most 1000. */
export interface Shock {
  readonly asset: string;
  readonly ratio: number;
}

/** A rise of more than a thousandfold is a typing error; the API draws the same line. */
export const LARGEST_RISE = 1_000;

/** Whether a ratio is a move that the API can answer for. */
export function isMove(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > -1 && ratio <= LARGEST_RISE;
}
