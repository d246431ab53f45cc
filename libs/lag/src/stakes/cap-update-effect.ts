import { toBook, withFormula, type AssetRow, type Book, type Ledger } from '@undertow/book';
import { madeDueBy, type MadeDue } from '@undertow/cascade';
import { formulaBases, type FeedId, type RateCap, type RateFormula } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { dryRunCapUpdate, type CapDryRun } from '../cap-update.ts';

/** An update of a cap, as a person says it. */
export interface CapUpdateAsked {
  /** The oracle, or the capped feed that it is made of: by id, or by what it calls itself. */
  readonly oracle: string;
  /** The rate from which the cap shall grow, in whole units: 1.2285. */
  readonly ratio: number;
  /** When the token had it, unix seconds. */
  readonly since: number;
  /** The cap's rate moves by this share of itself at most; nothing holds it back when absent. */
  readonly mostChange?: number | undefined;
}

/** What an update of a cap would do to a book before it lands. */
export interface CapUpdateEffect extends Pick<
  CapDryRun,
  'isHeldBack' | 'headroomBefore' | 'headroomAfter' | 'latestSince'
> {
  /** Id of the capped feed. */
  readonly feed: FeedId;
  readonly label: string;
  /** What one unit is redeemed for now. */
  readonly rate: number;
  /** The rate from which the cap would grow. */
  readonly ratio: number;
  /** Oracles whose price it would change. */
  readonly prices: readonly CappedPrice[];
  /** Accounts that it alone would make liquidatable, the one with the largest debt first. */
  readonly madeDue: readonly MadeDue[];
}

export interface CappedPrice {
  readonly id: FeedId;
  readonly asset: AssetRow;
  readonly beforeUsd: number;
  readonly afterUsd: number;
}

interface Capped {
  readonly feed: FeedId;
  readonly label: string;
  readonly formula: RateFormula & { readonly cap: RateCap };
}

/** A limit that holds nothing back: a cap may become as many times as high as it is now. */
const EVERYTHING_BPS = 10n ** 30n;

/**
 * Plays an update of the cap on a rate that an oracle multiplies by, at the height of a book and its ledger.
 *
 * @throws BadDataError that says what is wrong with what is asked, and what would be right.
 */
export function capUpdateEffect(
  { book, ledger }: { readonly book: Book; readonly ledger: Ledger },
  asked: CapUpdateAsked,
): CapUpdateEffect {
  const { time } = book;
  const { feed, label, formula } = cappedBelow(ledger, asked.oracle);
  const { rate, rateDecimals } = formula;
  const { since, most } = checked(asked, time);
  const raw = BigInt(Math.round(asked.ratio * 1e9)) * 10n ** BigInt(Math.max(0, rateDecimals - 9));
  const wanted = rateDecimals < 9 ? raw / 10n ** BigInt(9 - rateDecimals) : raw;
  const run = dryRunCapUpdate(
    formula,
    { rate: wanted, since },
    { mostChangeBps: most ?? EVERYTHING_BPS, time },
  );
  const changed = toBook(withFormula(ledger, feed, { formula: { ...formula, cap: run.cap }, time }), {
    time,
  });
  const units = (value: bigint) => Number(value) / 10 ** rateDecimals;
  return {
    feed,
    label,
    rate: units(rate),
    ratio: units(run.cap.rate),
    isHeldBack: most !== undefined && run.isHeldBack,
    headroomBefore: run.headroomBefore,
    headroomAfter: run.headroomAfter,
    latestSince: run.latestSince,
    prices: pricesOf(book, changed),
    madeDue: madeDueBy(book, changed),
  };
}

function checked({ ratio, since, mostChange }: CapUpdateAsked, now: number) {
  if (!(ratio > 0) || !Number.isFinite(ratio) || ratio > 1e9)
    throw new BadDataError(
      `ratio is ${ratio}; it is what one unit is redeemed for, such as 1.2285: above 0.`,
    );
  if (!Number.isSafeInteger(since) || since < 0)
    throw new BadDataError(
      `the time is ${since}; it is when the token had that rate, in whole unix seconds.`,
    );
  if (since > now)
    throw new BadDataError(
      `the time is ${since}, after the block's ${now}: the oracle would answer nothing until then.`,
    );
  if (mostChange !== undefined && !(mostChange >= 0 && mostChange <= 1))
    throw new BadDataError(
      `the most that it may change is ${mostChange}; it must be from 0 to 1: 0.03 lets a cap move by 3 %.`,
    );
  const most = mostChange === undefined ? undefined : BigInt(Math.round(mostChange * 10_000));
  return { since: BigInt(since), most };
}

/** The one capped rate that an oracle is made of, by the id of the oracle, of the capped feed itself, or what that calls itself. */
function cappedBelow({ formulas, reference }: Ledger, name: string): Capped {
  const labelOf = (feed: FeedId) => reference.feeds.get(feed)?.description ?? feed;
  const known = [...formulas].flatMap(([feed, formula]): Capped[] =>
    formula.form === 'rate' && formula.cap !== undefined
      ? [{ feed, label: labelOf(feed), formula: { ...formula, cap: formula.cap } }]
      : [],
  );
  const wanted = name.toLowerCase();
  const seen = new Set<FeedId>();
  const below = (feed: FeedId): void => {
    if (seen.has(feed)) return;
    seen.add(feed);
    const formula = formulas.get(feed);
    if (formula) formulaBases(formula).forEach(below);
  };
  const named = [...formulas.keys()].filter(
    (feed) => feed.toLowerCase() === wanted || labelOf(feed).toLowerCase() === wanted,
  );
  named.forEach(below);
  const found = known.filter(({ feed }) => seen.has(feed));
  if (found.length === 1) return found[0]!;
  const list = (some: readonly Capped[]) =>
    some.map(({ feed, label }) => `${label} (${feed})`).join(', ') || 'none at this block';
  const shown = JSON.stringify(name.slice(0, 80));
  throw new BadDataError(
    found.length > 1
      ? `Oracle ${shown} has several caps; name one of them: ${list(found)}.`
      : `No rate under a cap is known below the oracle ${shown}. Known caps: ${list(known)}.`,
  );
}

function pricesOf(book: Book, changed: Book): CappedPrice[] {
  const after = new Map(changed.oracles.map((oracle) => [`${oracle.asset} ${oracle.id}`, oracle.priceUsd]));
  return book.oracles.flatMap(({ id, asset, priceUsd: beforeUsd }) => {
    const afterUsd = after.get(`${asset} ${id}`);
    return afterUsd === undefined || afterUsd === beforeUsd ? [] : [{ id, asset, beforeUsd, afterUsd }];
  });
}
