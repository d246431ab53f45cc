/** What the blocks read so far say of those to come. How full a block is: the share of its gas limit that it used. */
export interface Busyness {
  /** Logs per full block, in the busiest range of late; undefined where nothing is known yet of blocks as full. */
  readonly logsPerFull: number | undefined;
  /** The fullest block planned so far. */
  readonly fullest: number;
}

/**
 * Before the first range. Blocks that are nearly empty are taken to log as often as any that were seen (once per 30,000 gas in
 * the 3 G gas of a local chain's block), so that they need not be read one by one.
 */
export const NOTHING_READ: Busyness = { logsPerFull: 100_000, fullest: 0.01 };

/** A block so many times as full as any before is like none of them: what those brought says nothing of it. */
const JUMP = 2;
/** Largest step down of what is expected: one quiet range says little of the next. */
const RELIEF = 2;

export interface Plan {
  /** Blocks to ask for in one go; at least 1. */
  readonly blocks: number;
  readonly known: Busyness;
}

/**
 * How many blocks bring about `targetLogs`, given how full the next ones are (at least one): up to the first that would be
 * too much or that is far fuller than any before, which is taken alone. While nothing is known of blocks as full, one
 * alone too. Empty blocks cost nothing.
 */
export function planBlocks(full: readonly number[], known: Busyness, targetLogs: number): Plan {
  const { logsPerFull, fullest } = known;
  const first = full[0] ?? 0;
  if (first > JUMP * fullest) return { blocks: 1, known: { logsPerFull: undefined, fullest: first } };
  const logsIn = (share: number) => (share === 0 ? 0 : share * (logsPerFull ?? Infinity));
  let blocks = 1;
  let expected = logsIn(first);
  for (; blocks < full.length; blocks++) {
    const next = full[blocks] as number;
    expected += logsIn(next);
    if (expected > targetLogs || next > JUMP * fullest) break;
  }
  return {
    blocks,
    known: { logsPerFull, fullest: full.slice(0, blocks).reduce((a, b) => Math.max(a, b), fullest) },
  };
}

export interface Brought {
  /** What was known once the range was planned. */
  readonly planned: Busyness;
  /** Its blocks. */
  readonly full: readonly number[];
  readonly logs: number;
}

/** What is known after a range; nothing more when fuller blocks have been planned since, which it says nothing of. */
export function learn(known: Busyness, { planned, full, logs }: Brought): Busyness {
  const sum = full.reduce((total, share) => total + share, 0);
  if (sum === 0 || planned.fullest * JUMP < known.fullest) return known;
  return { ...known, logsPerFull: Math.max(logs / sum, (known.logsPerFull ?? 0) / RELIEF) };
}
