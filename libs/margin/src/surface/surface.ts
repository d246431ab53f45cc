import { assert } from '@undertow/units';
import { group, median } from 'd3-array';
import { SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { impliedVolatility } from '../pricing/implied-volatility.ts';
import { smileOf, type Smile } from './smile.ts';

/** An option that is listed, with what its market says of it. */
export interface ListedOption {
  readonly isCall: boolean;
  readonly strikeUsd: number;
  /** Unix seconds. */
  readonly expiry: number;
  /** Forward price at its expiry, as it stood with the quote. */
  readonly forwardUsd: number;
  /** Implied volatility per year, or an undiscounted price that implies one. */
  readonly quote: { readonly volatility: number } | { readonly priceUsd: number };
  /** When the quote was made, unix seconds. */
  readonly time: number;
}

/** A volatility surface: smiles by expiry through all given points. */
export interface Surface {
  /** Unix seconds. */
  readonly time: number;
  /** Age from which on a quote is stale. */
  readonly staleSeconds: number;
  /** Ascending. */
  readonly expiries: readonly SurfaceExpiry[];
  /** Quotes that are used although they are stale. */
  readonly stale: readonly ListedOption[];
  /** Options that say nothing, and why. */
  readonly left: readonly { readonly option: ListedOption; readonly reason: string }[];
}

export interface SurfaceExpiry {
  readonly expiry: number;
  readonly years: number;
  /** Median of what its options say. */
  readonly forwardUsd: number;
  /** Ascending by strike, one for each. */
  readonly points: readonly SurfacePoint[];
  readonly smile: Smile;
}

export interface SurfacePoint {
  readonly strikeUsd: number;
  readonly volatility: number;
  /** When it was quoted, unix seconds. */
  readonly time: number;
}

/**
 * The surface through listed options. Of a call and a put at one strike the one out of the money counts, and the other
 * where that one says nothing. Left out with a reason: what is expired, whose price implies no volatility, and whose
 * volatility is not positive. Quotes older than `staleSeconds` are used and said. Where nothing is left the surface has
 * no expiry, and answers nothing.
 */
export function surfaceOf(
  options: readonly ListedOption[],
  { time, staleSeconds }: { readonly time: number; readonly staleSeconds: number },
): Surface {
  assert(staleSeconds >= 0, `the age of stale quotes must be at least 0, not ${staleSeconds}`);
  const left: { option: ListedOption; reason: string }[] = [];
  const used: ListedOption[] = [];
  const expiries = [...group(options, ({ expiry }) => expiry)]
    .sort(([one], [other]) => one - other)
    .flatMap(([expiry, listed]) => {
      const read = readExpiry(expiry, { listed, time });
      left.push(...read.left);
      used.push(...read.used);
      return read.found ? [read.found] : [];
    });
  return { time, staleSeconds, expiries, stale: used.filter((one) => time - one.time > staleSeconds), left };
}

interface ReadExpiry {
  readonly found?: SurfaceExpiry;
  readonly used: readonly ListedOption[];
  readonly left: readonly { readonly option: ListedOption; readonly reason: string }[];
}

function readExpiry(
  expiry: number,
  { listed, time }: { listed: readonly ListedOption[]; time: number },
): ReadExpiry {
  const years = (expiry - time) / SECONDS_PER_YEAR;
  if (years <= 0) return { used: [], left: listed.map((option) => ({ option, reason: 'expired' })) };
  const forwardUsd = median(listed, (option) => option.forwardUsd)!;
  const left: { option: ListedOption; reason: string }[] = [];
  const quoted = listed.flatMap((option) => {
    const said = volatilityOf(option, years);
    if ('volatility' in said) return [{ option, volatility: said.volatility }];
    left.push({ option, reason: said.reason });
    return [];
  });
  const chosen = [...group(quoted, ({ option }) => option.strikeUsd)]
    .map(([strike, both]) => both.find(({ option }) => option.isCall === strike >= forwardUsd) ?? both[0]!)
    .sort((one, other) => one.option.strikeUsd - other.option.strikeUsd);
  if (chosen.length === 0) return { used: [], left };
  const points = chosen.map(({ option: { strikeUsd, time: at }, volatility }) => ({
    strikeUsd,
    volatility,
    time: at,
  }));
  const smile = smileOf(
    years,
    points.map(({ strikeUsd, volatility }) => ({ moneyness: strikeUsd / forwardUsd, volatility })),
  );
  const found = { expiry, years, forwardUsd, points, smile };
  return { found, used: chosen.map(({ option }) => option), left };
}

/** The volatility that a quote says or implies, or why it does not. */
function volatilityOf(option: ListedOption, years: number) {
  const { isCall, strikeUsd, forwardUsd, quote } = option;
  if (!(strikeUsd > 0 && forwardUsd > 0 && forwardUsd < Infinity))
    return { reason: 'its strike or its forward is not a positive number' };
  if ('priceUsd' in quote)
    return impliedVolatility({ isCall, strikeUsd, forwardUsd, years, priceUsd: quote.priceUsd });
  if (quote.volatility > 0 && quote.volatility < Infinity) return { volatility: quote.volatility };
  return { reason: `its volatility is ${quote.volatility}` };
}
