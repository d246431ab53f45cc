import { compareFactKeys } from '@undertow/market';
import type { Address, Fact, Hex } from '@undertow/market';
import type { Rpc } from './open-rpc.ts';
import { addHeader, checkedLogs, fetchRange, topicsOf } from './fetch-range.ts';
import type { FetchBounds, FetchedRange } from './fetch-range.ts';
import type { HeaderChecks } from './read-logs-with-headers.ts';
import type { LogSource, RawLog, ReferencePart } from './source.ts';
import type { Header } from './wire.ts';

/** What a range of blocks says, ready to be written in one transaction. */
export interface RangeResult {
  readonly from: number;
  readonly to: number;
  /** In order of block, log and part; from logs and from `enrich`. */
  readonly facts: readonly Fact[];
  readonly reference: readonly ReferencePart[];
  /** Headers of the blocks with logs and of the last block, ascending; on one fork with the logs. */
  readonly blocks: readonly Header[];
  /** Logs read, which tells how wide the next range may be. */
  readonly logs: number;
}

export interface ReadRangeOptions {
  /**
   * Block at which `enrich` calls. Default the last of the range; a recent one where the node keeps no old state,
   * which gives the same, since `enrich` reads only what never changes.
   */
  readonly readAt?: number;
  /** Logs fetched ahead by `fetchRange` for the same bounds. */
  readonly fetched?: FetchedRange;
}

/**
 * Reads what `sources` say in the blocks `from..to` (both included): one request for all their logs, more where a
 * log announces new contracts, then their `enrich` calls. Splits requests that the endpoint finds too wide.
 */
export async function readRange(
  rpc: Rpc,
  sources: readonly LogSource[],
  { readAt, fetched, ...bounds }: FetchBounds & ReadRangeOptions,
): Promise<RangeResult> {
  const { from, to } = bounds;
  const range = fetched ?? (await fetchRange(rpc, sources, bounds));
  const decoded = await decodeRange(rpc, sources, { ...range, checks: bounds.checks });
  const facts: Fact[] = [];
  const reference: ReferencePart[] = [];
  // All at once: each asks about its own contracts, and what it asks for takes several answers one after the other.
  const enriched = [...decoded.facts].map(async ([source, own]) => ({
    own,
    more: await source.enrich(own, rpc, readAt ?? to),
  }));
  for (const { own, more } of await Promise.all(enriched)) {
    for (const fact of own) facts.push(fact);
    facts.push(...more.facts);
    if (Object.keys(more.reference).length > 0) reference.push(more.reference);
  }
  facts.sort(compareFactKeys);
  for (const source of sources) source.hear?.(facts);
  return { from, to, facts, reference, blocks: decoded.headers, logs: decoded.logs };
}

interface Decoded {
  readonly facts: ReadonlyMap<LogSource, readonly Fact[]>;
  readonly headers: readonly Header[];
  readonly logs: number;
}

/** Decodes in order, and fetches the logs of contracts as they are announced, so that sources see one ordered stream. */
async function decodeRange(
  rpc: Rpc,
  sources: readonly LogSource[],
  range: FetchedRange & { readonly checks: HeaderChecks | undefined },
): Promise<Decoded> {
  const topics = topicsOf(sources);
  const asked = new Set(range.addresses);
  const headers = new Map(range.headers.map((header) => [header.number, header]));
  const facts = new Map<LogSource, Fact[]>(sources.map((source) => [source, []]));
  let wanted = routes(sources);
  let queue: readonly RawLog[] = range.logs;

  /** Takes in the logs from a block on of contracts not asked for yet. */
  const fetchNew = async (from: number, rest: readonly RawLog[]): Promise<readonly RawLog[]> => {
    wanted = routes(sources);
    const addresses = [...wanted.keys()].filter((address) => !asked.has(address));
    if (addresses.length === 0) return rest;
    for (const address of addresses) asked.add(address);
    const more = await checkedLogs(rpc, { from, to: range.to, addresses, topics }, { checks: range.checks });
    for (const header of more.headers) addHeader(headers, header);
    return [...rest, ...more.logs].sort(byPosition);
  };

  let count = 0;
  // Contracts announced after this range was fetched ahead.
  queue = await fetchNew(range.from, queue);
  for (let i = 0; i < queue.length; i++) {
    const log = queue[i] as RawLog;
    count++;
    let announced = false;
    for (const source of wanted.get(log.address)?.get(log.topics[0] as Hex) ?? []) {
      const said = source.decode(log);
      facts.get(source)?.push(...said.facts);
      announced ||= (said.discovered?.length ?? 0) > 0;
    }
    if (announced) {
      queue = await fetchNew(log.block, queue.slice(i + 1));
      i = -1;
    }
  }
  return { facts, headers: [...headers.values()].sort((a, b) => a.number - b.number), logs: count };
}

type Routes = ReadonlyMap<Address, ReadonlyMap<Hex, readonly LogSource[]>>;

/** Who wants a log, by contract and first topic. */
function routes(sources: readonly LogSource[]): Routes {
  const found = new Map<Address, Map<Hex, LogSource[]>>();
  for (const source of sources) {
    for (const address of source.addresses()) {
      const byTopic = found.get(address) ?? new Map<Hex, LogSource[]>();
      found.set(address, byTopic);
      for (const topic of source.topics) byTopic.set(topic, [...(byTopic.get(topic) ?? []), source]);
    }
  }
  return found;
}

function byPosition(a: RawLog, b: RawLog): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}
