import {
  constantFormula,
  type AssetRow,
  type BookFeed,
  type BookOracle,
  type OracleFormula,
  type OracleRow,
} from '@undertow/book';
import type { Problems } from '../problems.ts';
import { scaledInteger } from '../scaled-integer.ts';
import type { RowPlace } from '../table.ts';
import type { AssetList, PricedRow } from './asset-list.ts';
import { USD } from './asset-ties.ts';
import { FeedList } from './feed-list.ts';
import type { ListedVenue } from './venue-list.ts';

/** What venues believe of assets. */
export interface OracleList {
  readonly feeds: readonly BookFeed[];
  readonly feedAnswer: readonly bigint[];
  readonly oracles: readonly BookOracle[];
  /** See `BookExact.answer`. */
  readonly answer: readonly bigint[];
  /** The price of an asset in a market: the market's own, else the venue's, else that of all; undefined when there is none. */
  readonly oracleOf: (at: AskedPrice) => OracleRow | undefined;
}

export interface AskedPrice {
  readonly venue: string;
  readonly market: string;
  readonly asset: string;
}

/** Decimals of the answers of imported oracles: enough for every digit of any price. */
const ANSWER_DECIMALS = 36;

/** An answer further from its price than this, a ratio, is not that price. */
const COARSE = 1e-12;

/** Decimals of the answers of imported feeds. */
const FEED_DECIMALS = 18;

interface Row extends BookOracle {
  readonly answer: bigint;
}

/** Oracles of all priced rows, and those that debt positions have of their own. */
export function oracleList(
  assets: AssetList,
  venues: ReadonlyMap<string, ListedVenue>,
  problems: Problems,
): OracleList {
  const feeds = new FeedList(assets, problems);
  const formulas = new Formulas(assets, feeds, problems);
  const rows: Row[] = [];
  const rowOf = new Map<string, OracleRow>();
  for (const [symbol, asset] of assets.rowOf) {
    for (const priced of assets.priced.get(symbol)!) {
      const { venue = '', market = '' } = priced.row;
      const id = [venue, market, symbol].filter((part) => part !== '').join('/');
      rowOf.set(keyOf({ venue, market, asset: symbol }), rows.length as OracleRow);
      const answer = scaledInteger(priced.priceUsd, ANSWER_DECIMALS);
      rows.push({ id, asset, formula: formulas.of(symbol, priced), priceUsd: priced.priceUsd, answer });
    }
  }
  const find = (at: AskedPrice) =>
    rowOf.get(keyOf(at)) ??
    rowOf.get(keyOf({ ...at, market: '' })) ??
    rowOf.get(keyOf({ venue: '', market: '', asset: at.asset }));
  for (const at of debtPositions(venues)) addOwn(at, { assets, rows, rowOf, find, problems });
  return {
    feeds: feeds.feeds,
    feedAnswer: feeds.feeds.map(({ answer }) => scaledInteger(answer, FEED_DECIMALS)),
    oracles: rows.map(({ answer: _, ...oracle }) => oracle),
    answer: rows.map(({ answer }) => answer),
    oracleOf: find,
  };
}

const keyOf = ({ venue, market, asset }: AskedPrice) => `${venue}\n${market}\n${asset}`;

interface DebtPosition {
  readonly venue: string;
  readonly market: string;
  readonly collateral: string;
  readonly debt: string;
  readonly place: RowPlace;
}

function debtPositions(venues: ReadonlyMap<string, ListedVenue>): DebtPosition[] {
  return [...venues.values()]
    .filter(({ mechanism }) => mechanism === 'cdp')
    .flatMap(({ id, markets }) =>
      [...markets.values()].map((market) => ({
        ...{
          venue: id,
          market: market.id,
          collateral: market.asset,
          debt: market.debtAsset ?? '',
          place: market.place,
        },
      })),
    );
}

/**
 * A venue of debt positions takes its debt for one dollar, and compares collateral and debt in wad: its answer is so scaled that
 * raw units of both give that.
 */
function addOwn(
  { venue, market, collateral, debt, place }: DebtPosition,
  to: {
    readonly assets: AssetList;
    readonly rows: Row[];
    readonly rowOf: Map<string, OracleRow>;
    readonly find: OracleList['oracleOf'];
    readonly problems: Problems;
  },
): void {
  const { assets, rows, rowOf, find, problems } = to;
  const held = assets.rowOf.get(collateral);
  const owed = assets.rowOf.get(debt);
  const known = find({ venue, market, asset: collateral });
  if (held === undefined || owed === undefined || known === undefined) return;
  const decimalsOf = (row: AssetRow) => assets.assets[row]!.decimals;
  const { formula, priceUsd } = rows[known]!;
  const add = (asset: string, row: Row) => {
    rowOf.set(keyOf({ venue, market, asset }), rows.length as OracleRow);
    rows.push(row);
  };
  const decimals = 18 + decimalsOf(owed) - decimalsOf(held);
  const answer = scaledInteger(priceUsd, decimals);
  if (Math.abs(Number(answer) / 10 ** decimals / priceUsd - 1) > COARSE)
    problems.add(
      place,
      'debtAsset',
      `${debt} has so much fewer decimals than ${collateral} that a debt position cannot compare them: give both 18 in the prices table`,
    );
  add(collateral, { id: `${venue}/${market}/${collateral}/wad`, asset: held, formula, priceUsd, answer });
  const one = { formula: constantFormula(1), priceUsd: 1, answer: 10n ** 18n };
  add(debt, { id: `${venue}/${market}/${debt}/wad`, asset: owed, ...one });
}

/** How prices follow from feeds, each asset's first formula made once. */
class Formulas {
  readonly #assets: AssetList;
  readonly #feeds: FeedList;
  readonly #problems: Problems;
  readonly #first = new Map<string, OracleFormula>();

  constructor(assets: AssetList, feeds: FeedList, problems: Problems) {
    this.#assets = assets;
    this.#feeds = feeds;
    this.#problems = problems;
  }

  of(symbol: string, { row, priceUsd }: PricedRow): OracleFormula {
    const formula = this.#uncapped(symbol, { row, priceUsd });
    if (row.cap === undefined) return formula;
    if (row.cap < priceUsd * (1 - 1e-9))
      this.#problems.add(row.place, 'cap', `${row.cap} USD is below the price itself, ${priceUsd} USD`);
    return { ...formula, greatest: row.cap };
  }

  #uncapped(symbol: string, { row, priceUsd }: PricedRow): OracleFormula {
    const base = row.in === undefined || row.in === USD ? undefined : row.in;
    if (row.feed !== undefined && row.oracle !== undefined && row.oracle !== 'feed')
      this.#problems.add(row.place, 'feed', `a price by ${row.oracle} asks no feed: leave this blank`);
    switch (row.oracle) {
      case 'constant':
        return base === undefined ? constantFormula(priceUsd) : this.#inUnitsOf(base, priceUsd);
      case 'rate': {
        const to = this.#tiedTo(symbol);
        if (to !== undefined) return this.#inUnitsOf(to, priceUsd);
        this.#problems.add(row.place, 'oracle', `${symbol} is tied to no asset, so that there is no rate`);
        return constantFormula(priceUsd);
      }
      default:
        return this.#byFeed({ label: row.feed ?? `${symbol} / ${base ?? USD}`, row, priceUsd });
    }
  }

  /** What a base is worth by its first price, times a ratio that stays. */
  #inUnitsOf(base: string, priceUsd: number): OracleFormula {
    const { multiplier, terms, greatest } = this.#firstOf(base);
    const ratio = priceUsd / this.#assets.priced.get(base)![0]!.priceUsd;
    return { multiplier: multiplier * ratio, terms, greatest: greatest * ratio };
  }

  #byFeed({ label, row, priceUsd }: PricedRow & { readonly label: string }): OracleFormula {
    const feed = this.#feeds.rowOf(label, row.place);
    if (feed === undefined) return constantFormula(priceUsd);
    const own = { feed, power: 1, greatest: Infinity } as const;
    const { answer } = this.#feeds.feeds[feed]!;
    const under = this.#feeds.underOf(label);
    if (under === undefined) return { multiplier: priceUsd / answer, terms: [own], greatest: Infinity };
    const { multiplier, terms } = this.#firstOf(under);
    const underUsd = this.#assets.priced.get(under)![0]!.priceUsd;
    return {
      multiplier: (multiplier * priceUsd) / (answer * underUsd),
      terms: [own, ...terms],
      greatest: Infinity,
    };
  }

  #firstOf(symbol: string): OracleFormula {
    const known = this.#first.get(symbol);
    if (known) return known;
    const first = this.#assets.priced.get(symbol)![0]!;
    // Noted first, so that assets whose feeds ask each other have an end.
    this.#first.set(symbol, constantFormula(first.priceUsd));
    const formula = this.of(symbol, first);
    this.#first.set(symbol, formula);
    return formula;
  }

  #tiedTo(symbol: string): string | undefined {
    const { assets, rowOf } = this.#assets;
    const { to } = assets[rowOf.get(symbol)!]!.tie;
    return to === undefined ? undefined : assets[to]!.symbol;
  }
}
