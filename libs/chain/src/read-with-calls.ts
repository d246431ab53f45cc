import { compareFactKeys } from '@undertow/market';
import type { Fact } from '@undertow/market';
import { addHeader, addressesOf, checkedLogs, topicsOf, type FetchedRange } from './fetch-range.ts';
import type { Rpc } from './open-rpc.ts';
import type { HeaderChecks } from './read-logs-with-headers.ts';
import { readRange, type RangeResult } from './read-range.ts';
import type { LogSource, ReferencePart } from './source.ts';
import type { Header } from './wire.ts';

/** Calls that are made at the end of some blocks, when the sources know what the logs up to there say and no more. */
export interface BlockCalls {
  /** The blocks of `from..to` at which calls are made, ascending. */
  blocksIn(from: number, to: number): readonly number[];
  /** What calls at the end of a block say. */
  callAt(block: Header): Promise<{
    readonly facts: readonly Fact[];
    readonly reference: readonly ReferencePart[];
  }>;
}

export interface ReadWithCallsOptions {
  readonly fetched: FetchedRange;
  readonly readAt?: number | undefined;
  readonly checks?: HeaderChecks | undefined;
  readonly calls: BlockCalls;
}

/**
 * What sources say in a range that was fetched, with calls at some of its blocks: as if the range had ended at each of them,
 * so that how wide it is makes no difference to what is called.
 */
export async function readWithCalls(
  rpc: Rpc,
  sources: readonly LogSource[],
  { fetched, readAt, checks, calls }: ReadWithCallsOptions,
): Promise<RangeResult> {
  const { from, to } = fetched;
  const stops = calls.blocksIn(from, to);
  let rest = await withHeaders(rpc, fetched, stops);
  const facts: Fact[] = [];
  const reference: ReferencePart[] = [];
  const headers = new Map<number, Header>();
  let logs = 0;
  for (const stop of stops.at(-1) === to ? stops : [...stops, to]) {
    const piece = upTo(rest, stop);
    const read = await readRange(rpc, sources, {
      ...{ from: piece.from, to: stop, fetched: piece, checks },
      ...(readAt !== undefined && { readAt }),
    });
    for (const header of read.blocks) addHeader(headers, header);
    for (const fact of read.facts) facts.push(fact);
    reference.push(...read.reference);
    logs += read.logs;
    if (stops.includes(stop)) {
      const said = await calls.callAt(headers.get(stop)!);
      for (const fact of said.facts) facts.push(fact);
      reference.push(...said.reference);
    }
    rest = await withNewContracts(rpc, sources, { rest: after(rest, stop), checks });
  }
  facts.sort(compareFactKeys);
  const blocks = [...headers.values()].sort((a, b) => a.number - b.number);
  return { from, to, facts, reference, blocks, logs };
}

/** The same range with the headers of some of its blocks. */
async function withHeaders(
  rpc: Rpc,
  fetched: FetchedRange,
  blocks: readonly number[],
): Promise<FetchedRange> {
  const headers = new Map(fetched.headers.map((header) => [header.number, header]));
  const missing = blocks.filter((block) => !headers.has(block));
  for (const header of await rpc.getBlocks(missing)) if (header) addHeader(headers, header);
  return { ...fetched, headers: [...headers.values()].sort((a, b) => a.number - b.number) };
}

const upTo = (range: FetchedRange, to: number): FetchedRange => ({
  ...range,
  to,
  logs: range.logs.filter(({ block }) => block <= to),
  headers: range.headers.filter(({ number }) => number <= to),
});

const after = (range: FetchedRange, block: number): FetchedRange => ({
  ...range,
  from: block + 1,
  logs: range.logs.filter((log) => log.block > block),
  headers: range.headers.filter(({ number }) => number > block),
});

/** The rest of a range with the logs of contracts that were announced before it: asked for once, not by each piece. */
async function withNewContracts(
  rpc: Rpc,
  sources: readonly LogSource[],
  { rest, checks }: { readonly rest: FetchedRange; readonly checks: HeaderChecks | undefined },
): Promise<FetchedRange> {
  const known = new Set(rest.addresses);
  const addresses = addressesOf(sources).filter((address) => !known.has(address));
  if (addresses.length === 0 || rest.from > rest.to) return rest;
  const { from, to } = rest;
  const more = await checkedLogs(rpc, { from, to, addresses, topics: topicsOf(sources) }, { checks });
  const headers = new Map(rest.headers.map((header) => [header.number, header]));
  for (const header of more.headers) addHeader(headers, header);
  return {
    ...{ from, to, addresses: [...rest.addresses, ...addresses] },
    logs: [...rest.logs, ...more.logs].sort((a, b) => a.block - b.block || a.logIndex - b.logIndex),
    headers: [...headers.values()].sort((a, b) => a.number - b.number),
  };
}
