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
  const feeds: BookFeed[] = [];
  const feedAnswer: bigint[] = [];
  const rowOf = new Map<FeedId, FeedRow>();
  const feedOf = (id: FeedId, row: number, over: PriceNode): FeedRow => {
    const known = rowOf.get(id);
    if (known !== undefined) return known;
    const table = over.kind === 'reference' ? assets.references : assets.assets;
    feeds.push({
      ...{ id, label: `${table[over.row]!.symbol} / USD`, answer: book.oracles[row]!.priceUsd, over },
      ...{ under: undefined, policy: { kind: 'at-once' }, least: 0, greatest: Infinity },
    });
    feedAnswer.push(BigInt(book.exact.answer[row]!));
    const made = (feeds.length - 1) as FeedRow;
    rowOf.set(id, made);
    return made;
  };
  /** So much of what a feed answers that it is a price now. */
  const multiple = (feed: FeedRow, priceUsd: number): OracleFormula => ({
    multiplier: priceUsd === feeds[feed]!.answer ? 1 : priceUsd / feeds[feed]!.answer,
    terms: [{ feed, power: 1, greatest: Infinity }],
    greatest: Infinity,
  });
  const isOwn = (row: number) => pairs.isOwn[row]!;
  const isPlain = (row: number) => !book.oracles[row]!.isFixed && !isOwn(row);
  const first = firstRows(book, isPlain);
  const standing = (asset: number) => {
    const { tie, reference } = assets.assets[asset]!;
    const isReference = tie.to === undefined && (tie.kind === 'none' || tie.kind === 'wrapped');
    return isReference ? reference : undefined;
  };
  const nodeOf = (asset: number): PriceNode => {
    const reference = standing(asset);
    if (reference !== undefined) return { kind: 'reference', row: reference };
    return { kind: 'asset', row: asset as AssetRow };
  };
  const owners = feedOwners(book, { isPlain, standing });
  const plainFormula = (row: number): OracleFormula => {
    const { feed: id, priceUsd } = book.oracles[row]!;
    const owner = owners.get(id)!;
    return multiple(feedOf(id, owner, nodeOf(book.oracles[owner]!.asset)), priceUsd);
  };
  /** By what the asset's family stands for. */
  const familyFormula = (row: number): OracleFormula => {
    const { feed: id, priceUsd, asset } = book.oracles[row]!;
    const { reference, tie } = assets.assets[asset]!;
    const anchor = assets.assets.findIndex((_, at) => standing(at) === reference && first.has(at));
    const base = tie.to !== undefined && first.has(tie.to) ? tie.to : anchor;
    if (base === -1 || first.get(base) === row) {
      const over: PriceNode = { kind: 'reference', row: reference as ReferenceRow };
      return multiple(feedOf(id, row, over), priceUsd);
    }
    const below = formulaOf(first.get(base)!);
    const baseUsd = book.oracles[first.get(base)!]!.priceUsd;
    return { ...below, multiplier: (below.multiplier * priceUsd) / baseUsd, greatest: Infinity };
  };
  const formulaOf = (row: number): OracleFormula => {
    const { isFixed, priceUsd, asset, feed } = book.oracles[row]!;
    if (isFixed) return constantFormula(priceUsd);
    if (isOwn(row)) return familyFormula(row);
    const isShared = book.oracles[owners.get(feed)!]!.asset !== asset;
    return assets.isByRate[asset] && !isShared ? familyFormula(row) : plainFormula(row);
  };
  const inUnitsOf = ({ row, debt }: PairPrice): OracleFormula => {
    const below = formulaOf(debt);
    const ratio = book.oracles[row]!.priceUsd / book.oracles[debt]!.priceUsd;
    return { ...below, multiplier: below.multiplier * ratio, greatest: below.greatest * ratio };
  };
  /** What is a feed's own answer follows it to the last unit; all else in proportion. */
  const feedSource = (answer: bigint, { terms, multiplier }: OracleFormula): ExactSource | undefined => {
    const [term] = terms;
    if (!term || multiplier !== 1 || feedAnswer[term.feed] !== answer) return undefined;
    return { form: 'feed', feed: feeds[term.feed]!.id };
  };
  const oracles: BookOracle[] = [];
  const source: (ExactSource | undefined)[] = [];
  const add = (row: number, pair: PairPrice | undefined) => {
    const { feed: id, asset, priceUsd } = book.oracles[row]!;
    const formula = pair ? inUnitsOf(pair) : formulaOf(row);
    oracles.push({ id: pair?.id ?? id, asset: asset as AssetRow, formula, priceUsd });
    source.push(pair ? pairSource(book, pair) : feedSource(BigInt(book.exact.answer[row]!), formula));
  };
  for (const row of book.oracles.keys()) add(row, pairs.inPlace.get(row));
  for (const pair of pairs.added) add(pair.row, pair);
  const answerRows = [...book.oracles.keys(), ...pairs.added.map(({ row }) => row)];
  const answer = answerRows.map((row) => BigInt(book.exact.answer[row]!));
  return { feeds, oracles, legOracle: pairs.legOracle, exact: { feedAnswer, answer, source } };
}

/** The first row of each asset that asks a feed. */
function firstRows({ oracles }: OldBook, isPlain: (row: number) => boolean): Map<number, number> {
  const first = new Map<number, number>();
  for (const [row, { asset }] of oracles.entries())
    if (isPlain(row) && !first.has(asset)) first.set(asset, row);
  return first;
}

/** Of the rows that say one feed, the one whose asset it follows: the first that stands for a reference, else the first. */
function feedOwners(
  { oracles }: OldBook,
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
