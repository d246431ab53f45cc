import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Book } from './book.ts';
import type { DepthCurve } from './depth.ts';

/** Version of the exported form; raised when a reader of the old one would misread the new one. */
export const BOOK_FORMAT = 'undertow-book';
export const BOOK_VERSION = 1;

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
    assets: book.assets.map(({ address, symbol, decimals, oraclePriceUsd, marketPriceUsd }) => ({
      address,
      symbol,
      decimals,
      oraclePriceUsd,
      marketPriceUsd: marketPriceUsd ?? null,
    })),
    oracles: book.oracles.map(({ feed, asset, priceUsd }) => ({ feed, asset, priceUsd })),
    venues: book.venues.map(({ id, protocol, version, mechanism }) => ({ id, protocol, version, mechanism })),
    markets: book.markets.map(({ venue, id, label }) => ({ venue, id, label })),
    accounts: { venue: [...accounts.venue], owner: accounts.owner, legStart: [...accounts.legStart] },
    legs: {
      market: [...legs.market],
      asset: [...legs.asset],
      oracle: [...legs.oracle],
      side: [...legs.side],
      amount: [...legs.amount],
      liquidationThreshold: [...legs.liquidationThreshold],
      liquidationBonus: [...legs.liquidationBonus],
      liquidationProtocolFee: [...legs.liquidationProtocolFee],
    },
    depth: book.depth.map((curve) => (curve ? curveContent(curve) : null)),
    coverage: {
      accounts: coverage.accounts,
      modelledDebtUsd: coverage.modelledDebtUsd,
      knownDebtUsd: coverage.knownDebtUsd,
      share: coverage.share,
      gaps: coverage.gaps.map(({ source, reason, count, debtUsd }) => ({
        source,
        reason,
        count,
        debtUsd: debtUsd ?? null,
      })),
    },
    exact: {
      answer: exact.answer.map(String),
      amount: exact.amount.map(String),
      threshold: exact.threshold.map(String),
      priceScale: exact.priceScale.map(String),
    },
  });
}

function curveContent({ asset, quote, sqrtPrice, liquidity, startSqrtPrice, feeRatio }: DepthCurve) {
  return { asset, quote, sqrtPrice: [...sqrtPrice], liquidity: [...liquidity], startSqrtPrice, feeRatio };
}
