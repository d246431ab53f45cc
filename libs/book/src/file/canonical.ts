import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FeedFormula } from '@undertow/market';
import type { BookExact, ExactSource } from '../book-exact.ts';
import type { AssetDepth, Book, BookInstrument, PriceNode } from '../book.ts';
import type { OracleFormula } from '../oracle-formula.ts';
import { jsonChunks } from './json-chunks.ts';

/** Version of the exported form; raised when a reader of the old one would misread the new one. */
export const BOOK_FORMAT = 'undertow-book';
export const BOOK_VERSION = 4;

/** All of a book but its hash. */
export type BookContent = Omit<Book, 'hash'>;

/**
 * A book as canonical JSON, in pieces: fields in one order, columns as arrays, integers as decimal strings, floats by the
 * shortest digits that read back as the same float, no bound as null. Equal books give equal text. Read it with `importBook`.
 */
export function* bookChunks(book: Book): Generator<string> {
  const head = { format: BOOK_FORMAT, version: BOOK_VERSION, hash: book.hash };
  yield `${JSON.stringify(head).slice(0, -1)},"content":`;
  yield* jsonChunks(contentJson(book));
  yield '}';
}

/** A book as one text; see `bookChunks` for books too large for that. */
export const exportBook = (book: Book): string => [...bookChunks(book)].join('');

/** SHA-256, hex, of a book's canonical content: equal contents have equal hashes. */
export function hashBook(content: BookContent): string {
  const hash = sha256.create();
  for (const chunk of jsonChunks(contentJson(content))) hash.update(utf8ToBytes(chunk));
  return bytesToHex(hash.digest());
}

/** The content as plain JSON values; typed arrays and integers stay as they are. */
export function contentJson(book: BookContent): object {
  const { accounts, legs, coverage } = book;
  return {
    chainId: book.chainId,
    block: book.block,
    time: book.time,
    references: book.references.map(({ symbol, priceUsd }) => ({ symbol, priceUsd })),
    assets: book.assets.map(
      ({ address, symbol, decimals, reference, tie, oraclePriceUsd, marketPriceUsd }) => ({
        address,
        symbol,
        decimals,
        reference,
        tie: {
          kind: tie.kind,
          to: tie.to ?? null,
          ratio: tie.ratio,
          ...(tie.redeemedFor !== undefined && { redeemedFor: tie.redeemedFor }),
          capacity: tie.capacity ?? null,
        },
        oraclePriceUsd,
        marketPriceUsd: marketPriceUsd ?? null,
      }),
    ),
    feeds: book.feeds.map(({ id, label, answer, over, under, policy, least, greatest }) => ({
      id,
      label,
      answer,
      over: nodeJson(over),
      under: under ? nodeJson(under) : null,
      policy,
      least,
      greatest: bound(greatest),
    })),
    oracles: book.oracles.map(({ id, asset, formula, priceUsd }) => ({
      id,
      asset,
      formula: formulaJson(formula),
      priceUsd,
    })),
    venues: book.venues.map(({ id, protocol, version, mechanism, rule }) => ({
      id,
      protocol,
      version,
      mechanism,
      rule: rule ?? null,
    })),
    markets: book.markets.map(({ venue, id, label, supplyCap, borrowCap }) => ({
      venue,
      id,
      label,
      supplyCap: supplyCap ?? null,
      borrowCap: borrowCap ?? null,
    })),
    accounts: {
      venue: accounts.venue,
      owner: accounts.owner,
      market: accounts.market,
      legStart: accounts.legStart,
      stake: accounts.stake,
    },
    legs: {
      market: legs.market,
      termsMarket: legs.termsMarket,
      asset: legs.asset,
      oracle: legs.oracle,
      role: legs.role,
      side: legs.side,
      amount: legs.amount,
      liquidationThreshold: legs.liquidationThreshold,
      loanToValue: legs.loanToValue,
      liquidationBonus: legs.liquidationBonus,
      liquidationProtocolFee: legs.liquidationProtocolFee,
      maintenanceMargin: legs.maintenanceMargin,
      instrument: legs.instrument,
    },
    funds: book.funds.map(({ venue, kind, asset, oracle, amount }) => ({
      venue,
      kind,
      asset,
      oracle,
      amount,
    })),
    instruments: book.instruments.map(instrumentJson),
    depth: book.depth.map((curve) => (curve ? depthJson(curve) : null)),
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
    exact: exactJson(book.exact),
  };
}

const nodeJson = ({ kind, row }: PriceNode) => ({ kind, row });

/** JSON has no infinity. */
const bound = (value: number) => (value === Infinity ? null : value);

const formulaJson = ({ multiplier, terms, greatest }: OracleFormula) => ({
  multiplier,
  terms: terms.map((term) => ({ feed: term.feed, power: term.power, greatest: bound(term.greatest) })),
  greatest: bound(greatest),
});

function instrumentJson(instrument: BookInstrument) {
  const { venue, id, label, underlying, isCall, strikeUsd, expiry, leastMargin, penalty } = instrument;
  return {
    venue,
    id,
    label,
    underlying,
    isCall,
    strikeUsd,
    expiry,
    spotUsd: instrument.spotUsd,
    volatilityFactor: instrument.volatilityFactor,
    valueUsd: instrument.valueUsd,
    closingUsd: instrument.closingUsd,
    marginUsd: instrument.marginUsd,
    leastMargin: {
      amount: leastMargin.amount,
      mostPerContract: leastMargin.mostPerContract ?? null,
      inUnderlying: leastMargin.inUnderlying,
    },
    penalty: {
      share: penalty.share,
      leastUsd: penalty.leastUsd,
      liquidatorShare: penalty.liquidatorShare,
      exchangeFee: penalty.exchangeFee,
    },
  };
}

const depthJson = ({
  asset,
  quote,
  sqrtPrice,
  liquidity,
  startSqrtPrice,
  feeRatio,
  feeOnQuote = false,
  sources,
  isRequoted,
}: AssetDepth) => ({
  asset,
  quote,
  sqrtPrice,
  liquidity,
  startSqrtPrice,
  feeRatio,
  // Said where it is so, which leaves the hashes of all other books what they were.
  ...(feeOnQuote ? { feeOnQuote } : {}),
  sources,
  isRequoted,
});

const exactJson = (exact: BookExact) => ({
  feedAnswer: exact.feedAnswer,
  adapters: [...exact.adapters].map(([feed, formula]) => ({ feed, formula: sorted(formula) })),
  answer: exact.answer,
  source: exact.source.map((source) => (source ? sorted(source) : null)),
  amount: exact.amount,
  threshold: exact.threshold,
  marketState: exact.marketState,
  accountState: exact.accountState,
});

/** Fields by name, so that two of the same say the same whoever made them; what is undefined is left out. */
function sorted(value: FeedFormula | ExactSource): object {
  const inOrder = (part: unknown): unknown => {
    if (Array.isArray(part) || typeof part !== 'object' || part === null) return part;
    const fields = Object.entries(part).filter(([, field]) => field !== undefined);
    return Object.fromEntries(
      fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, inOrder(field)]),
    );
  };
  return inOrder(value) as object;
}
