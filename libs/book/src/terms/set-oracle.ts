import { BadDataError } from '@undertow/units';
import type { BookFeed, BookOracle, PriceNode } from '../book.ts';
import type { BookContent } from '../file/canonical.ts';
import { constantFormula, feedFormula, formulaPriceUsd, type OracleFormula } from '../oracle-formula.ts';
import type { AssetRow, FeedRow, OracleRow, VenueRow } from '../rows.ts';
import { assetRow, venueRow } from './find-row.ts';
import type { OracleChange, TermsOverride } from './override.ts';

/**
 * A book in which a venue prices an asset in another way. Every oracle that the venue asks for the asset gets a row of its own with
 * the new formula, so that other venues keep theirs. At a pair a constant is in units of the asset owed.
 */
export function withOracle(
  book: BookContent,
  { venue: id, asset, to }: Extract<TermsOverride, { kind: 'oracle' }>,
): BookContent {
  const venue = venueRow(book, id);
  const row = assetRow(book, asset);
  const asked = oraclesAsked(book, venue, row);
  if (asked.length === 0)
    throw new BadDataError(
      `no account at ${id} has ${book.assets[row]!.symbol}, so that its oracle is not asked`,
    );
  let changed = book;
  for (const oracle of asked) changed = withFormula(changed, { venue, oracle, to });
  return changed;
}

/** The oracles of an asset that the legs, funds and options of a venue name. */
function oraclesAsked(book: BookContent, venue: VenueRow, asset: AssetRow): OracleRow[] {
  const asked = new Set<number>();
  forLegsOf(book, venue, (leg) => asked.add(book.legs.oracle[leg]!));
  for (const fund of book.funds) if (fund.venue === venue) asked.add(fund.oracle);
  for (const series of book.instruments) if (series.venue === venue) asked.add(series.underlying);
  return [...asked].filter((row) => book.oracles[row]!.asset === asset).sort((a, b) => a - b) as OracleRow[];
}

function forLegsOf({ accounts }: BookContent, venue: VenueRow, each: (leg: number) => void): void {
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venue) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) each(leg);
  }
}

interface Change {
  readonly venue: VenueRow;
  readonly oracle: OracleRow;
  readonly to: OracleChange;
}

function withFormula(book: BookContent, { venue, oracle, to }: Change): BookContent {
  const before = book.oracles[oracle]!;
  const { feeds, formula } = formulaFor(book, oracle, to);
  const answers = Float64Array.from(feeds, ({ answer }) => answer);
  const priceUsd = formulaPriceUsd(formula, answers);
  if (!(priceUsd > 0 && Number.isFinite(priceUsd)))
    throw new BadDataError(`${book.assets[before.asset]!.symbol} cannot be priced at ${priceUsd} USD`);
  const venueId = book.venues[venue]!.id;
  const added: BookOracle = { id: `${venueId}:${before.id}`, asset: before.asset, formula, priceUsd };
  const row = book.oracles.length as OracleRow;
  const { exact, legs } = book;
  const ofLegs = legs.oracle.slice();
  forLegsOf(book, venue, (leg) => {
    if (ofLegs[leg] === oracle) ofLegs[leg] = row;
  });
  const feedAnswer = [...exact.feedAnswer];
  for (const feed of feeds.slice(exact.feedAnswer.length)) feedAnswer.push(rawAnswer(feed));
  const answer = scaled(exact.answer[oracle]!, priceUsd / before.priceUsd);
  return {
    ...book,
    feeds,
    oracles: [...book.oracles, added],
    legs: { ...legs, oracle: ofLegs },
    funds: book.funds.map((fund) =>
      fund.venue === venue && fund.oracle === oracle ? { ...fund, oracle: row } : fund,
    ),
    instruments: book.instruments.map((series) =>
      series.venue === venue && series.underlying === oracle ? { ...series, underlying: row } : series,
    ),
    exact: {
      ...exact,
      feedAnswer,
      answer: [...exact.answer, answer],
      source: [...exact.source, undefined],
    },
  };
}

/** Decimals of the answers of a feed that no contract has. */
const FEED_SCALE = 1e18;
const rawAnswer = ({ answer }: BookFeed) => BigInt(Math.round(answer * FEED_SCALE));

const scaled = (answer: bigint, factor: number) =>
  factor === 1 ? answer : BigInt(Math.round(Number(answer) * factor));

interface Formula {
  /** The book's, and one more where the formula needs it. */
  readonly feeds: readonly BookFeed[];
  readonly formula: OracleFormula;
}

function formulaFor(book: BookContent, row: OracleRow, to: OracleChange): Formula {
  const { feeds, oracles, exact } = book;
  const before = oracles[row]!;
  const source = exact.source[row];
  switch (to.form) {
    case 'constant': {
      if (source?.form !== 'pair') return { feeds, formula: constantFormula(to.priceUsd ?? before.priceUsd) };
      const debt = oracles[source.debt]!;
      const ratio = to.priceUsd ?? before.priceUsd / debt.priceUsd;
      const { multiplier, terms } = debt.formula;
      return { feeds, formula: { multiplier: multiplier * ratio, terms, greatest: Infinity } };
    }
    case 'cap':
      return { feeds, formula: { ...before.formula, greatest: to.priceUsd } };
    case 'market': {
      const feed = marketFeed(book, before.asset);
      const known = feeds.findIndex(({ id }) => id === feed.id);
      if (known !== -1) return { feeds, formula: feedFormula(known as FeedRow) };
      return { feeds: [...feeds, feed], formula: feedFormula(feeds.length as FeedRow) };
    }
    case 'rate':
      return { feeds, formula: rateFormula(book, before) };
  }
}

/** A feed that answers where an asset's own market stands. */
function marketFeed({ assets }: BookContent, row: AssetRow): BookFeed {
  const { symbol, oraclePriceUsd, reference, tie } = assets[row]!;
  const isReference = tie.to === undefined && (tie.kind === 'none' || tie.kind === 'wrapped');
  const over: PriceNode = isReference ? { kind: 'reference', row: reference } : { kind: 'asset', row };
  return {
    id: `market:${assets[row]!.address}`,
    label: `market of ${symbol}`,
    answer: oraclePriceUsd,
    over,
    under: undefined,
    policy: { kind: 'at-once' },
    least: 0,
    greatest: Infinity,
  };
}

/** The first price of what an asset is tied to, times the ratio of the tie. */
function rateFormula({ assets, oracles }: BookContent, { asset }: BookOracle): OracleFormula {
  const { tie, symbol } = assets[asset]!;
  const base = tie.to === undefined ? undefined : oracles.find((oracle) => oracle.asset === tie.to);
  if (!base)
    throw new BadDataError(`${symbol} is not tied to an asset with a price, so that there is no rate`);
  const { multiplier, terms, greatest } = base.formula;
  return { multiplier: multiplier * tie.ratio, terms, greatest: greatest * tie.ratio };
}
