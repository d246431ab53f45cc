/** A price move of one asset: by address, or by symbol where that is unique. -0.2 = 20 % down; above -1, at most +9. */
export interface Shock {
  readonly asset: string;
  readonly ratio: number;
}

/** Whether a ratio is a move that the API can answer for. */
export function isMove(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > -1 && ratio <= 9;
}
