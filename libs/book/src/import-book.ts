import { FUND_KINDS, MECHANISMS, type Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type {
  AssetDepth,
  AssetRow,
  Book,
  BookAsset,
  BookFund,
  BookInstrument,
  OracleRow,
  VenueRow,
} from './book.ts';
import { checkBook } from './check-book.ts';
import { GAP_KINDS, GAP_UNITS, type Coverage } from './coverage.ts';
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
      isFixed: row.at('isFixed').truth(),
    })),
    venues: content.at('venues').list((row) => ({
      id: row.at('id').text(),
      protocol: row.at('protocol').text(),
      version: row.at('version').text(),
      mechanism: readOneOf(row.at('mechanism'), MECHANISMS),
    })),
    markets: content.at('markets').list((row) => ({
      venue: row.at('venue').integer() as VenueRow,
      id: row.at('id').text(),
      label: row.at('label').text(),
    })),
    ...readRows(content),
    funds: content.at('funds').list(readFund),
    instruments: content.at('instruments').list(readInstrument),
    depth: content.at('depth').list((curve) => (curve.isNull() ? undefined : readCurve(curve))),
    coverage: readCoverage(content.at('coverage')),
    exact: {
      answer: content.at('exact').at('answer').list(readBigint),
      amount: content.at('exact').at('amount').list(readBigint),
      threshold: content.at('exact').at('threshold').list(readBigint),
      marketState: content
        .at('exact')
        .at('marketState')
        .list((state) => state.list(readBigint)),
      accountState: content
        .at('exact')
        .at('accountState')
        .list((state) => state.list(readBigint)),
    },
  };
}

function readRows(content: Field): Pick<Book, 'accounts' | 'legs'> {
  const accounts = content.at('accounts');
  const legs = content.at('legs');
  const owner = accounts.at('owner').list(readAddress);
  // Checked before they are in typed arrays, which would wrap what does not fit and hide the change from the hash.
  const integers = (field: Field, least: number, most: number) =>
    field.list((value) => value.integerWithin(least, most));
  const numbers = (name: string) => Float64Array.from(legs.at(name).list((value) => value.number()));
  const amount = numbers('amount');
  return {
    accounts: {
      count: owner.length,
      venue: Uint16Array.from(integers(accounts.at('venue'), 0, 2 ** 16 - 1)),
      owner,
      market: accounts.at('market').list((name) => name.text()),
      legStart: Uint32Array.from(integers(accounts.at('legStart'), 0, 2 ** 32 - 1)),
    },
    legs: {
      count: amount.length,
      market: Uint32Array.from(integers(legs.at('market'), 0, 2 ** 32 - 1)),
      asset: Uint32Array.from(integers(legs.at('asset'), 0, 2 ** 32 - 1)),
      oracle: Uint32Array.from(integers(legs.at('oracle'), 0, 2 ** 32 - 1)),
      side: Int8Array.from(integers(legs.at('side'), -1, 1)),
      amount,
      liquidationThreshold: numbers('liquidationThreshold'),
      liquidationBonus: numbers('liquidationBonus'),
      liquidationProtocolFee: numbers('liquidationProtocolFee'),
      maintenanceMargin: numbers('maintenanceMargin'),
      instrument: Int32Array.from(integers(legs.at('instrument'), -1, 2 ** 31 - 1)),
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
    ...readDerivation(row.at('derivedFrom')),
  };
}

function readDerivation(field: Field): Pick<BookAsset, 'derivedFrom'> {
  if (field.isNull()) return {};
  const asset = field.at('asset').integer() as AssetRow;
  const ratio = field.at('ratio').number();
  return { derivedFrom: { asset, ratio, isRedeemable: field.at('isRedeemable').truth() } };
}

function readFund(row: Field): BookFund {
  return {
    venue: row.at('venue').integer() as VenueRow,
    kind: readOneOf(row.at('kind'), FUND_KINDS),
    asset: row.at('asset').integer() as AssetRow,
    oracle: row.at('oracle').integer() as OracleRow,
    amount: row.at('amount').number(),
  };
}

function readInstrument(row: Field): BookInstrument {
  const numbers = (name: string) => Float64Array.from(row.at(name).list((value) => value.number()));
  return {
    venue: row.at('venue').integer() as VenueRow,
    id: row.at('id').text(),
    label: row.at('label').text(),
    underlying: row.at('underlying').integer() as OracleRow,
    isCall: row.at('isCall').truth(),
    strikeUsd: row.at('strikeUsd').number(),
    expiry: row.at('expiry').integer(),
    spotUsd: numbers('spotUsd'),
    volatilityFactor: numbers('volatilityFactor'),
    valueUsd: numbers('valueUsd'),
    closingUsd: numbers('closingUsd'),
    marginUsd: numbers('marginUsd'),
    leastMargin: {
      amount: row.at('leastMargin').at('amount').number(),
      mostPerContract: row.at('leastMargin').at('mostPerContract').optionalNumber(),
      inUnderlying: row.at('leastMargin').at('inUnderlying').truth(),
    },
    penalty: {
      share: row.at('penalty').at('share').number(),
      leastUsd: row.at('penalty').at('leastUsd').number(),
      liquidatorShare: row.at('penalty').at('liquidatorShare').number(),
      exchangeFee: row.at('penalty').at('exchangeFee').number(),
    },
  };
}

function readCurve(curve: Field): AssetDepth {
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
      kind: readOneOf(gap.at('kind'), GAP_KINDS),
      source: gap.at('source').text(),
      reason: gap.at('reason').text(),
      count: gap.at('count').integer(),
      unit: readOneOf(gap.at('unit'), GAP_UNITS),
      debtUsd: gap.at('debtUsd').optionalNumber(),
    })),
  };
}

function readOneOf<T extends string>(field: Field, names: readonly T[]): T {
  const name = field.text();
  const known = names.find((one) => one === name);
  if (known === undefined) throw field.error(`one of ${names.join(', ')}`);
  return known;
}

function readAddress(field: Field): Address {
  const text = field.text();
  if (!/^0x[0-9a-f]{40}$/.test(text)) throw field.error('a lower-case address');
  return text as Address;
}

/** Digits of the longest integer of a book: the product of two words of 256 bits. */
const MOST_DIGITS = 155;

function readBigint(field: Field): bigint {
  const text = field.text();
  if (text.length > MOST_DIGITS + 1) throw field.error(`an integer of at most ${MOST_DIGITS} digits`);
  if (!/^(0|-?[1-9]\d*)$/.test(text)) throw field.error('an integer as a decimal string');
  return BigInt(text);
}
