import {
  checkBook,
  formulaPriceUsd,
  hashBook,
  modelledDebtUsd,
  type AssetDepth,
  type AssetRow,
  type Book,
  type BookContent,
} from '@undertow/book';
import { BadDataError } from '@undertow/units';

/** The parts of a book that can be another book's while the rest stays. */
export interface BookParts {
  /** Who holds and owes what, funds, coverage, block and time, and all that is in no other part. */
  readonly accounts: Book;
  /** Prices of references, assets, feeds and oracles, and where the curves of depth begin. */
  readonly prices: Book;
  /** How deep markets are around their price. */
  readonly depth: Book;
  /** What venues ask: thresholds, limits, bonuses, rules, caps. */
  readonly terms: Book;
}

/**
 * A book whose parts are of different books: that of the accounts with the prices, depth and terms of others, where those have something of
 * the same name (asset, feed, oracle, venue, market). What they lack stays as it is with the accounts.
 *
 * @returns undefined where the parts do not fit together, as a venue's integers that hold a price of their own.
 */
export function mixedBook({ accounts, prices, depth, terms }: BookParts): Book | undefined {
  if (prices === accounts && depth === accounts && terms === accounts) return accounts;
  let content: BookContent = accounts;
  if (prices !== accounts) content = withPrices(content, prices);
  content = { ...content, depth: depthOf({ accounts, prices, depth }) };
  if (terms !== accounts) content = withTermsOf(content, terms);
  content = { ...content, coverage: coverageAt(content, accounts) };
  const { hash: _, ...rest } = content as Book;
  const mixed = { ...rest, hash: hashBook(rest) };
  try {
    checkBook(mixed);
    return mixed;
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}

/** What is in the book at its prices, and beside it what was missing, as it was. */
function coverageAt(content: BookContent, { coverage }: Book): Book['coverage'] {
  const modelled = modelledDebtUsd(content);
  const known = modelled + Math.max(0, coverage.knownDebtUsd - coverage.modelledDebtUsd);
  return {
    ...coverage,
    modelledDebtUsd: modelled,
    knownDebtUsd: known,
    share: known === 0 ? 1 : modelled / known,
  };
}

const rowsBy = <Item>(items: readonly Item[], key: (item: Item) => string) =>
  new Map(items.map((item, row) => [key(item), row]));

function withPrices(book: BookContent, other: Book): BookContent {
  const references = rowsBy(other.references, ({ symbol }) => symbol);
  const assets = rowsBy(other.assets, ({ address }) => address);
  const feeds = rowsBy(other.feeds, ({ id }) => id);
  const oracles = rowsBy(other.oracles, (oracle) => oracleKey(other, oracle));
  const referenceRow = book.references.map(({ symbol }) => references.get(symbol));
  const feedRow = book.feeds.map(({ id }) => feeds.get(id));
  const oracleRow = book.oracles.map((oracle) => oracles.get(oracleKey(book, oracle)));
  const ofFeed = book.feeds.map((feed, row) => {
    const found = feedRow[row];
    return found === undefined
      ? feed
      : { ...feed, ...pick(other.feeds[found]!, ['answer', 'least', 'greatest']) };
  });
  const answers = Float64Array.from(ofFeed, ({ answer }) => answer);
  const ofOracle = book.oracles.map((oracle, row) => {
    const found = oracleRow[row] === undefined ? undefined : other.oracles[oracleRow[row]]!;
    const multiplier = found?.formula.multiplier ?? oracle.formula.multiplier;
    const formula = { ...oracle.formula, multiplier };
    return { ...oracle, formula, priceUsd: found?.priceUsd ?? formulaPriceUsd(formula, answers) };
  });
  return {
    ...book,
    references: book.references.map((reference, row) => {
      const found = referenceRow[row];
      return found === undefined ? reference : { ...reference, priceUsd: other.references[found]!.priceUsd };
    }),
    assets: book.assets.map((asset) => {
      const found = assets.get(asset.address);
      if (found === undefined) return asset;
      const { oraclePriceUsd, marketPriceUsd, tie } = other.assets[found]!;
      return { ...asset, oraclePriceUsd, marketPriceUsd, tie: { ...asset.tie, ratio: tie.ratio } };
    }),
    feeds: ofFeed,
    oracles: ofOracle,
    exact: {
      ...book.exact,
      feedAnswer: book.exact.feedAnswer.map(
        (answer, row) => other.exact.feedAnswer[feedRow[row] ?? -1] ?? answer,
      ),
      answer: book.exact.answer.map((answer, row) => other.exact.answer[oracleRow[row] ?? -1] ?? answer),
      adapters: new Map(
        [...book.exact.adapters].map(([id, own]) => [id, other.exact.adapters.get(id) ?? own]),
      ),
    },
  };
}

const oracleKey = ({ assets }: BookContent, { id, asset }: BookContent['oracles'][number]) =>
  `${id}\n${assets[asset]!.address}`;

/**
 * Depth of one book at the prices of another: a curve keeps how far so much money moves the price by which share, and begins where the
 * prices say.
 */
function depthOf({ accounts, prices, depth }: Omit<BookParts, 'terms'>): Book['depth'] {
  const rows = rowsBy(accounts.assets, ({ address }) => address);
  const curveOf = (book: Book, address: string): AssetDepth | undefined => {
    const row = book.assets.findIndex((asset) => asset.address === address);
    return row === -1 ? undefined : book.depth[row];
  };
  return accounts.assets.map(({ address }, row) => {
    const own = accounts.depth[row];
    const shape = depth === accounts ? own : curveOf(depth, address);
    if (shape === undefined) return depth === accounts || hasAsset(depth, address) ? undefined : own;
    const quote = rows.get((depth === accounts ? accounts : depth).assets[shape.quote]!.address);
    if (quote === undefined) return own;
    const place = { ...shape, asset: row as AssetRow, quote: quote as AssetRow };
    const start = prices === depth ? shape : curveOf(prices, address);
    return start === undefined || !isSameQuote({ depth, shape, prices, start })
      ? place
      : movedTo(place, start.startSqrtPrice);
  });
}

const hasAsset = ({ assets }: Book, address: string) => assets.some((asset) => asset.address === address);

const isSameQuote = ({
  depth,
  shape,
  prices,
  start,
}: {
  readonly depth: Book;
  readonly shape: AssetDepth;
  readonly prices: Book;
  readonly start: AssetDepth;
}) => depth.assets[shape.quote]!.address === prices.assets[start.quote]!.address;

/** A curve that begins at another price: for the same relative move the same units are traded, at the other price. */
function movedTo(curve: AssetDepth, startSqrtPrice: number): AssetDepth {
  const factor = startSqrtPrice / curve.startSqrtPrice;
  if (factor === 1) return curve;
  return {
    ...curve,
    startSqrtPrice,
    sqrtPrice: curve.sqrtPrice.map((price) => price * factor),
    // Units are liquidity ÷ √price.
    liquidity: curve.liquidity.map((liquidity) => liquidity * factor),
  };
}

/** Terms of a leg, by what a venue calls them. */
const LEG_TERMS = [
  'liquidationThreshold',
  'loanToValue',
  'liquidationBonus',
  'liquidationProtocolFee',
  'maintenanceMargin',
] as const;

function withTermsOf(book: BookContent, other: Book): BookContent {
  const venues = rowsBy(other.venues, ({ id }) => id);
  const markets = rowsBy(other.markets, (market) => marketKey(other, market));
  // Legs on the same terms have the same, but where an owner chose something: then there is no one term to take.
  const shared = new Map<string, number | undefined>();
  for (let leg = 0; leg < other.legs.count; leg++) {
    const key = legKey(other, leg);
    const known = shared.get(key);
    if (!shared.has(key)) shared.set(key, leg);
    else if (known !== undefined && !hasSameTerms(other, known, leg)) shared.set(key, undefined);
  }
  const from = Array.from({ length: book.legs.count }, (_, leg) => shared.get(legKey(book, leg)));
  const column = (name: (typeof LEG_TERMS)[number]) =>
    book.legs[name].map((value, leg) => (from[leg] === undefined ? value : other.legs[name][from[leg]]!));
  return {
    ...book,
    venues: book.venues.map((venue) => {
      const found = venues.get(venue.id);
      const rule = found === undefined ? undefined : other.venues[found]!.rule;
      return rule === undefined || rule.kernel !== venue.rule?.kernel ? venue : { ...venue, rule };
    }),
    markets: book.markets.map((market) => {
      const found = markets.get(marketKey(book, market));
      return found === undefined
        ? market
        : { ...market, ...pick(other.markets[found]!, ['supplyCap', 'borrowCap']) };
    }),
    legs: { ...book.legs, ...Object.fromEntries(LEG_TERMS.map((name) => [name, column(name)])) },
    exact: {
      ...book.exact,
      threshold: book.exact.threshold.map((value, leg) =>
        from[leg] === undefined ? value : other.exact.threshold[from[leg]]!,
      ),
    },
  };
}

const marketKey = ({ venues }: BookContent, { venue, id }: BookContent['markets'][number]) =>
  `${venues[venue]!.id}\n${id}`;

const legKey = (book: BookContent, leg: number) => {
  const { legs, markets, assets } = book;
  const terms = marketKey(book, markets[legs.termsMarket[leg]!]!);
  const own = marketKey(book, markets[legs.market[leg]!]!);
  return [terms, own, assets[legs.asset[leg]!]!.address, legs.role[leg], legs.side[leg]].join('\n');
};

const hasSameTerms = ({ legs, exact }: Book, a: number, b: number) =>
  LEG_TERMS.every((name) => legs[name][a] === legs[name][b]) && exact.threshold[a] === exact.threshold[b];

const pick = <Item, Name extends keyof Item>(item: Item, names: readonly Name[]): Pick<Item, Name> =>
  Object.fromEntries(names.map((name) => [name, item[name]])) as Pick<Item, Name>;
