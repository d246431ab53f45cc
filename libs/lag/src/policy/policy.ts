/** By which rule a feed answers, as far as its answers show. */
export interface FeedPolicy {
  /** A move of the market from the last answer by this ratio brings a new one. Undefined: none was seen to. */
  readonly threshold: number | undefined;
  /** Longest time between two answers, seconds. Undefined where too few answers are known to say. */
  readonly heartbeatSeconds: number | undefined;
  /** Fixed times of the day at which it answers whatever the market does. Empty: its heartbeat starts anew with every answer. */
  readonly clocks: readonly FeedClock[];
}

/** Answers at about `phaseSeconds`, `phaseSeconds + periodSeconds`, … after midnight UTC. */
export interface FeedClock {
  readonly periodSeconds: number;
  /** When its answers usually stand on the chain, from 0 to below the period. */
  readonly phaseSeconds: number;
}

/** How long the answers of one strike of a clock may lie apart, seconds: blocks, and nodes that must agree. */
export const STRIKE_SECONDS = 120;

/** Whether an answer at this time is one of the clock's. */
export function isOfClock({ periodSeconds, phaseSeconds }: FeedClock, time: number): boolean {
  const late = (((time - phaseSeconds) % periodSeconds) + periodSeconds) % periodSeconds;
  return Math.min(late, periodSeconds - late) <= STRIKE_SECONDS / 2;
}
