import { RetryableError } from '@undertow/units';
import type { Address, Hex } from '@undertow/market';
import type { Rpc } from './open-rpc.ts';
import type { CheckedLogs, HeaderChecks } from './read-logs-with-headers.ts';
import { RangeTooWideError } from './rpc-fault.ts';
import type { LogSource } from './source.ts';
import type { Header, LogFilter } from './wire.ts';

/** Logs of a range and the contracts they were asked for. */
export interface FetchedRange extends CheckedLogs {
  readonly from: number;
  readonly to: number;
  readonly addresses: readonly Address[];
}

export interface FetchBounds {
  readonly from: number;
  readonly to: number;
  /** From this block on every header is fetched, and must stand on the one before. Default none. */
  readonly everyHeaderFrom?: number | undefined;
  /** As for `getCheckedLogs`. Default `all`. */
  readonly checks?: HeaderChecks | undefined;
  /** Hears of a request that was too wide, which is then split. */
  readonly onTooWide?: ((blocks: number) => void) | undefined;
}

/** The logs of a range that `sources` want now. Splits requests that the endpoint finds too wide. */
export async function fetchRange(
  rpc: Rpc,
  sources: readonly LogSource[],
  bounds: FetchBounds,
): Promise<FetchedRange> {
  const { from, to, everyHeaderFrom = to, checks, onTooWide } = bounds;
  const addresses = addressesOf(sources);
  const filter = { from, to, addresses, topics: topicsOf(sources) };
  const found = await checkedLogs(rpc, filter, { checks, onTooWide });
  const headers = new Map(found.headers.map((header) => [header.number, header]));
  const missing: number[] = [];
  for (let block = Math.max(from, everyHeaderFrom); block < to; block++) missing.push(block);
  for (const header of await rpc.getBlocks(missing)) if (header) addHeader(headers, header);
  return { from, to, addresses, logs: found.logs, headers: chained(headers) };
}

/** The contracts that the sources want now. */
export function addressesOf(sources: readonly LogSource[]): readonly Address[] {
  return [...new Set(sources.flatMap((source) => source.addresses()))];
}

export function topicsOf(sources: readonly LogSource[]): readonly Hex[] {
  return [...new Set(sources.flatMap((source) => source.topics))];
}

type Asking = Pick<FetchBounds, 'checks' | 'onTooWide'>;

/** Logs with headers, in as many requests as the endpoint makes necessary. */
export async function checkedLogs(rpc: Rpc, filter: LogFilter, asking: Asking = {}): Promise<CheckedLogs> {
  try {
    return await rpc.getCheckedLogs(filter, asking.checks);
  } catch (error) {
    const halves = error instanceof RangeTooWideError ? halve(filter) : undefined;
    if (halves === undefined) throw error;
    asking.onTooWide?.(filter.to - filter.from + 1);
    const first = await checkedLogs(rpc, halves[0], asking);
    const second = await checkedLogs(rpc, halves[1], asking);
    const headers = new Map(first.headers.map((header) => [header.number, header]));
    for (const header of second.headers) addHeader(headers, header);
    const logs = [...first.logs, ...second.logs].sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
    return { logs, headers: chained(headers) };
  }
}

/** By blocks while there are two, then by contracts. */
function halve(filter: LogFilter): readonly [LogFilter, LogFilter] | undefined {
  const { from, to, addresses } = filter;
  if (to > from) {
    const middle = Math.floor((from + to) / 2);
    return [
      { ...filter, to: middle },
      { ...filter, from: middle + 1 },
    ];
  }
  if (addresses.length < 2) return undefined;
  const half = Math.ceil(addresses.length / 2);
  return [
    { ...filter, addresses: addresses.slice(0, half) },
    { ...filter, addresses: addresses.slice(half) },
  ];
}

/** Ascending headers, each on top of the one before where both are there. */
function chained(headers: ReadonlyMap<number, Header>): readonly Header[] {
  const sorted = [...headers.values()].sort((a, b) => a.number - b.number);
  for (const header of sorted) {
    const parent = headers.get(header.number - 1);
    if (parent !== undefined && parent.hash !== header.parentHash)
      throw changed(header.number - 1, parent.hash, header.parentHash);
  }
  return sorted;
}

/** Two answers of one range must be of one fork; when not, the caller reads the range again. */
export function addHeader(headers: Map<number, Header>, header: Header): void {
  const known = headers.get(header.number);
  if (known !== undefined && known.hash !== header.hash) {
    throw changed(header.number, known.hash, header.hash);
  }
  headers.set(header.number, header);
}

function changed(block: number, before: Hex, after: Hex): RetryableError {
  return new RetryableError(
    `block ${block} changed while its range was read (${before} became ${after}): read it again`,
  );
}
