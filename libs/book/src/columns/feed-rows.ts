import type { Address, FeedId } from '@undertow/market';
import type { BookFeed, PriceNode } from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftFeed } from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';
import { feedDecimals, type Ledger } from '../ledger.ts';
import { sidesOfLabel, USD } from '../prices/families.ts';
import type { AssetRow, ReferenceRow } from '../rows.ts';

/** Feeds in the order of their rows, with their raw answers. */
export interface FeedRows {
  readonly feeds: readonly BookFeed[];
  readonly answers: readonly bigint[];
  readonly rowOf: ReadonlyMap<FeedId, number>;
}

/** How names of feeds lead to rows. */
export interface FeedNames {
  readonly references: readonly { readonly symbol: string }[];
  readonly assets: readonly { readonly address: Address; readonly symbol: string }[];
  /** The first price of each asset, by row. */
  readonly prices: readonly DraftPrice[];
}

/** The base feeds that prices are made of, and those of the venues' own, sorted by id. */
export function feedRows(
  ledger: Ledger,
  prices: readonly DraftPrice[],
  own: readonly DraftFeed[],
  names: FeedNames,
): FeedRows {
  const asked = new Set(prices.flatMap(({ formula }) => formula.terms.map(({ feed }) => feed)));
  const ours = new Map(own.map((feed) => [feed.id, feed]));
  const ids = [...asked].sort(compareText);
  return {
    feeds: ids.map((id) => {
      const draft = ours.get(id);
      return draft ? ownFeed(draft, names) : baseFeed(ledger, id, names);
    }),
    answers: ids.map((id) => ours.get(id)?.answer ?? ledger.prices.get(id)?.answer ?? 0n),
    rowOf: new Map(ids.map((id, row) => [id, row])),
  };
}

function ownFeed(
  { id, label, answer, decimals, follows, policy }: DraftFeed,
  { assets }: FeedNames,
): BookFeed {
  const row = assets.findIndex(({ address }) => address === follows) as AssetRow;
  return {
    id,
    label,
    answer: Number(answer) / 10 ** decimals,
    over: { kind: 'asset', row },
    under: undefined,
    policy,
    least: 0,
    greatest: Infinity,
  };
}

/**
 * A feed follows the market that its name says. One whose name says none, but which is all that the price of one asset is made of,
 * follows that asset; any other whose market nobody knows stays where it is.
 */
function baseFeed(ledger: Ledger, id: FeedId, names: FeedNames): BookFeed {
  const { description: label = id, least = 0n, greatest } = ledger.reference.feeds.get(id) ?? {};
  const unit = 10 ** feedDecimals(ledger, id);
  const sides = sidesOfLabel(label);
  const over = sides ? nodeOf(sides.over, id, names) : onlyPriced(id, names);
  const isInDollars = sides === undefined || sides.under.toUpperCase() === USD;
  const under = sides && !isInDollars ? nodeOf(sides.under, undefined, names) : undefined;
  const isKnown = over !== undefined && (isInDollars || under !== undefined);
  return {
    id,
    label,
    answer: Number(ledger.prices.get(id)?.answer ?? 0n) / unit,
    over: isKnown ? over : { kind: 'reference', row: dollarRow(names) },
    under: isKnown ? under : undefined,
    policy: isKnown ? { kind: 'at-once' } : { kind: 'fixed' },
    least: Math.max(0, Number(least) / unit),
    greatest: greatest === undefined ? Infinity : Number(greatest) / unit,
  };
}

/** The reference or asset of that name; else the only asset that the feed prices. */
function nodeOf(symbol: string, feed: FeedId | undefined, names: FeedNames): PriceNode | undefined {
  const isNamed = (one: { readonly symbol: string }) => one.symbol.toUpperCase() === symbol.toUpperCase();
  const reference = names.references.findIndex(isNamed);
  if (reference !== -1) return { kind: 'reference', row: reference as ReferenceRow };
  const asset = names.assets.findIndex(isNamed);
  if (asset !== -1) return { kind: 'asset', row: asset as AssetRow };
  const priced = names.prices.flatMap(({ formula }, row) =>
    formula.terms.some((term) => term.feed === feed && term.power === 1) ? [row] : [],
  );
  return priced.length === 1 ? { kind: 'asset', row: priced[0] as AssetRow } : undefined;
}

/** The asset whose price a feed alone makes, where there is one. */
function onlyPriced(feed: FeedId, { prices }: FeedNames): PriceNode | undefined {
  const priced = prices.flatMap(({ formula: { terms } }, row) =>
    terms.some((term) => term.feed === feed)
      ? [{ row, isAlone: terms.length === 1 && terms[0]!.power === 1 }]
      : [],
  );
  const [only, ...more] = priced;
  return only?.isAlone && more.length === 0 ? { kind: 'asset', row: only.row as AssetRow } : undefined;
}

const dollarRow = ({ references }: FeedNames) =>
  references.findIndex(({ symbol }) => symbol === USD) as ReferenceRow;
