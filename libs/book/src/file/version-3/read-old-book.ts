import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { BadDataError } from '@undertow/units';
import type { AssetDepth, BookFund, BookInstrument, LegColumns } from '../../book.ts';
import type { AssetRow, OracleRow, VenueRow } from '../../rows.ts';
import type { BookContent } from '../canonical.ts';
import { readBy } from '../parse-json.ts';
import { modelledDebtUsd } from '../../debt-by-venue.ts';
import { checkOldRows } from './check-old-rows.ts';
import { oldAssets } from './old-assets.ts';
import { oldPrices } from './old-prices.ts';
import { oldVenues } from './old-venues.ts';
import { oldBookSchema, type OldBook } from './schema.ts';

/** The version of the file that is read here. */
export const OLD_BOOK_VERSION = 3;

/**
 * The book of a file of version 3 in its present form; to be checked as any other. What version 3 could not say is assumed:
 *
 * - families are read off names, prices and who lends what against what (`kinOf`); what is redeemed at a rate is priced by the rate;
 * - feeds follow their markets at once and without bounds; a pair's own price is in units of what it lends (`pairPrices`);
 * - the terms of a leg are those of its own market; the borrowing limit is the threshold; markets have no caps.
 *
 * @throws BadDataError that names the field at fault, or when the hash is not the content's.
 */
export function readOldBook(file: unknown): BookContent {
  const { hash, content } = readBy(oldBookSchema, file, 'book');
  const actual = bytesToHex(sha256(utf8ToBytes(JSON.stringify(content))));
  if (actual !== hash)
    throw new BadDataError(
      `the book was changed after its export: it states hash ${hash}, its content has ${actual}`,
    );
  checkOldRows(content);
  return renewed(content);
}

function renewed(old: OldBook): BookContent {
  const assets = oldAssets(old);
  const prices = oldPrices(old, assets);
  const venues = oldVenues(old);
  const { chainId, block, time, accounts, exact } = old;
  const content: Omit<BookContent, 'coverage'> = {
    ...{ chainId, block, time },
    references: assets.references,
    assets: assets.assets.map((asset, row) => ({
      ...asset,
      marketPriceUsd: old.assets[row]!.marketPriceUsd ?? undefined,
    })),
    feeds: prices.feeds,
    oracles: prices.oracles,
    venues: venues.venues,
    markets: old.markets.map(({ venue, id, label }) => ({
      ...{ venue: venue as VenueRow, id, label, supplyCap: undefined, borrowCap: undefined },
    })),
    accounts: {
      count: accounts.owner.length,
      venue: Uint16Array.from(accounts.venue),
      ...{ owner: accounts.owner, market: accounts.market },
      legStart: Uint32Array.from(accounts.legStart),
      stake: venues.stake,
    },
    legs: legColumns(old, { role: venues.role, oracle: prices.legOracle }),
    funds: old.funds.map((fund) => fund as unknown as BookFund),
    instruments: old.instruments.map(instrumentOf),
    depth: old.depth.map((curve) => (curve ? depthOf(curve) : undefined)),
    exact: {
      ...prices.exact,
      ...venues.exact,
      adapters: new Map(),
      amount: exact.amount.map(BigInt),
      threshold: exact.threshold.map(BigInt),
    },
  };
  return { ...content, coverage: coverageNow(old, content) };
}

/** Files of that version counted written options at the value of what they are on; what is missing is what it was. */
function coverageNow({ coverage }: OldBook, content: Omit<BookContent, 'coverage'>): BookContent['coverage'] {
  const modelled = modelledDebtUsd(content);
  const known = modelled + Math.max(0, coverage.knownDebtUsd - coverage.modelledDebtUsd);
  return {
    accounts: coverage.accounts,
    modelledDebtUsd: modelled,
    knownDebtUsd: known,
    share: known === 0 ? 1 : modelled / known,
    gaps: coverage.gaps.map((gap) => ({ ...gap, debtUsd: gap.debtUsd ?? undefined })),
  };
}

function legColumns(
  { legs }: OldBook,
  { role, oracle }: { readonly role: Uint8Array; readonly oracle: Uint32Array },
): LegColumns {
  return {
    count: legs.amount.length,
    market: Uint32Array.from(legs.market),
    termsMarket: Uint32Array.from(legs.market),
    asset: Uint32Array.from(legs.asset),
    ...{ oracle, role },
    side: Int8Array.from(legs.side),
    amount: Float64Array.from(legs.amount),
    liquidationThreshold: Float64Array.from(legs.liquidationThreshold),
    loanToValue: Float64Array.from(legs.liquidationThreshold),
    liquidationBonus: Float64Array.from(legs.liquidationBonus),
    liquidationProtocolFee: Float64Array.from(legs.liquidationProtocolFee),
    maintenanceMargin: Float64Array.from(legs.maintenanceMargin),
    instrument: Int32Array.from(legs.instrument),
  };
}

function instrumentOf(old: OldBook['instruments'][number]): BookInstrument {
  return {
    ...old,
    venue: old.venue as VenueRow,
    underlying: old.underlying as OracleRow,
    spotUsd: Float64Array.from(old.spotUsd),
    volatilityFactor: Float64Array.from(old.volatilityFactor),
    valueUsd: Float64Array.from(old.valueUsd),
    closingUsd: Float64Array.from(old.closingUsd),
    marginUsd: Float64Array.from(old.marginUsd),
    leastMargin: { ...old.leastMargin, mostPerContract: old.leastMargin.mostPerContract ?? undefined },
  };
}

/** What old curves are made of: of each asset, its deepest pool. */
const OLD_SOURCES = ['its deepest pool'];

function depthOf(curve: NonNullable<OldBook['depth'][number]>): AssetDepth {
  return {
    ...curve,
    asset: curve.asset as AssetRow,
    quote: curve.quote as AssetRow,
    sqrtPrice: Float64Array.from(curve.sqrtPrice),
    liquidity: Float64Array.from(curve.liquidity),
    sources: OLD_SOURCES,
    isRequoted: false,
  };
}
