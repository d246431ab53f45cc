import {
  addReference,
  applyFacts,
  emptyLedger,
  toBook,
  withAssetNames,
  type Book,
  type Ledger,
} from '@undertow/book';
import type { Asset, Fact } from '@undertow/market';
import { BoundedCache } from './bounded-cache.ts';
import { inputError, notReadyError, untrustedError } from './errors.ts';
import type { FactSource, StoredHead } from './fact-source.ts';

/** A height of the chain whose facts are stored. */
export interface Head {
  readonly chainId: number;
  readonly block: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly time: number;
  /** True when this head replaced blocks that were shown before. */
  readonly reorg: boolean;
}

export interface BookAtHead {
  readonly book: Book;
  readonly head: Head;
}

/** A book with the ledger that it was made from. */
type LedgerAtHead = BookAtHead & { readonly ledger: Ledger };

/** Books of past blocks kept. */
const PAST_BOOKS = 4;
/** Books kept that were the newest one: who asks for several things one after the other asks at the block of the first. */
const RECENT_BOOKS = 4;
/** Reads that the chain may disturb before an update gives up until the next notice. */
const READ_ATTEMPTS = 5;

/**
 * The book at the newest stored height, kept up to date by folding only what is new; folded again from the start
 * when the chain went back. Books of past heights are folded when asked for, unless they were the newest just now.
 */
export class LiveBook {
  readonly #source: FactSource;
  #ledger: Ledger = emptyLedger();
  #head: Head | undefined;
  #newest: BookAtHead | undefined;
  /** Updates and folds of the past run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #past = new BoundedCache<Promise<LedgerAtHead>>(PAST_BOOKS);
  readonly #recent = new BoundedCache<BookAtHead>(RECENT_BOOKS);

  constructor(source: FactSource) {
    this.#source = source;
  }

  /** Height that is ready to be queried; undefined before the first. */
  get head(): Head | undefined {
    return this.#head;
  }

  /** Every token known so far, named as books name it. */
  assets(): readonly Asset[] {
    return [...withAssetNames(this.#ledger).reference.assets.values()];
  }

  /** Takes over what the store has now; gives the new head when there is one. `changed`: known facts are not to be relied on. */
  update(changed = false): Promise<Head | undefined> {
    return this.#inTurn(() => this.#update(changed));
  }

  /** The book at a block, the newest when absent. Throws a GraphQLError that says why when there is none. */
  async at(block?: number | null): Promise<BookAtHead> {
    await this.#checkTrust();
    const below = this.#below(block);
    if (below === undefined) return this.#current(this.#ready());
    const past = await this.#pastHead(below);
    return this.#recent.peek(past.hash) ?? this.#foldedAt(past);
  }

  /**
   * Looks at the book at a block, the newest when absent, and at the ledger that it was made from. The ledger is changed
   * in place, so `look` must be done when it returns. Throws as `at` does.
   */
  async look<T>(look: (at: LedgerAtHead) => T, block?: number | null): Promise<T> {
    await this.#checkTrust();
    const below = this.#below(block);
    if (below === undefined) return look({ ...this.#current(this.#ready()), ledger: this.#ledger });
    return look(await this.#foldedAt(await this.#pastHead(below)));
  }

  /** A block that is asked for; undefined when it is the newest, or none is named. */
  #below(block: number | null | undefined): number | undefined {
    return block === null || block === this.#ready().block ? undefined : block;
  }

  async #pastHead(block: number): Promise<Head> {
    const head = this.#ready();
    const found = block > head.block || block < 0 ? undefined : await this.#source.blockAtOrBelow(block);
    if (found === undefined)
      throw inputError(`Block ${block} is not stored: the newest is ${head.block}. Ask for one that is.`);
    return { chainId: head.chainId, ...found, reorg: false };
  }

  async #checkTrust(): Promise<void> {
    const stored = await this.#source.stored();
    if (stored?.trusted === false) throw untrustedError(stored.reason ?? 'no reason is stored');
  }

  #ready(): Head {
    if (this.#head === undefined) throw notReadyError();
    return this.#head;
  }

  async #update(changed: boolean): Promise<Head | undefined> {
    const shown = this.#head;
    let known = changed ? undefined : shown;
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      const stored = await this.#source.stored();
      if (stored === undefined) return undefined;
      if (known?.block === stored.block && known.hash === stored.hash) return undefined;
      if (known && !(await this.#holds(stored, known))) known = undefined;
      const extended = known
        ? await this.#readAfter(known.block, stored.block)
        : await this.#fold(stored.block);
      // Facts were read after the height was: they count only if the store still holds that height now.
      const now = await this.#source.stored();
      if (now && (await this.#holds(now, stored)))
        return this.#take(extended(), stored, shown !== undefined && known === undefined);
      known = undefined;
    }
    this.#head = undefined;
    return undefined;
  }

  #take(ledger: Ledger, stored: StoredHead, reorg: boolean): Head {
    const { block, hash, time } = stored;
    const before = this.#newest;
    if (before) this.#recent.get(before.head.hash, () => before);
    if (reorg) for (const kept of [this.#past, this.#recent]) kept.clear();
    this.#ledger = ledger;
    this.#newest = undefined;
    this.#head = { chainId: this.#source.chainId, block, hash, time, reorg };
    return this.#head;
  }

  #current(head: Head): BookAtHead {
    this.#newest ??= { head, book: bookAt(this.#ledger, head) };
    return this.#newest;
  }

  #foldedAt(head: Head): Promise<LedgerAtHead> {
    return this.#past.get(head.hash, () => this.#inTurn(() => this.#foldPast(head)));
  }

  async #foldPast(head: Head): Promise<LedgerAtHead> {
    const ledger = (await this.#fold(head.block))();
    return { head, book: bookAt(ledger, head), ledger };
  }

  /** A ledger of its own up to a block. */
  async #fold(upTo: number): Promise<() => Ledger> {
    const ledger = emptyLedger(await this.#source.reference());
    for await (const facts of this.#source.facts(-1, upTo)) applyFacts(ledger, facts);
    addReference(ledger, await this.#source.reference());
    return () => ledger;
  }

  /** Reads what is new; the shared ledger changes only when the result is called, all at once. */
  async #readAfter(after: number, upTo: number): Promise<() => Ledger> {
    const batches: (readonly Fact[])[] = [];
    for await (const facts of this.#source.facts(after, upTo)) batches.push(facts);
    const reference = await this.#source.reference();
    return () => {
      addReference(this.#ledger, reference);
      for (const facts of batches) applyFacts(this.#ledger, facts);
      return this.#ledger;
    };
  }

  /** Whether a stored chain holds a block with that hash. */
  async #holds(
    stored: StoredHead,
    block: { readonly block: number; readonly hash: string },
  ): Promise<boolean> {
    if (stored.block < block.block) return false;
    const kept = stored.block === block.block ? stored : await this.#source.blockAtOrBelow(block.block);
    return kept?.hash === block.hash;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function bookAt(ledger: Ledger, { time }: Head): Book {
  return toBook(ledger, { time });
}
