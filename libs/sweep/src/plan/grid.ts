import type { GridPlan } from './plan.ts';

/** How many scenarios a grid has. */
export const gridCount = ({ axes, isProduct }: GridPlan): number =>
  isProduct
    ? axes.reduce((count, { moves }) => count * moves.length, 1)
    : axes.reduce((count, { moves }) => count + moves.length, 0);

/** The move of one scenario of a grid by axis; undefined where the axis does not move in it. */
export function gridMoves({ axes, isProduct }: GridPlan, index: number): (number | undefined)[] {
  let left = index;
  if (!isProduct)
    return axes.map(({ moves }) => {
      const move = left >= 0 ? moves[left] : undefined;
      left -= moves.length;
      return move;
    });
  return axes
    .toReversed()
    .map(({ moves }) => {
      const move = moves[left % moves.length];
      left = Math.floor(left / moves.length);
      return move;
    })
    .toReversed();
}
