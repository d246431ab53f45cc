/**
 * What can be measured of an oracle at a moment. A measure that has no value then (no market price, no timestamp, no cap) is
 * absent: it is neither 0 nor fine.
 */
export const MEASURES = {
  /** Seconds since the last answer ÷ the heartbeat; above 1 the feed is overdue. */
  ageOfHeartbeat: 'age ÷ heartbeat',
  /** |answer ÷ market − 1|. */
  deviation: 'distance from the market',
  /** |move of the market since the last answer| ÷ the threshold, or the deviation ÷ the threshold where that is less; above 1 an answer is due. */
  moveOfThreshold: 'move of the market since the last answer ÷ threshold',
  /** |move of the answer from the one before − move of the market between the two|, or the deviation where that is less. */
  jump: 'move of the answer that the market did not make',
  /** |move of the market| over the window in which the answer stood still. */
  decoupling: 'move of the market while the answer stood still',
  /** How far the uncapped rate may still rise before the cap binds, as a ratio; 0 and below: it binds. */
  capHeadroom: 'room below the cap',
  /** The same once a pending update has landed. */
  pendingCapHeadroom: 'room below the cap after the pending update',
  /** Distance of the answer from the nearer of its least and greatest possible ones, as a ratio of the answer. */
  boundHeadroom: 'room to the bounds of the feed',
  /** What may be borrowed against a dollar's worth of the asset at its market, see `OracleGap.borrowableOfMarket`. */
  borrowable: 'what may be borrowed against a dollar of it at its market',
  /** |ratio of the two feeds of a pair ÷ ratio of their markets − 1|. */
  splitLegs: 'distance of a pair of feeds from the ratio of their markets',
  /** |answer ÷ answer of another oracle of the same asset − 1|. */
  disagreement: 'distance from another oracle of the same asset',
  /** Seconds since a source of market prices said something ÷ the longest that counts; above 1 it does not count. */
  silence: 'age of what a source said ÷ the oldest that counts',
  /** |clock of a source − ours| when it said so, seconds; of a feed how far it dated its answer ahead of the block. */
  clockApart: 'seconds between its clock and ours',
  /** |price of a source ÷ the market's by all sources − 1|, where three or more are fresh. */
  outlying: 'distance from the other sources of the market',
  /** Greatest move for one point that came back at the next, of late; 0 without one, see `sourceFaults`. */
  spike: 'move for one point that came back',
} as const;

export type Measure = keyof typeof MEASURES;

/** Measures that count times something; all others but those in seconds are ratios, where 0.01 = 1 %. */
export const COUNTED_IN_TIMES: ReadonlySet<Measure> = new Set([
  'ageOfHeartbeat',
  'moveOfThreshold',
  'silence',
]);

/** Measures in seconds. */
export const COUNTED_IN_SECONDS: ReadonlySet<Measure> = new Set(['clockApart']);

/** All measures of one oracle that have a value at a moment. */
export interface Reading {
  /** Unix seconds. */
  readonly time: number;
  readonly values: Readonly<Partial<Record<Measure, number>>>;
}
