import { isMarginShort, type MarginAccount } from '@undertow/market';

/** A mark price is looked for up to this multiple of the present one. */
const HIGHEST_FACTOR = 1_000n;

/**
 * The mark price of one market nearest to the present one at which the account's margin is short, all else equal, wad;
 * undefined when there is none above 0 and below 1,000 times the present one. On the losing side of a position the
 * margin falls short once and stays so: the border is found by halving, to the last wad. An account that is short
 * already is so at the present price.
 */
export function liquidationMarkWad(account: MarginAccount, index: number): bigint | undefined {
  const exposure = account.exposures[index]!;
  const { sizeWad, markWad } = exposure;
  if (sizeWad === 0n) return undefined;
  const isShortAt = (mark: bigint) =>
    isMarginShort({
      ...account,
      exposures: account.exposures.map((one, i) => (i === index ? { ...one, markWad: mark } : one)),
    });
  if (isShortAt(markWad)) return markWad;
  const far = sizeWad > 0n ? 1n : markWad * HIGHEST_FACTOR;
  if (!isShortAt(far)) return undefined;
  let [enough, short] = [markWad, far];
  const gap = () => (enough > short ? enough - short : short - enough);
  while (gap() > 1n) {
    const middle = (enough + short) / 2n;
    if (isShortAt(middle)) short = middle;
    else enough = middle;
  }
  return short;
}
