import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AssetDepth, Book, BookInstrument } from './book.ts';

/** Version of the exported form; raised when a reader of the old one would misread the new one. */
export const BOOK_FORMAT = 'undertow-book';
export const BOOK_VERSION = 3;

/** All of a book but its hash. */
export type BookContent = Omit<Book, 'hash'>;

/**
 * A book as canonical JSON: fields in one order, columns as arrays, integers as decimal strings, floats by the
 * shortest digits that read back as the same float. Equal books give equal text. Read it with `importBook`.
 */
export function exportBook(book: Book): string {
  const head = { format: BOOK_FORMAT, version: BOOK_VERSION, hash: book.hash };
  return `${JSON.stringify(head).slice(0, -1)},"content":${contentText(book)}}`;
}

/** SHA-256, hex, of a book's canonical content: equal contents have equal hashes. */
export function hashBook(content: BookContent): string {
  return bytesToHex(sha256(utf8ToBytes(contentText(content))));
}

function contentText(book: BookContent): string {
  const { accounts, legs, exact, coverage } = book;
  return JSON.stringify({
    chainId: book.chainId,
    block: book.block,
    time: book.time,
    assets: book.assets.map(({ address, symbol, decimals, oraclePriceUsd, marketPriceUsd, derivedFrom }) => ({
      address,
      symbol,
      decimals,
      oraclePriceUsd,
      marketPriceUsd: marketPriceUsd ?? null,
      derivedFrom: derivedFrom
        ? { asset: derivedFrom.asset, ratio: derivedFrom.ratio, isRedeemable: derivedFrom.isRedeemable }
        : null,
    })),
    oracles: book.oracles.map(({ feed, asset, priceUsd, isFixed }) => ({ feed, asset, priceUsd, isFixed })),
    venues: book.venues.map(({ id, protocol, version, mechanism }) => ({ id, protocol, version, mechanism })),
    markets: book.markets.map(({ venue, id, label }) => ({ venue, id, label })),
    accounts: {
      venue: [...accounts.venue],
      owner: accounts.owner,
      market: accounts.market,
      legStart: [...accounts.legStart],
    },
    legs: {
      market: [...legs.market],
      asset: [...legs.asset],
      oracle: [...legs.oracle],
      side: [...legs.side],
      amount: [...legs.amount],
      liquidationThreshold: [...legs.liquidationThreshold],
      liquidationBonus: [...legs.liquidationBonus],
      liquidationProtocolFee: [...legs.liquidationProtocolFee],
      maintenanceMargin: [...legs.maintenanceMargin],
      instrument: [...legs.instrument],
    },
    funds: book.funds.map(({ venue, kind, asset, oracle, amount }) => ({
      venue,
      kind,
      asset,
      oracle,
      amount,
    })),
    instruments: book.instruments.map(instrumentContent),
    depth: book.depth.map((curve) => (curve ? curveContent(curve) : null)),
    coverage: {
      accounts: coverage.accounts,
      modelledDebtUsd: coverage.modelledDebtUsd,
      knownDebtUsd: coverage.knownDebtUsd,
      share: coverage.share,
      gaps: coverage.gaps.map(({ kind, source, reason, count, unit, debtUsd }) => ({
        kind,
        source,
        reason,
        count,
        unit,
        debtUsd: debtUsd ?? null,
      })),
    },
    exact: {
      answer: exact.answer.map(String),
      amount: exact.amount.map(String),
      threshold: exact.threshold.map(String),
      marketState: exact.marketState.map((state) => state.map(String)),
      accountState: exact.accountState.map((state) => state.map(String)),
    },
  });
}

function instrumentContent(instrument: BookInstrument) {
  const { venue, id, label, underlying, isCall, strikeUsd, expiry } = instrument;
  return {
    ...{ venue, id, label, underlying, isCall, strikeUsd, expiry },
    spotUsd: [...instrument.spotUsd],
    volatilityFactor: [...instrument.volatilityFactor],
    valueUsd: [...instrument.valueUsd],
    closingUsd: [...instrument.closingUsd],
    marginUsd: [...instrument.marginUsd],
    leastMargin: {
      amount: instrument.leastMargin.amount,
      mostPerContract: instrument.leastMargin.mostPerContract ?? null,
      inUnderlying: instrument.leastMargin.inUnderlying,
    },
    penalty: {
      share: instrument.penalty.share,
      leastUsd: instrument.penalty.leastUsd,
      liquidatorShare: instrument.penalty.liquidatorShare,
      exchangeFee: instrument.penalty.exchangeFee,
    },
  };
}

function curveContent({ asset, quote, sqrtPrice, liquidity, startSqrtPrice, feeRatio }: AssetDepth) {
  return { asset, quote, sqrtPrice: [...sqrtPrice], liquidity: [...liquidity], startSqrtPrice, feeRatio };
}
