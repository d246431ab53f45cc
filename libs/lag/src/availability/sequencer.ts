/** What a rollup's uptime feed said of its sequencer. */
export interface SequencerAnswer {
  /** When it said so, unix seconds. */
  readonly time: number;
  readonly isDown: boolean;
}

/**
 * Whether prices of a rollup can be trusted by what its sequencer did.
 *
 * - `up`: it runs, and has for longer than the grace period.
 * - `grace`: it runs again. Prices may be those from before it stopped, and owners had no time yet to act; lending protocols that look at
 *   the feed let nobody be liquidated in that time.
 * - `down`: it stands still, and so do all feeds of the rollup, whatever markets do.
 */
export interface SequencerStanding {
  readonly state: 'up' | 'grace' | 'down';
  /** Since when it is up or down, unix seconds: the first answer of the same kind in a row that is known. */
  readonly since: number;
  /** True where an answer of the other kind is known before: else it has been so for longer than is known. */
  readonly isSinceKnown: boolean;
  /** End of the grace period, unix seconds; undefined unless it is one. */
  readonly graceEndsAt: number | undefined;
}

/** Of Aave's `PriceOracleSentinel` on its rollups, and of the example in Chainlink's documents. */
export const GRACE_SECONDS = 3_600;

/**
 * What is known of a sequencer at a time, from answers in order of time. Undefined before the first answer.
 *
 * A feed says 0 for up and 1 for down when it changes, and may say the same again.
 */
export function sequencerStanding(
  answers: readonly SequencerAnswer[],
  time: number,
  graceSeconds = GRACE_SECONDS,
): SequencerStanding | undefined {
  const known = answers.filter((answer) => answer.time <= time);
  const last = known.at(-1);
  if (!last) return undefined;
  const change = known.findLastIndex(({ isDown }) => isDown !== last.isDown);
  const since = known[change + 1]!.time;
  const isSinceKnown = change >= 0;
  if (last.isDown) return { state: 'down', since, isSinceKnown, graceEndsAt: undefined };
  const graceEndsAt = since + graceSeconds;
  const isGrace = isSinceKnown && time < graceEndsAt;
  return {
    state: isGrace ? 'grace' : 'up',
    since,
    isSinceKnown,
    graceEndsAt: isGrace ? graceEndsAt : undefined,
  };
}
