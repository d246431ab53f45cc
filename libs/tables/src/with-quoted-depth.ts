import { depthGaps, hashBook, type AssetRow, type Book, type CoverageGap } from '@undertow/book';
import { depthList } from './lists/depth-list.ts';
import { Problems } from './problems.ts';
import { readTables } from './read-tables.ts';
import type { TableFile } from './table.ts';

/** A book with other depth. */
export interface DeepenedBook {
  readonly book: Book;
  /** Sentences about what was given and is not used. */
  readonly notes: readonly string[];
}

/**
 * A book whose assets trade as rows of quotes and orders say, in place of what the book knows of these assets' markets: an aggregator
 * quotes the pools that are in it too. Rows name assets as the book does, or by address. Everything else stays.
 *
 * @throws TableError that lists what is wrong with the tables.
 */
export async function withQuotedDepth(book: Book, files: readonly TableFile[]): Promise<DeepenedBook> {
  const problems = new Problems();
  const { rows } = await readTables(files, problems);
  problems.throwIfAny();
  const names = book.assets.flatMap(({ symbol, address }, row) =>
    [symbol, address].map((name): [string, AssetRow] => [name, row as AssetRow]),
  );
  const assets = book.assets.map(({ symbol, tie, oraclePriceUsd }) => ({
    symbol,
    tie,
    priceUsd: oraclePriceUsd,
  }));
  const known = { assets, rowOf: new Map(names), depth: book.depth };
  const { depth, notes } = depthList({ quotes: rows.quotes, orders: rows.orders, said: [] }, known, problems);
  problems.throwIfAny();
  const { hash: _, ...before } = book;
  const content = {
    ...before,
    depth,
    assets: book.assets.map((asset, row) => {
      const curve = depth[row];
      if (!curve || curve === book.depth[row]) return asset;
      return {
        ...asset,
        marketPriceUsd: curve.startSqrtPrice ** 2 * book.assets[curve.quote]!.oraclePriceUsd,
      };
    }),
    coverage: { ...book.coverage, gaps: gapsWith(book, depth) },
  };
  return { book: { ...content, hash: hashBook(content) }, notes };
}

/** The gaps of a book, those of assets without a market as they are with other depth. */
function gapsWith(book: Book, depth: Book['depth']): readonly CoverageGap[] {
  const keyOf = ({ kind, source, reason }: CoverageGap) => `${kind}\n${source}\n${reason}`;
  const stale = new Set(depthGaps(book, book.depth).map(keyOf));
  return [...book.coverage.gaps.filter((gap) => !stale.has(keyOf(gap))), ...depthGaps(book, depth)];
}
