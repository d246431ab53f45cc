import { withAssetNames } from '@undertow/book';
import { foldLedger, type FoldedLedger } from '@undertow/ledgers';
import type { Asset } from '@undertow/market';
import { FactsChangedError, FactsDroppedError } from '@undertow/store';
import { BoundedCache } from './bounded-cache.ts';
import { droppedError, inputError, notReadyError, reorganisedError, untrustedError } from './errors.ts';
import type { FactSource, StoredHead } from './fact-source.ts';
import { RecentLedgers } from './recent-ledgers.ts';
import { bookAt, Shown, type BookAtHead, type Head, type LedgerAtHead } from './shown.ts';

/** Books of past blocks kept. */
const PAST_BOOKS = 4;
/** Times that the chain may go back while it is read before an update gives up until the next notice. */
const READ_ATTEMPTS = 5;

/**
 * The book at the newest stored height, kept up to date by folding only what is new onto the nearest ledger that still
 * holds: one of the last heights, or one that is saved. Ledgers are never changed once they are shown. Books of other
 * heights are made the same way when asked for.
 *
 * Nothing is given of a block that the chain has gone back behind, from the moment it has.
 */
export class LiveBook {
  readonly #source: FactSource;
  readonly #onError: (error: unknown) => void;
  /** The newest height last. */
  readonly #recent = new RecentLedgers();
  readonly #past = new BoundedCache<Promise<LedgerAtHead>>(PAST_BOOKS);
  /** Updates run one after the other; so do folds of the past, which keep no update waiting. */
  readonly #updates = new Turns();
  readonly #folds = new Turns();
  #saving: Promise<unknown> | undefined;
  /** Why there is no height, where that is not for want of facts. */
  #dropped: FactsDroppedError | undefined;

  /** `onError` hears of ledgers that could not be saved: then the next start takes longer, and nothing else. */
  constructor(source: FactSource, onError: (error: unknown) => void = () => {}) {
    this.#source = source;
    this.#onError = onError;
  }

  /** Every token known so far, named as books name it. */
  assets(): readonly Asset[] {
    const newest = this.#recent.newest;
    return newest ? [...withAssetNames(newest.folded.ledger).reference.assets.values()] : [];
  }

  /** Whether there has been no height yet. */
  get isEmpty(): boolean {
    return this.#recent.newest === undefined;
  }

  /** Height that can be queried; undefined before the first, and while the chain has gone back behind it. */
  async head(): Promise<Head | undefined> {
    const newest = this.#recent.newest;
    if (newest === undefined) return undefined;
    const above = await this.#changedAbove(newest.folded, await this.#source.stored());
    return above !== undefined && above < newest.head.block ? undefined : newest.head;
  }

  /** Takes over what the store has now; gives the new head when there is one. */
  update(): Promise<Head | undefined> {
    return this.#updates.next(() => this.#update());
  }

  /** Resolves when no ledger is being saved. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  /** The book at a block, the newest when absent. Throws a GraphQLError that says why when there is none. */
  async at(block?: number | null): Promise<BookAtHead> {
    const { book, head } = await this.#shownAt(block);
    return { book, head };
  }

  /** Looks at the book at a block, the newest when absent, and at the ledger that it was made from. Throws as `at` does. */
  async look<T>(look: (at: LedgerAtHead) => T, block?: number | null): Promise<T> {
    return look(await this.#shownAt(block));
  }

  async #shownAt(block: number | null | undefined): Promise<LedgerAtHead> {
    const head = await this.headAt(block);
    return this.#recent.at(head.hash) ?? this.#foldedAt(head);
  }

  /** The height that answers for a block, the newest when absent, before anything is folded. Throws as `at` does. */
  async headAt(block?: number | null): Promise<Head> {
    const stored = await this.#source.stored();
    if (stored?.trusted === false) throw untrustedError(stored.reason ?? 'no reason is stored');
    const newest = this.#recent.newest;
    if (newest === undefined) throw this.#dropped ? droppedError(this.#dropped.message) : notReadyError();
    const wanted = block ?? newest.head.block;
    const above = await this.#changedAbove(newest.folded, stored);
    if (above !== undefined && above < Math.min(wanted, newest.head.block))
      throw reorganisedError(wanted, above);
    if (wanted === newest.head.block) return newest.head;
    const found =
      wanted > newest.head.block || wanted < 0 ? undefined : await this.#source.blockAtOrBelow(wanted);
    if (found === undefined)
      throw inputError(
        `Block ${wanted} is not stored: the newest is ${newest.head.block}. Ask for one that is.`,
      );
    return { chainId: this.#source.chainId, ...found, reorg: false };
  }

  #foldedAt(head: Head): Promise<LedgerAtHead> {
    return this.#past.get(head.hash, () => this.#folds.next(() => this.#foldPast(head)));
  }

  async #foldPast(head: Head): Promise<LedgerAtHead> {
    const newest = this.#recent.newest;
    if (newest === undefined) throw notReadyError();
    const { revision } = newest.folded;
    try {
      const base = this.#recent.below(head.block);
      const { ledger } = await foldLedger(this.#source, { block: head.block, revision }, base && { base });
      return { head, book: bookAt(ledger, head), ledger };
    } catch (error) {
      if (error instanceof FactsDroppedError) throw inputError(error.message);
      if (!(error instanceof FactsChangedError)) throw error;
      throw reorganisedError(head.block, error.above);
    }
  }

  async #update(): Promise<Head | undefined> {
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      const stored = await this.#source.stored();
      const newest = this.#recent.newest;
      if (stored === undefined) return undefined;
      if (newest?.head.block === stored.block && newest.folded.revision === stored.revision) return undefined;
      const above = newest && (await this.#changedAbove(newest.folded, stored));
      try {
        return this.#take(await this.#foldTo(stored, above), stored, above);
      } catch (error) {
        if (error instanceof FactsDroppedError) this.#dropped = error;
        if (!(error instanceof FactsChangedError)) throw error;
      }
    }
    return undefined;
  }

  async #foldTo({ block, revision }: StoredHead, above = Infinity): Promise<FoldedLedger> {
    const base = this.#recent.below(Math.min(block, above));
    const save = (folded: FoldedLedger, at: { readonly block: number; readonly hash: string }) =>
      this.#source.save(folded, at).then(() => undefined, this.#onError);
    return foldLedger(this.#source, { block, revision }, { save, ...(base && { base }) });
  }

  #take(folded: FoldedLedger, stored: StoredHead, above: number | undefined): Head {
    const { block, hash, time } = stored;
    const shown = this.#recent.newest;
    const reorg = shown !== undefined && above !== undefined && above < shown.head.block;
    if (above !== undefined) this.#recent.dropAbove(above);
    if (reorg) this.#past.clear();
    const head = { chainId: this.#source.chainId, block, hash, time, reorg };
    this.#recent.add(new Shown(head, folded));
    this.#saveIfDue(this.#recent.oldest!);
    return head;
  }

  /**
   * Without being waited for; what comes while one is being saved is left to the next. The oldest of the last heights is
   * saved, which goes back least often.
   */
  #saveIfDue({ folded, head }: Shown): void {
    this.#saving ??= this.#source
      .saveIfDue(folded, head)
      .catch(this.#onError)
      .finally(() => (this.#saving = undefined));
  }

  /** The block above which what was folded no longer holds. Answered without another question while nothing has changed. */
  async #changedAbove(
    { revision }: FoldedLedger,
    stored: StoredHead | undefined,
  ): Promise<number | undefined> {
    return stored?.revision === revision ? undefined : this.#source.changedAbove(revision);
  }
}

/** Work that runs one after the other. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
