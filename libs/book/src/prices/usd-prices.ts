import {
  formulaFactors,
  type Address,
  type FeedFormula,
  type FeedId,
  type FormulaFactors,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { DraftPrice } from '../draft-price.ts';
import { feedPrice } from '../feed-price.ts';
import { feedDecimals, type Ledger } from '../ledger.ts';
import type { TrustedFeed } from './named-feed.ts';

/** USD prices that the watched venues themselves use. */
export interface UsdPrices {
  /** Price of an asset by one feed; undefined when the feed is silent, not positive, not in USD or not understood. */
  byFeed(feed: FeedId): DraftPrice | undefined;
  /** Why `byFeed` gives none; undefined when it does. */
  whyNone(feed: FeedId): string | undefined;
  /** What a feed answers now, USD, whether or not anybody understands what moves it: for debts that are left out. */
  usdNow(feed: FeedId): number | undefined;
  /**
   * The asset's price for who has no feed of its own for it: the first feed, by id, that a listed market prices it with,
   * one that moves before one that does not; where none does, the first that any market does. So nobody can price what is listed by a market and a feed of their own.
   */
  byAsset(asset: Address): DraftPrice | undefined;
  /** What `Π times ÷ Π over` is made of, over base feeds, so scaled that it is `usd` now; undefined where nobody knows. */
  productOf(of: FeedProduct): FormulaFactors | undefined;
  /** Why nobody knows what moves a feed of any currency; undefined when somebody does. */
  whyUnknown(feed: FeedId): string | undefined;
}

/** A product of feeds. */
export interface FeedProduct {
  readonly times: readonly FeedId[];
  readonly over: readonly FeedId[];
  readonly usd: number;
}

/** A formula that gives the contract's answer but for rounding is within this share of it. */
const ROUNDING = 1e-6;

/**
 * USD prices by the feeds that the venues' terms name. A feed answers in USD when the terms say so, or when its
 * description ends in `/ USD`. Caps and discounts are those of the newest fact's time, like the answers that they made.
 */
export function usdPrices(ledger: Ledger, named: readonly TrustedFeed[]): UsdPrices {
  const feedsOfAsset = new Map<Address, TrustedFeed[]>();
  const usdFeeds = new Set<FeedId>();
  for (const feed of ledger.reference.feeds.values()) {
    if (/\/\s*USD$/i.test(feed.description.trim())) usdFeeds.add(feed.id);
  }
  for (const one of named) {
    const { feed, asset, isUsd } = one;
    if (isUsd) usdFeeds.add(feed);
    if (asset) feedsOfAsset.set(asset, [...(feedsOfAsset.get(asset) ?? []), one]);
  }
  const known = {
    formulaOf: (feed: FeedId) => ledger.formulas.get(feed),
    decimalsOf: (feed: FeedId) => feedDecimals(ledger, feed),
    time: ledger.at?.time ?? 0,
  };
  const factorsOf = (feed: FeedId) => formulaFactors(feed, known);
  const answerNow = (feed: FeedId) =>
    usdFeeds.has(feed) ? feedPrice(ledger, feed) : { reason: `the feed ${feed} does not answer in USD` };
  const inUsd = (feed: FeedId, answer: bigint) => Number(answer) / 10 ** feedDecimals(ledger, feed);
  const read = (feed: FeedId): DraftPrice | { readonly reason: string } => {
    const price = answerNow(feed);
    if ('reason' in price) return price;
    const usd = inUsd(feed, price.answer);
    const factors = factorsOf(feed);
    const fitted = factors && fit(ledger, factors, usd);
    if (fitted) return { feed, answer: price.answer, usd, formula: fitted, source: { form: 'feed', feed } };
    return { reason: notUnderstood(ledger, feed, factors !== undefined) };
  };
  const found = new Map<FeedId, ReturnType<typeof read>>();
  const lookUp = (feed: FeedId) => {
    if (!found.has(feed)) found.set(feed, read(feed));
    return found.get(feed)!;
  };
  const byFeed = (feed: FeedId) => {
    const price = lookUp(feed);
    return 'reason' in price ? undefined : price;
  };
  const byAsset = (asset: Address) => {
    const feeds = feedsOfAsset.get(asset) ?? [];
    const listed = feeds.filter(({ isListed }) => isListed);
    const prices = (listed.length > 0 ? listed : feeds)
      .map(({ feed }) => byFeed(feed))
      .filter((price) => price !== undefined);
    return prices.toSorted((a, b) => isFixed(a) - isFixed(b) || compareText(a.feed, b.feed))[0];
  };
  const whyNone = (feed: FeedId) => {
    const price = lookUp(feed);
    return 'reason' in price ? price.reason : undefined;
  };
  const usdNow = (feed: FeedId) => {
    const price = answerNow(feed);
    return 'reason' in price ? undefined : inUsd(feed, price.answer);
  };
  const whyUnknown = (feed: FeedId) => (factorsOf(feed) ? undefined : notUnderstood(ledger, feed, false));
  const productOf = ({ times, over, usd }: FeedProduct) => {
    const product: FeedFormula = { form: 'product', times, over, multiplier: 1n, divisor: 1n };
    const factors = formulaFactors(PRODUCT, {
      ...known,
      formulaOf: (feed) => (feed === PRODUCT ? product : known.formulaOf(feed)),
    });
    return factors && rescaled(ledger, factors, usd);
  };
  return { byFeed, whyNone, usdNow, byAsset, productOf, whyUnknown };
}

/** 1 for a price that no feed moves. */
const isFixed = ({ formula }: DraftPrice): number => Number(formula.terms.length === 0);

/** Stands for a product that no feed answers. */
const PRODUCT: FeedId = 'product of feeds';

/**
 * Factors whose product at the present answers is a price to the last digit of a float: a contract rounds down, a product does
 * not. Undefined where they differ by more than rounding, or a base feed has no answer.
 */
function fit(ledger: Ledger, factors: FormulaFactors, usd: number): FormulaFactors | undefined {
  const given = presentPrice(ledger, factors);
  const isClose = given !== undefined && Math.abs(usd / given - 1) <= ROUNDING;
  return isClose ? rescaled(ledger, factors, usd) : undefined;
}

/** Factors so scaled that they give a price now; undefined where a base feed has no answer. */
function rescaled(ledger: Ledger, factors: FormulaFactors, usd: number): FormulaFactors | undefined {
  const given = presentPrice(ledger, factors);
  if (given === undefined) return undefined;
  const { multiplier, greatest } = factors;
  const scale = usd / given;
  return { ...factors, multiplier: multiplier * scale, greatest: greatest * scale };
}

function presentPrice(ledger: Ledger, { multiplier, terms, greatest }: FormulaFactors): number | undefined {
  let product = multiplier;
  for (const term of terms) {
    const price = ledger.prices.get(term.feed);
    if (price === undefined || price.answer <= 0n) return undefined;
    const answer = Math.min(term.greatest, Number(price.answer) / 10 ** feedDecimals(ledger, term.feed));
    product = term.power === 1 ? product * answer : product / answer;
  }
  return Math.min(product, greatest);
}

function notUnderstood(ledger: Ledger, feed: FeedId, isKnown: boolean): string {
  const { description = '' } = ledger.reference.feeds.get(feed) ?? {};
  const name = description === '' ? feed : `${description} (${feed})`;
  if (isKnown) return `the oracle ${name} answers something else than what it is made of`;
  const formula = ledger.formulas.get(feed);
  const why = formula?.form === 'unknown' ? `: ${formula.reason}` : '';
  return `the oracle ${name} is not understood${why}`;
}
