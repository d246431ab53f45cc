import type { PriceNode } from '../book.ts';
import type { BookContent } from '../file/canonical.ts';
import { formulaPriceUsd } from '../oracle-formula.ts';
import { MOST_DEPTH, MOST_PRICE_USD, MOST_UNITS } from './most.ts';
import { isNear, isScaled, must, within } from './must.ts';

/** The largest price at a pool, USD: that of what it is quoted in, and the curve's. */
const MOST_MARKET_PRICE_USD = MOST_DEPTH ** 2 * MOST_PRICE_USD;

/** The largest factor of a formula: a rate or the inverse of a price. */
const MOST_FACTOR = 1e90;

/**
 * Checks that the three layers of prices hang together: references, assets tied to them, feeds that follow them, oracles made of
 * feeds, and the integers behind these.
 *
 * @throws BadDataError that names the column and the row.
 */
export function checkPrices(book: BookContent): void {
  for (const [row, { priceUsd }] of book.references.entries())
    must(isPrice(priceUsd), `references[${row}].priceUsd must be above 0 and at most ${MOST_PRICE_USD}`);
  checkFeeds(book);
  checkOracles(book);
  checkAssets(book);
  checkSources(book);
}

function checkFeeds({ feeds, assets, references, exact }: BookContent): void {
  const known = (column: string, row: number, node: PriceNode) =>
    within(column, row, {
      value: node.row,
      rows: node.kind === 'reference' ? references.length : assets.length,
    });
  for (const [row, { over, under, answer, least, greatest, policy }] of feeds.entries()) {
    known('feeds.over', row, over);
    if (under) known('feeds.under', row, under);
    must(isPrice(answer), `feeds[${row}].answer must be above 0 and at most ${MOST_PRICE_USD}`);
    must(
      least >= 0 && answer >= least && answer <= greatest,
      `feeds[${row}].answer must be from its least to its greatest`,
    );
    const { kind, ...numbers } = policy;
    must(
      Object.values(numbers).every((value) => typeof value === 'boolean' || value >= 0),
      `feeds[${row}].policy must have numbers from 0, as ${kind} asks`,
    );
    const integer = exact.feedAnswer[row]!;
    must(integer > 0n, `exact.feedAnswer[${row}] must be above 0`);
    must(
      isScaled(answer, integer),
      `exact.feedAnswer[${row}] must have the digits of feeds[${row}].answer, but they are ${integer} and ${answer}`,
    );
  }
}

function checkOracles({ oracles, assets, feeds, exact }: BookContent): void {
  const answers = Float64Array.from(feeds, ({ answer }) => answer);
  for (const [row, { asset, priceUsd, formula }] of oracles.entries()) {
    within('oracles', row, { value: asset, rows: assets.length });
    must(isPrice(priceUsd), `oracles[${row}].priceUsd must be above 0 and at most ${MOST_PRICE_USD}`);
    for (const term of formula.terms) {
      within('oracles.formula', row, { value: term.feed, rows: feeds.length });
      must(term.greatest > 0, `oracles[${row}].formula must have caps above 0`);
    }
    must(
      formula.multiplier > 0 && formula.multiplier <= MOST_FACTOR && formula.greatest > 0,
      `oracles[${row}].formula must have a multiplier above 0 and at most ${MOST_FACTOR}, and a cap above 0`,
    );
    const givenUsd = formulaPriceUsd(formula, answers);
    must(
      isNear(givenUsd, priceUsd),
      `oracles[${row}].priceUsd must be what its formula gives, ${givenUsd}, but is ${priceUsd}`,
    );
    const answer = exact.answer[row]!;
    must(answer > 0n, `exact.answer[${row}] must be above 0`);
    must(
      isScaled(priceUsd, answer),
      `exact.answer[${row}] must have the digits of oracles[${row}].priceUsd, but they are ${answer} and ${priceUsd}`,
    );
  }
}

function checkAssets({ assets, references, oracles }: BookContent): void {
  const firstUsd = new Map(oracles.toReversed().map(({ asset, priceUsd }) => [asset as number, priceUsd]));
  for (const [row, { tie, reference, oraclePriceUsd, marketPriceUsd }] of assets.entries()) {
    within('assets.reference', row, { value: reference, rows: references.length });
    must(
      isPrice(oraclePriceUsd),
      `assets[${row}].oraclePriceUsd must be above 0 and at most ${MOST_PRICE_USD}`,
    );
    const first = firstUsd.get(row) ?? oraclePriceUsd;
    must(
      isNear(first, oraclePriceUsd),
      `assets[${row}].oraclePriceUsd must be the first of its oracles, ${first}, but is ${oraclePriceUsd}`,
    );
    must(
      marketPriceUsd === undefined || (marketPriceUsd >= 0 && marketPriceUsd <= MOST_MARKET_PRICE_USD),
      `assets[${row}].marketPriceUsd must be a price`,
    );
    if (tie.to !== undefined) within('assets.tie.to', row, { value: tie.to, rows: assets.length });
    let next: number | undefined = row;
    for (let step = 0; next !== undefined && step <= assets.length; step++) next = assets[next]?.tie.to;
    must(next === undefined, `assets[${row}] must not be tied to itself`);
    const below = tie.to === undefined ? undefined : assets[tie.to]!;
    must(
      below === undefined || below.reference === reference,
      `assets[${row}].reference must be that of what it is tied to`,
    );
    const ratio = oraclePriceUsd / (below?.oraclePriceUsd ?? references[reference]!.priceUsd);
    must(
      isNear(tie.ratio, ratio),
      `assets[${row}].tie.ratio must be its price ÷ that of what it is tied to, ${ratio}, but is ${tie.ratio}`,
    );
    must(
      tie.redeemedFor === undefined || isPrice(tie.redeemedFor),
      `assets[${row}].tie.redeemedFor must be above 0 and at most ${MOST_PRICE_USD}, or left out where it is the ratio`,
    );
    must(
      isUnits(tie.capacity),
      `assets[${row}].tie.capacity must be from 0 to ${MOST_UNITS}, or null where it has no end`,
    );
  }
}

/** What oracles' integers follow from is in the book, and a pair's debt has a price of its own. */
function checkSources({ exact, feeds, oracles }: BookContent): void {
  const ids = new Set(feeds.map(({ id }) => id));
  for (const [row, source] of exact.source.entries()) {
    if (!source) continue;
    const asked = source.form === 'feed' ? [source.feed] : [...source.ratio.base, ...source.ratio.quote];
    for (const feed of asked)
      must(
        ids.has(feed) || exact.adapters.has(feed),
        `exact.source[${row}] names the feed ${feed}, which the book lacks`,
      );
    if (source.form === 'feed') continue;
    within('exact.source', row, { value: source.debt, rows: oracles.length });
    must(
      exact.source[source.debt]?.form !== 'pair',
      `exact.source[${row}] must have a debt whose price is no pair's`,
    );
  }
}

const isPrice = (value: number) => value > 0 && value <= MOST_PRICE_USD;

/** Whether an amount of whole units may be; undefined = without an end. */
export const isUnits = (value: number | undefined): boolean =>
  value === undefined || (value >= 0 && value <= MOST_UNITS);
