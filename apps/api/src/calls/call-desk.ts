import type { Book } from '@undertow/book';
import {
  accountKey,
  appendEntries,
  EMPTY_LOG,
  isFinal,
  next,
  reviewAccounts,
  takeSteps,
  type CallEffect,
  type EndedCall,
  type LogDraft,
  type MarginCall,
} from '@undertow/calls';
import { noticesOf, sendNotices, type Resolve } from '@undertow/notices';
import {
  CallsChangedError,
  keepCalls,
  readBlocks,
  readDueCalls,
  readEndedCalls,
  readLiquidations,
  readOpenCalls,
  type CallChange,
  type KeptCall,
  type Store,
  type StoredCall,
} from '@undertow/store';
import type { CallSettings } from './call-settings.ts';

export interface CallDeskParts extends CallSettings {
  readonly store: Store;
  readonly chainId: number;
  /** Unix seconds. */
  readonly now: () => number;
  readonly resolve?: Resolve;
}

/** A book and the block that it is of. */
export interface ReviewedHead {
  readonly book: Book;
  readonly hash: string;
  /** The block above which facts have changed since the last review, where that is known. */
  readonly changedAbove?: number | undefined;
}

/** A call after a change, with the version that it was read at; 0 = it is new. */
interface ChangedCall {
  readonly call: MarginCall;
  readonly effects: readonly CallEffect[];
  readonly version: number;
}

/** Reviews that are begun anew because somebody else changed a call meanwhile, before it is left to the next head. */
const TRIES = 5;
/** Calls whose timers are looked at at a time. */
const BATCH = 500;
/** Liquidations that are looked at, the newest: those between two reviews are fewer. */
const MOST_LIQUIDATIONS = 1_000;

/**
 * Opens, escalates and closes margin calls of one chain under one policy, and has those who are concerned told. All state is in the database: what
 * one process began another goes on with, and what two do at the same time is done once.
 */
export class CallDesk {
  readonly #parts: CallDeskParts;

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
  }

  get store(): Store {
    return this.#parts.store;
  }

  /** What one process does at a time, see `claimWork`. */
  get claimName(): string {
    return `${this.#parts.chainId} ${this.#parts.policy.name}`;
  }

  /** Reviews a book; gives how many calls were opened or changed. */
  async review(head: ReviewedHead): Promise<number> {
    for (let tries = 1; ; tries++)
      try {
        return await this.#review(head);
      } catch (error) {
        if (!(error instanceof CallsChangedError) || tries === TRIES) throw error;
      }
  }

  /** Fires the timers whose time has come; gives how many calls that concerned. */
  async fireTimers(): Promise<number> {
    const { store, policy, now, chainId } = this.#parts;
    for (let fired = 0; ;) {
      const at = now();
      const due = await readDueCalls(store, { chainId, policy: policy.name, at, most: BATCH });
      if (due.length === 0) return fired;
      await this.#keep(due.map((stored) => this.#fired(stored, at)));
      fired += due.length;
    }
  }

  /** Sends what of the outbox is due; gives how many notices were tried. */
  send(signal?: AbortSignal): Promise<number> {
    const { store, targets, now, resolve } = this.#parts;
    return sendNotices(store, { targets, now, ...(resolve && { resolve }), ...(signal && { signal }) });
  }

  async #review({ book, hash, changedAbove }: ReviewedHead): Promise<number> {
    const { store, chainId, policy, now } = this.#parts;
    const time = now();
    const of = { chainId, policy: policy.name };
    const stored = await readOpenCalls(store, of);
    const open = stored.map(callOf);
    const ended = await readEndedCalls(store, { ...of, since: time - policy.cooldownSeconds });
    const { steps } = reviewAccounts({
      ...{ book, policy, at: { time, blockHash: hash }, open, ended: ended.map(endedOf) },
      revertedAbove: lowest(changedAbove, await this.#revertedAbove(open, book.block)),
      liquidated: await this.#liquidated(open, book.block),
    });
    const versions = new Map(stored.map(({ id, version }) => [id, version]));
    const taken = takeSteps(steps, policy);
    await this.#keep(
      taken.map(({ call, effects }) => ({ call, effects, version: versions.get(call.id) ?? 0 })),
      book.block,
    );
    return taken.length;
  }

  #fired(stored: StoredCall, at: number): ChangedCall {
    const { policy } = this.#parts;
    const effects: CallEffect[] = [];
    let call = callOf(stored);
    const by = { role: 'system', name: 'timer' } as const;
    for (const { id } of call.timers.filter((timer) => timer.at <= at)) {
      // One may have cancelled another that was due as well.
      const found = next(call, { kind: 'timer', at, by, id }, policy);
      if ('refused' in found) continue;
      call = found.call;
      effects.push(...found.effects);
    }
    return { call, effects, version: stored.version };
  }

  /** Calls, the log and the outbox in one transaction. */
  async #keep(changed: readonly ChangedCall[], block?: number): Promise<void> {
    if (changed.length === 0) return;
    const { store, chainId, policy, targets } = this.#parts;
    const drafts = changed.flatMap(({ effects }) =>
      effects.flatMap((effect): LogDraft[] => (effect.kind === 'log' ? [effect.draft] : [])),
    );
    await keepCalls(store, {
      ...{ chainId, policy: policy.name },
      changes: changed.map(({ call, version }): CallChange => ({ call: keptOf(call, block), version })),
      entriesAfter: (head) => appendEntries(head ?? EMPTY_LOG, drafts),
      notices: changed.flatMap((one) => noticesOf(one, { policy, targets })),
    });
  }

  /** Below which block calls were opened that stand on the chain no longer; undefined where all do. */
  async #revertedAbove(open: readonly MarginCall[], head: number): Promise<number | undefined> {
    const { store, chainId } = this.#parts;
    const hashes = new Map(open.map(({ openedBlock, openedHash }) => [openedBlock, openedHash]));
    for (const [block, hash] of [...hashes].sort(([a], [b]) => a - b)) {
      if (block > head) return block - 1;
      const [found] = await readBlocks(store, chainId, { to: block, limit: 1 });
      // Old blocks are not kept for ever: one that is not there says nothing.
      if (found?.number === block && hash !== undefined && found.hash !== hash) return block - 1;
    }
    return undefined;
  }

  async #liquidated(open: readonly MarginCall[], upTo: number): Promise<ReadonlyMap<string, number>> {
    if (open.length === 0) return new Map();
    const { store, chainId } = this.#parts;
    const facts = await readLiquidations(store, { chainId, upTo, where: {}, most: MOST_LIQUIDATIONS });
    return new Map(
      open.flatMap(({ account, openedBlock }): [string, number][] => {
        const found = facts.find(
          ({ venue, owner, market, block }) =>
            venue === account.venue &&
            owner === account.owner &&
            (account.market === '' || account.market === market) &&
            block > openedBlock,
        );
        return found ? [[accountKey(account), found.block]] : [];
      }),
    );
  }
}

const lowest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const callOf = ({ content }: StoredCall): MarginCall => JSON.parse(content) as MarginCall;

function endedOf(stored: StoredCall): EndedCall {
  const { account, rung, state } = callOf(stored);
  return { account, rung, state, closedAt: stored.closedAt ?? 0, closedBlock: stored.closedBlock ?? 0 };
}

function keptOf(call: MarginCall, block: number | undefined): KeptCall {
  const { id, caseId, account, state, rung, openedAt, closedAt, timers } = call;
  const isOpen = !isFinal(state);
  return {
    ...{
      id,
      caseId,
      venue: account.venue,
      owner: account.owner,
      market: account.market,
      state,
      rung,
      isOpen,
    },
    ...{ openedAt, closedAt, closedBlock: isOpen ? undefined : block },
    nextTimerAt: timers.length === 0 ? undefined : Math.min(...timers.map(({ at }) => at)),
    content: JSON.stringify(call),
  };
}
