import {
  isMarginAccountDue,
  isMarginShort,
  marginFigures,
  totalSizeWad,
  type MarginAccount,
  type MarginExposure,
} from '@undertow/market';

/** A mark price is looked for up to this multiple of the present one. */
const HIGHEST_FACTOR = 1_000n;

/** No run takes a price beyond this multiple of the present one. */
const HIGHEST_IN_A_RUN = 100n;

/**
 * The mark price of one market nearest to the present one at which something of the account may be liquidated, be it only
 * its collateral (`isMarginAccountDue`), all else equal, wad;
 * undefined when there is none above 0 and below 1,000 times the present one. The pool's price, on which it depends what
 * orders hold, moves in proportion. An account that is due already is so at the present price.
 *
 * The account's value grows by its size per unit of price, and the size of orders falls as the price rises. So what the
 * value is above the requirement rises while the size is positive and falls after: there is one border at most on either
 * side of the present price, and it is found by halving, to the last wad.
 */
export function liquidationMarkWad(account: MarginAccount, index: number): bigint | undefined {
  const exposure = account.exposures[index]!;
  const { markWad, maker } = exposure;
  const sizeWad = totalSizeWad(exposure);
  if (sizeWad === 0n && !maker) return undefined;
  const isDueAt = (mark: bigint) =>
    isMarginAccountDue({
      ...account,
      exposures: account.exposures.map((one, i) => (i === index ? markedAt(one, mark) : one)),
    });
  if (isDueAt(markWad)) return markWad;
  const below = maker || sizeWad > 0n ? border(isDueAt, markWad, 1n) : undefined;
  const above = maker || sizeWad < 0n ? border(isDueAt, markWad, markWad * HIGHEST_FACTOR) : undefined;
  if (below === undefined || above === undefined) return below ?? above;
  return markWad - below < above - markWad ? below : above;
}

/**
 * Whether an account's margin could fall short at any prices up to 100 times the present ones, its collateral worth
 * nothing. What each market adds to the value above the requirement is least at one end of the prices, so the worst
 * ends of all markets together decide.
 */
export function canFallShort({ exposures, ...account }: MarginAccount): boolean {
  const bare: MarginAccount = { ...account, exposures, collaterals: [] };
  const spareWad = (margin: MarginAccount) => {
    const { settlementWad, requirementWad } = marginFigures(margin);
    return settlementWad - requirementWad;
  };
  const worst = exposures.map((exposure, index) => {
    const ends = [1n, exposure.markWad * HIGHEST_IN_A_RUN].map((mark) => markedAt(exposure, mark));
    const [low, high] = ends.map((end) => spareWad({ ...bare, exposures: exposures.with(index, end) }));
    return ends[low! < high! ? 0 : 1]!;
  });
  return isMarginShort({ ...bare, exposures: worst });
}

/** A position at another mark price, with its pool moved in proportion, rounded down. */
export function markedAt(exposure: MarginExposure, markWad: bigint): MarginExposure {
  const { maker } = exposure;
  if (!maker) return { ...exposure, markWad };
  const sqrtPriceX96 = (maker.sqrtPriceX96 * sqrtDown(markWad)) / sqrtDown(exposure.markWad);
  return { ...exposure, markWad, maker: { ...maker, sqrtPriceX96 } };
}

const SCALE = 1n << 128n;

/** √value × 2⁶⁴, rounded down, by Newton's method from above. */
function sqrtDown(value: bigint): bigint {
  const square = value * SCALE;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2) + 1);
  for (;;) {
    const next = (root + square / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** The first price on the way from one where the margin is enough to a far one where it is short. */
function border(isShortAt: (mark: bigint) => boolean, near: bigint, far: bigint): bigint | undefined {
  if (!isShortAt(far)) return undefined;
  let [enough, short] = [near, far];
  const gap = () => (enough > short ? enough - short : short - enough);
  while (gap() > 1n) {
    const middle = (enough + short) / 2n;
    if (isShortAt(middle)) short = middle;
    else enough = middle;
  }
  return short;
}
