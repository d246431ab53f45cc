/**
 * Next initialised tick in the word of 256 spaced ticks that holds the current one (or, upwards, the one after
 * it), or that word's last tick. Source: TickBitmap.nextInitializedTickWithinOneWord.
 */
export function nextTickInWord(
  initialised: { has(tick: number): boolean },
  { tick, spacing, isDown }: { readonly tick: number; readonly spacing: number; readonly isDown: boolean },
): number {
  const compressed = Math.floor(tick / spacing);
  const from = isDown ? compressed : compressed + 1;
  const wordStart = from & ~255;
  const end = isDown ? wordStart : wordStart + 255;
  const step = isDown ? -1 : 1;
  for (let i = from; i !== end; i += step) {
    if (initialised.has(i * spacing)) return i * spacing;
  }
  return end * spacing;
}
