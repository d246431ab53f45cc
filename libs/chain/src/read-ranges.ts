import { fetchRange } from './fetch-range.ts';
import type { FetchedRange } from './fetch-range.ts';
import type { Rpc } from './open-rpc.ts';
import { learn, NOTHING_READ, planBlocks } from './range-plan.ts';
import { sizeAfterLogs, sizeAfterRefusal } from './range-size.ts';
import type { RangeSize } from './range-size.ts';
import type { RangeResult } from './read-range.ts';
import { readWithCalls, type BlockCalls } from './read-with-calls.ts';
import type { HeaderChecks } from './read-logs-with-headers.ts';
import type { LogSource } from './source.ts';

export interface ReadRangesOptions {
  readonly from: number;
  readonly to: number;
  /** As for `readRange`; asked anew for each range, because a node soon forgets the state of a block. */
  readonly readAt?: (() => Promise<number>) | undefined;
  readonly everyHeaderFrom?: number | undefined;
  readonly checks?: HeaderChecks | undefined;
  /** Calls at blocks in between; what they say is in the ranges. Default none. */
  readonly calls?: BlockCalls | undefined;
  /** Logs a range is sized for: large enough to keep a node busy, small enough for memory. Default 3,000. */
  readonly targetLogs?: number;
  /** Widest range. Default 10,000 blocks, which most hosted endpoints allow. */
  readonly maxBlocks?: number;
}

/** Blocks of the first range, before anything is known of how busy they are. */
const FIRST_BLOCKS = 8;
/** Blocks that are asked how full they are: from the first on, since those of a new chain differ most. */
const PLANNED_BLOCKS = 10_000;
/** Ranges fetched ahead: while one is decoded, the node works on the next two. */
const AHEAD = 2;

/**
 * Reads `from..to` as consecutive ranges whose width follows what they bring, how full the next blocks are, and what the
 * endpoint allows. The next ranges are fetched while the caller works on the one given.
 */
export async function* readRanges(
  rpc: Rpc,
  sources: readonly LogSource[],
  options: ReadRangesOptions,
): AsyncGenerator<RangeResult, void, void> {
  const {
    from,
    to,
    readAt,
    everyHeaderFrom,
    checks,
    calls = NO_CALLS,
    targetLogs = 3_000,
    maxBlocks = 10_000,
  } = options;
  let size: RangeSize = { blocks: FIRST_BLOCKS, ceiling: maxBlocks };
  let start = from;
  let known = NOTHING_READ;
  const full = checks === 'last' ? [] : await fullness(rpc, from, to);

  const fetchNext = async (): Promise<FetchedRange> => {
    const ahead = full.slice(start - from, start - from + size.ceiling);
    const plan = ahead.length > 0 ? planBlocks(ahead, known, targetLogs) : { blocks: size.blocks, known };
    known = plan.known;
    const blocks = Math.min(plan.blocks, to - start + 1);
    const bounds = { from: start, to: start + blocks - 1, everyHeaderFrom, checks };
    start += blocks;
    let refused: RangeSize | undefined;
    const onTooWide = (wide: number) => (refused = sizeAfterRefusal({ ...size, blocks: wide }) ?? refused);
    const fetched = await fetchRange(rpc, sources, { ...bounds, onTooWide });
    const brought = { planned: plan.known, full: ahead.slice(0, blocks), logs: fetched.logs.length };
    known = learn(known, brought);
    // A range cut short by the end, or refused, tells less than a whole one.
    size = limit(refused ?? sizeAfterLogs({ ...size, blocks }, fetched.logs.length, targetLogs), maxBlocks);
    return fetched;
  };

  const ahead: Promise<FetchedRange>[] = [];
  const fillUp = () => {
    while (ahead.length < AHEAD && start <= to) {
      const next = fetchNext();
      // A failure is told when its turn comes; until then it must not count as unhandled.
      next.catch(() => {});
      ahead.push(next);
    }
  };
  fillUp();
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    const fetched = await next;
    fillUp();
    yield await readWithCalls(rpc, sources, {
      ...{ fetched, checks, calls },
      ...(readAt && { readAt: Math.max(fetched.to, await readAt()) }),
    });
  }
}

const NO_CALLS: BlockCalls = {
  blocksIn: () => [],
  callAt: async () => ({ facts: [], reference: [] }),
};

/** How full the blocks from `from` on are; none where it is not worth asking, or not told. */
async function fullness(rpc: Rpc, from: number, to: number): Promise<readonly number[]> {
  if (to - from < FIRST_BLOCKS) return [];
  return (await rpc.getFullness(from, Math.min(to, from + PLANNED_BLOCKS - 1))) ?? [];
}

function limit(size: RangeSize, maxBlocks: number): RangeSize {
  return { blocks: Math.min(size.blocks, maxBlocks), ceiling: Math.min(size.ceiling, maxBlocks) };
}
