import { BadDataError } from '@undertow/units';
import type { Book } from '../book.ts';
import { findAsset } from '../find-asset.ts';
import { findMarket } from '../find-market.ts';
import {
  MARKET_TERMS,
  VENUE_TERMS,
  type MarketTerm,
  type OracleChange,
  type TermsOverride,
  type VenueTerm,
} from './override.ts';

interface Parts {
  readonly where: string;
  readonly field: string;
  readonly value: string;
}

/**
 * What people write: a venue, one of its markets or assets, and what it is to be: `<venue> WETH liquidationThreshold=0.80`. The first
 * `=` that has a word of letters before it and something after it divides; `undefined` where none does. No regular expression: one would
 * take time in the square of a text, or worse.
 */
export function takeApart(text: string): Parts | undefined {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const [before, value] = [text.slice(0, at).trimEnd(), text.slice(at + 1).trim()];
    let start = before.length;
    while (start > 0 && isLetter(before[start - 1]!)) start--;
    const isWord = start < before.length && (start === 0 || !/\w/.test(before[start - 1]!));
    if (isWord && value !== '')
      return { where: before.slice(0, start).trim(), field: before.slice(start), value };
  }
  return undefined;
}

const isLetter = (sign: string) => /[A-Za-z]/.test(sign);

const HOW =
  'write "<venue> <market> liquidationThreshold=0.80", "<venue> closeFactor=1", "<venue> <asset> oracle=constant", ' +
  '"…=constant(1)", "…=market", "…=rate" or "…=cap(1.04)", or "<asset> depth=0.5"';

/**
 * Reads an override as a person writes it, with markets by label or id and assets by symbol or address.
 *
 * @throws BadDataError that says what is not known or not understood, and what is.
 */
export function parseOverride(book: Book, text: string): TermsOverride {
  const parts = takeApart(text);
  if (!parts) throw new BadDataError(`${quoted(text)} is not understood: ${HOW}`);
  const { where, field, value } = parts;
  if (field === 'depth') return { kind: 'depth', asset: assetOf(book, where), factor: numberOf(value, text) };
  const { venue, name } = venueOf(book, where);
  if (field === 'oracle')
    return { kind: 'oracle', venue, asset: assetOf(book, name), to: oracleChange(value, text) };
  if (isVenueTerm(field)) {
    if (name !== '')
      throw new BadDataError(`${field} is a term of all of ${venue}: leave out ${quoted(name)}`);
    return { kind: 'venue', venue, field, value: numberOf(value, text) };
  }
  if (!isMarketTerm(field)) {
    const known = [...MARKET_TERMS, ...VENUE_TERMS, 'oracle', 'depth'].join(', ');
    throw new BadDataError(`there is no term ${quoted(field)}; there are ${known}`);
  }
  return { kind: 'market', venue, market: marketOf(book, venue, name), field, value: numberOf(value, text) };
}

/** An override as `parseOverride` reads it. */
export function overrideText(book: Book, override: TermsOverride): string {
  switch (override.kind) {
    case 'market': {
      const { venue, field, value } = override;
      const market = book.markets.find(
        ({ id, venue: row }) => id === override.market && book.venues[row]!.id === venue,
      );
      const twins = book.markets.filter(
        (one) => one.label === market?.label && book.venues[one.venue]!.id === venue,
      );
      const name = market && twins.length === 1 ? market.label : override.market;
      return `${venue} ${name} ${field}=${value}`;
    }
    case 'venue':
      return `${override.venue} ${override.field}=${override.value}`;
    case 'oracle':
      return `${override.venue} ${symbolOf(book, override.asset)} oracle=${oracleText(override.to)}`;
    case 'depth':
      return `${symbolOf(book, override.asset)} depth=${override.factor}`;
  }
}

const isVenueTerm = (field: string): field is VenueTerm => VENUE_TERMS.some((term) => term === field);
const isMarketTerm = (field: string): field is MarketTerm => MARKET_TERMS.some((term) => term === field);

/** A venue's id has no spaces; what follows names a market or an asset. */
function venueOf({ venues }: Book, where: string) {
  const [first = '', ...rest] = where.split(/\s+/);
  const venue = venues.find(({ id }) => id === first);
  if (venue) return { venue: venue.id, name: rest.join(' ') };
  const known = venues.map(({ id }) => id).join(', ') || 'none';
  throw new BadDataError(`the book has no venue ${quoted(first)}; it has ${known}`);
}

function marketOf(book: Book, venue: string, name: string) {
  const found = findMarket(book, venue, name);
  if ('problem' in found) throw new BadDataError(found.problem);
  return book.markets[found.row]!.id;
}

function assetOf(book: Book, name: string) {
  const found = findAsset(book, name);
  if ('problem' in found) throw new BadDataError(found.problem);
  return found.asset.address;
}

const symbolOf = ({ assets }: Book, address: string) =>
  assets.find((asset) => asset.address === address)?.symbol ?? address;

function oracleChange(value: string, text: string): OracleChange {
  const [, form, , inner] = /^([a-z]+)(\((.*)\))?$/.exec(value) ?? [];
  if (form === 'market' && inner === undefined) return { form };
  if (form === 'rate' && inner === undefined) return { form };
  if (form === 'constant' && inner === undefined) return { form };
  if (form === 'constant') return { form, priceUsd: numberOf(inner!, text) };
  if (form === 'cap' && inner !== undefined) return { form, priceUsd: numberOf(inner, text) };
  throw new BadDataError(
    `${quoted(value)} is no way to price an asset: write constant, constant(1), market, rate or cap(1.04)`,
  );
}

function oracleText(change: OracleChange): string {
  if (change.form === 'market' || change.form === 'rate') return change.form;
  return change.priceUsd === undefined ? change.form : `${change.form}(${change.priceUsd})`;
}

function numberOf(value: string, text: string): number {
  const isPercent = /^-?[\d.]+\s*%$/.test(value);
  const number = Number(isPercent ? value.replace('%', '') : value) / (isPercent ? 100 : 1);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new BadDataError(`${quoted(value)} in ${quoted(text)} is not a number`);
}

/** As much of what somebody wrote as a message repeats. */
const quoted = (text: string) => JSON.stringify(text.slice(0, 100));
