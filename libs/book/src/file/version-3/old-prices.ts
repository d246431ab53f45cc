import type { FeedId } from '@undertow/market';
import type { BookExact, ExactSource } from '../../book-exact.ts';
import type { BookFeed, BookOracle, PriceNode } from '../../book.ts';
import { constantFormula, type OracleFormula } from '../../oracle-formula.ts';
import type { AssetRow, FeedRow, OracleRow, ReferenceRow } from '../../rows.ts';
import type { OldAssets } from './old-assets.ts';
import { pairPrices, type PairPrice } from './pair-prices.ts';
import type { OldBook } from './schema.ts';

/** Prices of an old book in their new form. */
export interface OldPrices {
  readonly feeds: readonly BookFeed[];
  readonly oracles: readonly BookOracle[];
  /** The new oracle of every leg. */
  readonly legOracle: Uint32Array;
  readonly exact: Pick<BookExact, 'feedAnswer' | 'answer' | 'source'>;
}

/**
 * Feeds and formulas of an old book's oracles, each of which said a feed, a price and whether it is fixed.
 *
 * - Fixed is a constant. Oracles that say one feed share it: the first coin among their assets, else the first asset, is what it
 *   follows, and the others are that times their ratio.
 * - What is redeemed at a rate is priced by the rate: the price of what it is tied to times the ratio, whatever its own pool says.
 * - A pair's own price is in units of what is owed: see `pairPrices`.
 */
export function oldPrices(book: OldBook, assets: OldAssets): OldPrices {
  const pairs = pairPrices(book, assets);
  const table = feedTable(book, assets);
  const formulaOf = formulas(book, { assets, isOwn: pairs.isOwn, table });
  const inUnitsOf = ({ row, debt }: PairPrice): OracleFormula => {
    const below = formulaOf(debt);
    const ratio = book.oracles[row]!.priceUsd / book.oracles[debt]!.priceUsd;
    return { ...below, multiplier: below.multiplier * ratio, greatest: below.greatest * ratio };
  };
  const rows = [
    ...[...book.oracles.keys()].map((row) => ({ row, pair: pairs.inPlace.get(row) })),
    ...pairs.added.map((pair) => ({ row: pair.row, pair })),
  ].map(({ row, pair }) => {
    const { feed, asset, priceUsd } = book.oracles[row]!;
    const answer = BigInt(book.exact.answer[row]!);
    const formula = pair ? inUnitsOf(pair) : formulaOf(row);
    const oracle: BookOracle = { id: pair?.id ?? feed, asset: asset as AssetRow, formula, priceUsd };
    const isOfPair = pair !== undefined && !pairs.inPlace.has(pair.debt);
    return { answer, oracle, source: isOfPair ? pairSource(book, pair) : table.sourceOf(answer, formula) };
  });
  return {
    feeds: table.feeds,
    oracles: rows.map(({ oracle }) => oracle),
    legOracle: pairs.legOracle,
    exact: {
      feedAnswer: table.answers,
      answer: rows.map(({ answer }) => answer),
      source: rows.map(({ source }) => source),
    },
  };
}

/** Feeds in the order in which they are first asked for. */
interface FeedTable {
  readonly feeds: readonly BookFeed[];
  readonly answers: readonly bigint[];
  /** The feed of an id, which follows a node and answers what an oracle row says. */
  readonly feedOf: (id: FeedId, row: number, over: PriceNode) => FeedRow;
  /** So much of what a feed answers that it is a price now. */
  readonly multiple: (feed: FeedRow, priceUsd: number) => OracleFormula;
  /** What is a feed's own answer follows it to the last unit; all else in proportion. */
  readonly sourceOf: (answer: bigint, formula: OracleFormula) => ExactSource | undefined;
}

function feedTable({ oracles, exact }: OldBook, { references, assets }: OldAssets): FeedTable {
  const feeds: BookFeed[] = [];
  const answers: bigint[] = [];
  const rowOf = new Map<FeedId, FeedRow>();
  return {
    ...{ feeds, answers },
    feedOf(id, row, over) {
      const known = rowOf.get(id);
      if (known !== undefined) return known;
      const { symbol } = (over.kind === 'reference' ? references : assets)[over.row]!;
      feeds.push({
        ...{ id, label: `${symbol} / USD`, answer: oracles[row]!.priceUsd, over, under: undefined },
        ...{ policy: { kind: 'at-once' }, least: 0, greatest: Infinity },
      });
      answers.push(BigInt(exact.answer[row]!));
      const made = (feeds.length - 1) as FeedRow;
      rowOf.set(id, made);
      return made;
    },
    multiple: (feed, priceUsd) => ({
      multiplier: priceUsd === feeds[feed]!.answer ? 1 : priceUsd / feeds[feed]!.answer,
      terms: [{ feed, power: 1, greatest: Infinity }],
      greatest: Infinity,
    }),
    sourceOf(answer, { terms: [term], multiplier }) {
      if (!term || multiplier !== 1 || answers[term.feed] !== answer) return undefined;
      return { form: 'feed', feed: feeds[term.feed]!.id };
    },
  };
}

/** The formula of every oracle row, but for those in units of what a pair lends. */
function formulas(
  { oracles }: OldBook,
  of: { readonly assets: OldAssets; readonly isOwn: readonly boolean[]; readonly table: FeedTable },
): (row: number) => OracleFormula {
  const { assets, isByRate } = of.assets;
  const { feedOf, multiple } = of.table;
  const isPlain = (row: number) => !oracles[row]!.isFixed && !of.isOwn[row]!;
  const standing = (asset: number) => {
    const { tie, reference } = assets[asset]!;
    const isReference = tie.to === undefined && (tie.kind === 'none' || tie.kind === 'wrapped');
    return isReference ? reference : undefined;
  };
  const first = firstRows(oracles, isPlain);
  const owners = feedOwners(oracles, { isPlain, standing });
  const ownFormula = (row: number): OracleFormula => {
    const { feed, priceUsd } = oracles[row]!;
    const owner = owners.get(feed)!;
    const { asset } = oracles[owner]!;
    const reference = standing(asset);
    const over: PriceNode =
      reference === undefined
        ? { kind: 'asset', row: asset as AssetRow }
        : { kind: 'reference', row: reference };
    return multiple(feedOf(feed, owner, over), priceUsd);
  };
  /** By what the asset is tied to, else what its family stands for. */
  const familyFormula = (row: number): OracleFormula => {
    const { feed, priceUsd, asset } = oracles[row]!;
    const { reference, tie } = assets[asset]!;
    const anchor = assets.findIndex((_, at) => standing(at) === reference && first.has(at));
    const base = first.get(tie.to !== undefined && first.has(tie.to) ? tie.to : anchor);
    if (base === undefined || base === row)
      return multiple(feedOf(feed, row, { kind: 'reference', row: reference }), priceUsd);
    const below = formulaOf(base);
    return { ...below, multiplier: (below.multiplier * priceUsd) / oracles[base]!.priceUsd };
  };
  const formulaOf = (row: number): OracleFormula => {
    const { isFixed, priceUsd, asset, feed } = oracles[row]!;
    if (isFixed) return constantFormula(priceUsd);
    if (of.isOwn[row]) return familyFormula(row);
    const owner = oracles[owners.get(feed)!]!.asset;
    const isCoins = owner !== asset && standing(owner) !== undefined;
    return isByRate[asset] && !isCoins ? familyFormula(row) : ownFormula(row);
  };
  return formulaOf;
}

/** The first row of each asset that asks a feed. */
function firstRows(oracles: OldBook['oracles'], isPlain: (row: number) => boolean): Map<number, number> {
  const first = new Map<number, number>();
  for (const [row, { asset }] of oracles.entries())
    if (isPlain(row) && !first.has(asset)) first.set(asset, row);
  return first;
}

/** Of the rows that say one feed, the one whose asset it follows: the first that stands for a reference, else the first. */
function feedOwners(
  oracles: OldBook['oracles'],
  of: {
    readonly isPlain: (row: number) => boolean;
    readonly standing: (asset: number) => ReferenceRow | undefined;
  },
): Map<FeedId, number> {
  const owners = new Map<FeedId, number>();
  for (const [row, { feed, asset }] of oracles.entries()) {
    if (!of.isPlain(row)) continue;
    const known = owners.get(feed);
    const isBetter = known !== undefined && of.standing(oracles[known]!.asset) === undefined;
    if (known === undefined || (isBetter && of.standing(asset) !== undefined)) owners.set(feed, row);
  }
  return owners;
}

/** A pair's own answer is its price × 10³⁶ × the answer of the debt's oracle. */
function pairSource({ exact, oracles }: OldBook, { row, debt }: PairPrice): ExactSource | undefined {
  const [answer, debtAnswer] = [BigInt(exact.answer[row]!), BigInt(exact.answer[debt]!)];
  if (oracles[row]!.isFixed || debtAnswer === 0n || answer % debtAnswer !== 0n) return undefined;
  const ratio = { form: 'ratio', base: [], quote: [], scaleFactor: answer / debtAnswer } as const;
  return { form: 'pair', ratio, debt: debt as OracleRow };
}
