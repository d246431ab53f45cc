export const length = (vector: Float64Array): number => Math.hypot(...vector);

export const unit = (vector: Float64Array): Float64Array => {
  const size = length(vector);
  return vector.map((x) => x / size);
};

/** The point so far along a direction. */
export const along = (direction: Float64Array, distance: number): Float64Array =>
  direction.map((x) => x * distance);

/** Directions at right angles to one: towards and away from every axis, and towards others. */
export function tangents(direction: Float64Array, others: readonly Float64Array[]): Float64Array[] {
  const axes = [...direction.keys()].flatMap((axis) =>
    [1, -1].map((sign) => new Float64Array(direction.length).fill(sign, axis, axis + 1)),
  );
  return [...axes, ...others]
    .map((other) => {
      const part = other.reduce((sum, x, axis) => sum + x * direction[axis]!, 0);
      return other.map((x, axis) => x - part * direction[axis]!);
    })
    .filter((tangent) => length(tangent) > 1e-9)
    .map(unit);
}
