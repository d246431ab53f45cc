import type { Address, Mechanism } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { AssetRow, Book, BookAsset, VenueRow } from './book.ts';
import { checkBook } from './check-book.ts';
import type { Coverage } from './coverage.ts';
import type { DepthCurve } from './depth.ts';
import { BOOK_FORMAT, BOOK_VERSION, hashBook } from './export-book.ts';
import { readField, type Field } from './json-field.ts';

/**
 * Reads what `exportBook` wrote.
 *
 * @throws BadDataError that names the field at fault, when the text is not JSON, of another format or version, when
 *   a field is missing or of the wrong kind, when columns do not fit together, or when the hash is not the content's.
 */
export function importBook(text: string): Book {
  const file = readField(parse(text), 'book');
  const format = file.at('format').text();
  const version = file.at('version').integer();
  if (format !== BOOK_FORMAT)
    throw new BadDataError(`this is not a book: its format is "${format}", not "${BOOK_FORMAT}"`);
  if (version !== BOOK_VERSION) {
    throw new BadDataError(
      `the book is of version ${version}, this program reads version ${BOOK_VERSION}; export it again`,
    );
  }
  const hash = file.at('hash').text();
  const content = readContent(file.at('content'));
  checkBook(content);
  const actual = hashBook(content);
  if (actual !== hash) {
    throw new BadDataError(
      `the book was changed after its export: it states hash ${hash}, its content has ${actual}`,
    );
  }
  return { ...content, hash };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadDataError(
      `the book is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function readContent(content: Field): Omit<Book, 'hash'> {
  return {
    chainId: content.at('chainId').integer(),
    block: content.at('block').integer(),
    time: content.at('time').integer(),
    assets: content.at('assets').list(readAsset),
    oracles: content.at('oracles').list((row) => ({
      feed: row.at('feed').text(),
      asset: row.at('asset').integer() as AssetRow,
      priceUsd: row.at('priceUsd').number(),
    })),
    venues: content.at('venues').list((row) => ({
      id: row.at('id').text(),
      protocol: row.at('protocol').text(),
      version: row.at('version').text(),
      mechanism: readMechanism(row.at('mechanism')),
    })),
    markets: content.at('markets').list((row) => ({
      venue: row.at('venue').integer() as VenueRow,
      id: row.at('id').text(),
      label: row.at('label').text(),
    })),
    ...readRows(content),
    depth: content.at('depth').list((curve) => (curve.isNull() ? undefined : readCurve(curve))),
    coverage: readCoverage(content.at('coverage')),
    exact: {
      answer: content.at('exact').at('answer').list(readBigint),
      amount: content.at('exact').at('amount').list(readBigint),
      threshold: content.at('exact').at('threshold').list(readBigint),
      priceScale: content.at('exact').at('priceScale').list(readBigint),
    },
  };
}

function readRows(content: Field): Pick<Book, 'accounts' | 'legs'> {
  const accounts = content.at('accounts');
  const legs = content.at('legs');
  const owner = accounts.at('owner').list(readAddress);
  const integers = (field: Field) => field.list((value) => value.integer());
  const numbers = (name: string) => Float64Array.from(legs.at(name).list((value) => value.number()));
  const amount = numbers('amount');
  return {
    accounts: {
      count: owner.length,
      venue: Uint16Array.from(integers(accounts.at('venue'))),
      owner,
      legStart: Uint32Array.from(integers(accounts.at('legStart'))),
    },
    legs: {
      count: amount.length,
      market: Uint32Array.from(integers(legs.at('market'))),
      asset: Uint32Array.from(integers(legs.at('asset'))),
      oracle: Uint32Array.from(integers(legs.at('oracle'))),
      side: Int8Array.from(integers(legs.at('side'))),
      amount,
      liquidationThreshold: numbers('liquidationThreshold'),
      liquidationBonus: numbers('liquidationBonus'),
      liquidationProtocolFee: numbers('liquidationProtocolFee'),
    },
  };
}

function readAsset(row: Field): BookAsset {
  return {
    address: readAddress(row.at('address')),
    symbol: row.at('symbol').text(),
    decimals: row.at('decimals').integer(),
    oraclePriceUsd: row.at('oraclePriceUsd').number(),
    marketPriceUsd: row.at('marketPriceUsd').optionalNumber(),
  };
}

function readCurve(curve: Field): DepthCurve {
  const numbers = (name: string) => Float64Array.from(curve.at(name).list((value) => value.number()));
  return {
    asset: curve.at('asset').integer() as AssetRow,
    quote: curve.at('quote').integer() as AssetRow,
    sqrtPrice: numbers('sqrtPrice'),
    liquidity: numbers('liquidity'),
    startSqrtPrice: curve.at('startSqrtPrice').number(),
    feeRatio: curve.at('feeRatio').number(),
  };
}

function readCoverage(coverage: Field): Coverage {
  return {
    accounts: coverage.at('accounts').integer(),
    modelledDebtUsd: coverage.at('modelledDebtUsd').number(),
    knownDebtUsd: coverage.at('knownDebtUsd').number(),
    share: coverage.at('share').number(),
    gaps: coverage.at('gaps').list((gap) => ({
      source: gap.at('source').text(),
      reason: gap.at('reason').text(),
      count: gap.at('count').integer(),
      debtUsd: gap.at('debtUsd').optionalNumber(),
    })),
  };
}

function readMechanism(field: Field): Mechanism {
  const name = field.text();
  if (name !== 'pooled-lending' && name !== 'isolated-pair')
    throw field.error('pooled-lending or isolated-pair');
  return name;
}

function readAddress(field: Field): Address {
  const text = field.text();
  if (!/^0x[0-9a-f]{40}$/.test(text)) throw field.error('a lower-case address');
  return text as Address;
}

function readBigint(field: Field): bigint {
  const text = field.text();
  if (!/^(0|-?[1-9]\d*)$/.test(text)) throw field.error('an integer as a decimal string');
  return BigInt(text);
}
