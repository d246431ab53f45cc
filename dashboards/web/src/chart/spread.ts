/**
 * Places for labels at least `gap` apart, each as near as possible to where it belongs, none outside of `from` to `to`:
 * what would slide out at one end pushes the others back. Closer than `gap` only where there is no room for all.
 */
export function spread(
  places: readonly number[],
  { gap, from, to }: { readonly gap: number; readonly from: number; readonly to: number },
): number[] {
  const step = Math.min(gap, (to - from) / Math.max(1, places.length - 1));
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const result = places.map(() => 0);
  let last = from - step;
  for (const { place, i } of order) {
    last = Math.max(place, last + step);
    result[i] = last;
  }
  let next = to + step;
  for (const { i } of order.reverse()) {
    next = Math.min(result[i] ?? to, next - step);
    result[i] = next;
  }
  return result;
}
