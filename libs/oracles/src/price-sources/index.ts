import {
  answerFacts,
  callPeriod,
  factsOfCalls,
  type LogSource,
  type Said,
  type SnapshotPoint,
} from '@undertow/chain';
import {
  feedsOfTerms,
  SNAPSHOT_LOG_INDEX,
  type Address,
  type Fact,
  type Feed,
  type FeedId,
} from '@undertow/market';
import type { PriceSourcesDeployment } from './deployments.ts';
import type { Identity } from './identify.ts';
import { walkSources, type WalkedSource } from './walk-sources.ts';

export type { PriceSourcesDeployment } from './deployments.ts';

/**
 * All price sources that the watched venues' terms name, as a source of prices and of what those are made of: each is asked
 * wherever calls are made, and walked down to base feeds. Nothing of it comes from logs, and nothing is known beforehand.
 */
export function openPriceSources({ id, logged = [] }: PriceSourcesDeployment): LogSource {
  const isLogged = new Set(logged);
  /** The feeds of each market, by venue and market. */
  const named = new Map<string, readonly FeedId[]>();
  const identities = new Map<Address, Identity>();
  const told = new Told();
  let last: SnapshotPoint | undefined;
  const hear = (facts: readonly Fact[]) => {
    for (const fact of facts) {
      const feeds = fact.kind === 'TermsChanged' ? feedsOfTerms(fact.patch) : undefined;
      if (fact.kind === 'TermsChanged' && feeds) named.set(`${fact.venue} ${fact.market}`, feeds);
    }
  };
  return {
    id,
    addresses: () => [],
    topics: [],
    decode: () => ({ facts: [] }),
    enrich: async () => ({ facts: [], reference: {} }),
    // What it has to say it says when it is polled, which comes with the snapshot.
    snapshot: async () => ({ facts: [], reference: {} }),
    hear,
    restore: (facts) => {
      named.clear();
      identities.clear();
      told.restore(facts);
      last = undefined;
      hear(facts);
    },
    poll: async (reader, at) => {
      // Going back in height: what was said above it is no longer stored.
      const isBack = last !== undefined && at.block <= last.block;
      if (isBack) identities.clear();
      if (isBack || (last && callPeriod(at) !== callPeriod(last))) told.forget();
      last = at;
      const sources = await walkSources(reader, at, [...named.values()].flat(), identities);
      const own = [...sources.values()].filter(({ feed }) => !isLogged.has(feed));
      const feeds = told.newRows(own);
      return {
        facts: factsOfCalls(at, [
          ...told.newFormulas(own),
          ...told.newAnswers(own).flatMap((source) => answersOf(id, source, at)),
        ]),
        ...(feeds.length > 0 && { reference: { feeds } }),
      };
    },
  };
}

function answersOf(source: string, { feed, row, ...said }: WalkedSource, at: SnapshotPoint): readonly Said[] {
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  return answerFacts(key, { source, feed, name: row?.description ?? feed, ...said });
}

/** What was told already in this period of calls. */
class Told {
  readonly #answers = new Map<FeedId, string>();
  readonly #formulas = new Map<FeedId, string>();
  readonly #rows = new Map<FeedId, string>();
  /** Feeds that were made of others once: that they no longer are must be told. */
  readonly #made = new Set<FeedId>();

  /** Sources whose answer, or whose round, is another than before. */
  newAnswers(sources: readonly WalkedSource[]): readonly WalkedSource[] {
    return sources.filter((source) => {
      const { feed, answer = 0n, formula } = source;
      return changed(this.#answers, feed, answerText({ ...source, answer, isMade: formula !== undefined }));
    });
  }

  newFormulas(sources: readonly WalkedSource[]): readonly Said[] {
    return sources.flatMap(({ feed, formula }): Said[] => {
      if (formula === undefined && !this.#made.has(feed)) return [];
      this.#made.add(feed);
      if (!changed(this.#formulas, feed, textOf(formula ?? null))) return [];
      return [{ kind: 'FormulaPosted', feed, formula: formula ?? null }];
    });
  }

  newRows(sources: readonly WalkedSource[]): readonly Feed[] {
    return sources.flatMap(({ feed, row }) => (row && changed(this.#rows, feed, textOf(row)) ? [row] : []));
  }

  forget(): void {
    for (const map of [this.#answers, this.#formulas, this.#rows]) map.clear();
  }

  /** Knows what stored facts say and nothing else. */
  restore(facts: readonly Fact[]): void {
    this.forget();
    this.#made.clear();
    const said = facts.filter(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX);
    for (const fact of said) {
      if (fact.kind !== 'FormulaPosted') continue;
      this.#formulas.set(fact.feed, textOf(fact.formula));
      this.#made.add(fact.feed);
    }
    for (const fact of said) {
      if (fact.kind !== 'PricePosted') continue;
      const formula = this.#formulas.get(fact.feed);
      const isMade = formula !== undefined && formula !== 'null';
      this.#answers.set(fact.feed, answerText({ ...fact, updatedAt: BigInt(fact.updatedAt), isMade }));
    }
  }
}

interface TextOfAnswer {
  readonly answer: bigint;
  readonly round: bigint;
  readonly updatedAt: bigint;
  readonly isMade: boolean;
}

/** A source that is made of others has no rounds of its own, and one without an answer has no time. */
const answerText = ({ answer, round, updatedAt, isMade }: TextOfAnswer): string =>
  isMade || answer <= 0n ? `${answer}` : `${answer} ${round} ${updatedAt}`;

/** Notes what a feed says now; true when it is other than before. */
function changed(before: Map<FeedId, string>, feed: FeedId, now: string): boolean {
  if (before.get(feed) === now) return false;
  before.set(feed, now);
  return true;
}

/** The same for the same, in whatever order its fields come. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
