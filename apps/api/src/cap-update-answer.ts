import { toBook, withFormula, type Book } from '@undertow/book';
import { madeDueBy, type MadeDue } from '@undertow/cascade';
import { dryRunCapUpdate, type CapDryRun } from '@undertow/lag';
import { formulaBases, type FeedId, type RateCap, type RateFormula } from '@undertow/market';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import { inputError } from './errors.ts';
import { checkFirst } from './input.ts';
import type { Head, LedgerAtHead } from './shown.ts';

/** What is asked of an update, as a client writes it. */
export interface CapUpdateAsked {
  readonly oracle: string;
  readonly ratio: number;
  readonly time: number;
  readonly mostChange?: number | null;
}

/** What an update of a cap would do, as the schema has it. */
export interface CapUpdateAnswer extends Pick<
  CapDryRun,
  'isHeldBack' | 'headroomBefore' | 'headroomAfter' | 'latestSince'
> {
  readonly head: Head;
  readonly bookHash: string;
  readonly feed: string;
  readonly label: string;
  readonly rate: number;
  readonly ratio: number;
  readonly prices: readonly CappedPrice[];
  readonly madeDueAccounts: number;
  readonly madeDueUsd: number;
  madeDue(asked: { readonly first: number | null }): readonly MadeDue[];
}

/** An oracle whose price the update would change. */
export interface CappedPrice {
  readonly id: string;
  readonly asset: AssetAnswer;
  readonly beforeUsd: number;
  readonly afterUsd: number;
}

type CappedFormula = RateFormula & { readonly cap: RateCap };
interface Capped {
  readonly feed: FeedId;
  readonly label: string;
  readonly formula: CappedFormula;
}

/** Plays an update of the cap on a rate that an oracle multiplies by, before it lands. Throws a GraphQLError that says what is wrong. */
export function capUpdateAnswer(at: LedgerAtHead, asked: CapUpdateAsked): CapUpdateAnswer {
  const { book, head, ledger } = at;
  const { feed, label, formula } = cappedBelow(at, asked.oracle);
  const { rate, rateDecimals } = formula;
  const { since, most } = checked(asked, head.time);
  const raw = BigInt(Math.round(asked.ratio * 1e9)) * 10n ** BigInt(Math.max(0, rateDecimals - 9));
  const wanted = rateDecimals < 9 ? raw / 10n ** BigInt(9 - rateDecimals) : raw;
  const run = dryRunCapUpdate(
    formula,
    { rate: wanted, since },
    { mostChangeBps: most ?? EVERYTHING_BPS, time: head.time },
  );
  const changed = toBook(
    withFormula(ledger, feed, { formula: { ...formula, cap: run.cap }, time: head.time }),
    { time: head.time },
  );
  const madeDue = madeDueBy(book, changed);
  const units = (value: bigint) => Number(value) / 10 ** rateDecimals;
  return {
    ...{ head, bookHash: book.hash, feed, label, rate: units(rate), ratio: units(run.cap.rate) },
    isHeldBack: most !== undefined && run.isHeldBack,
    headroomBefore: run.headroomBefore,
    headroomAfter: run.headroomAfter,
    latestSince: run.latestSince,
    prices: pricesOf(book, changed),
    madeDueAccounts: madeDue.length,
    madeDueUsd: madeDue.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
    madeDue: ({ first }) => madeDue.slice(0, checkFirst(first)),
  };
}

/** A limit that holds nothing back: a cap may become as many times as high as it is now. */
const EVERYTHING_BPS = 10n ** 30n;

function checked({ ratio, time, mostChange }: CapUpdateAsked, now: number) {
  if (!(ratio > 0) || !Number.isFinite(ratio) || ratio > 1e9)
    throw inputError(`ratio is ${ratio}; it is what one unit is redeemed for, such as 1.2285: above 0.`);
  if (time > now)
    throw inputError(
      `time is ${time}, after the block's ${now}: the oracle would answer nothing until then.`,
    );
  if (typeof mostChange === 'number' && !(mostChange >= 0 && mostChange <= 1))
    throw inputError(`mostChange is ${mostChange}; it must be from 0 to 1: 0.03 lets a cap move by 3 %.`);
  const most = typeof mostChange === 'number' ? BigInt(Math.round(mostChange * 10_000)) : undefined;
  return { since: BigInt(time), most };
}

/** The one capped rate that an oracle is made of, by the id of the oracle, of the capped feed itself, or what that calls itself. */
function cappedBelow({ ledger }: LedgerAtHead, name: string): Capped {
  const { formulas, reference } = ledger;
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
  throw inputError(
    found.length > 1
      ? `Oracle ${shown} has several caps; name one of them: ${list(found)}.`
      : `No rate under a cap is known below the oracle ${shown}. Known caps: ${list(known)}.`,
  );
}

function pricesOf(book: Book, changed: Book): CappedPrice[] {
  const find = assetFinder(book.assets);
  const after = new Map(changed.oracles.map((oracle) => [`${oracle.asset} ${oracle.id}`, oracle.priceUsd]));
  return book.oracles.flatMap(({ id, asset, priceUsd: beforeUsd }) => {
    const afterUsd = after.get(`${asset} ${id}`);
    if (afterUsd === undefined || afterUsd === beforeUsd) return [];
    return [{ id, asset: find(book.assets[asset]!.address), beforeUsd, afterUsd }];
  });
}
