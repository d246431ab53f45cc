import { existsSync } from 'node:fs';
import { toBook, type Book, type Ledger } from '@undertow/book';
import { HEARD_WITHIN_SECONDS, type ExchangeQuote } from '@undertow/lag';
import { ledgerAt } from '@undertow/ledgers';
import {
  readBlocks,
  readCheckpoints,
  readExchangePricesAt,
  type Checkpoint,
  type Store,
} from '@undertow/store';
import { ConfigError } from '@undertow/units';
import { openDatabase } from './open-database.ts';

export interface BookWanted {
  readonly data: string;
  readonly chain?: number;
  readonly block?: number;
  /**
   * As of the last block that changed the book, which is the one that the book names: where nothing happened since, its interest would
   * be of a later time, and block, time and hash of a report would not belong together.
   */
  readonly atLastChange?: boolean;
}

export interface IndexedBook {
  readonly book: Book;
  readonly ledger: Ledger;
  /** Of the block. */
  readonly blockHash: string;
  /** What exchanges said by the time of the block, where they are or were watched. */
  readonly quotes: readonly ExchangeQuote[];
}

/**
 * The book at the newest stored block at or below a block, from the database of a data folder. Throws ConfigError when
 * that block is not stored, and when what is stored is known not to match the chain.
 */
export async function readBook(wanted: BookWanted): Promise<Book> {
  return (await readIndexed(wanted)).book;
}

/** The same book together with the ledger that it was made from, and what exchanges said then. */
export async function readIndexed({ data, chain, block, atLastChange }: BookWanted): Promise<IndexedBook> {
  return withIndexed({ data, chain }, async (store, { chainId, block: newest }) => {
    const to = block ?? newest;
    const [at] = to > newest ? [] : await readBlocks(store, chainId, { to, limit: 1 });
    if (at === undefined)
      throw new ConfigError(
        `Block ${to} of chain ${chainId} is not stored: the newest is ${newest}. Ask for one that is.`,
      );
    const ledger = await ledgerAt(store, chainId, at.number);
    if (ledger === undefined)
      throw new ConfigError(`The chain went back behind block ${at.number} just now. Ask again.`);
    const changed = ledger.at?.block ?? at.number;
    const [own] = atLastChange ? await readBlocks(store, chainId, { to: changed, limit: 1 }) : [];
    const { time, hash } = own?.number === changed ? own : at;
    const quotes = await readExchangePricesAt(store, { time, withinSeconds: HEARD_WITHIN_SECONDS });
    return { ledger, book: toBook(ledger, { time }), blockHash: hash, quotes };
  });
}

/**
 * Reads one chain of the database of a data folder. Throws ConfigError when nothing is indexed there, and when what is stored is
 * known not to match the chain.
 */
export async function withIndexed<Result>(
  { data, chain }: { readonly data: string; readonly chain: number | undefined },
  read: (store: Store, checkpoint: Checkpoint) => Promise<Result>,
): Promise<Result> {
  // Reading makes nothing: a folder that was mistyped is not filled with an empty database.
  if (!process.env['DATABASE_URL'] && !existsSync(data))
    throw new ConfigError(
      `Nothing is indexed in ${data}: there is no such folder. Run "undertow start" first, or name another with --data.`,
    );
  const database = await openDatabase(data);
  try {
    return await read(database.store, chooseChain(await readCheckpoints(database.store), chain));
  } finally {
    await database.close();
  }
}

function chooseChain(checkpoints: readonly Checkpoint[], wanted: number | undefined): Checkpoint {
  const found = checkpoints.filter(({ chainId }) => wanted === undefined || chainId === wanted);
  const chains = checkpoints.map(({ chainId }) => chainId).join(', ');
  const [only, ...others] = found;
  if (only === undefined) {
    const what = wanted === undefined ? 'Nothing is indexed yet' : `Chain ${wanted} is not indexed here`;
    throw new ConfigError(
      `${what}${chains ? ` (only ${chains})` : ''}. Run "undertow start" first, or name another folder with --data.`,
    );
  }
  if (others.length > 0)
    throw new ConfigError(`Several chains are indexed here (${chains}): choose one with --chain.`);
  if (!only.trusted)
    throw new ConfigError(
      `The stored facts of chain ${only.chainId} do not match the chain: ${only.reason ?? 'no reason is stored'}`,
    );
  return only;
}
