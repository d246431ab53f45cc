import type { Measure } from '../monitor/reading.ts';

/** How bad a flag is: to be looked at, or prices that must not be trusted now. */
export type Severity = 'warning' | 'critical';

/** When a flag goes up, gets worse and comes down: data, so that each desk may have its own. */
export interface FlagRule {
  readonly kind: FlagKind;
  readonly measure: Measure;
  /** Whether a high or a low value is bad. */
  readonly bad: 'high' | 'low';
  /** The value from which it is raised … */
  readonly raiseAt: number;
  /** … from which it is critical … */
  readonly criticalAt: number;
  /** … and which it must better to be lowered again; better than `raiseAt`, so that it does not flutter. */
  readonly clearAt: number;
  /** How many readings in a row must say so, before it is raised and before it is lowered. */
  readonly readings: number;
  /** Whether the flag ends where its measure has no value any more: what waited waits no longer. Else nobody knows, and it stands. */
  readonly endsWhenAbsent?: boolean;
}

/** Whether a value of a rule's measure is as bad as one of its lines, or worse. */
export const isBeyond = ({ bad }: Pick<FlagRule, 'bad'>, value: number, line: number): boolean =>
  bad === 'high' ? value >= line : value <= line;

export type FlagKind =
  | 'stuck'
  | 'slow'
  | 'deviating'
  | 'jumping'
  | 'decoupled'
  | 'capped'
  | 'cap-pending'
  | 'bounded'
  | 'drainable'
  | 'split-legs'
  | 'disagreeing'
  | 'silent'
  | 'clock-apart'
  | 'outlying'
  | 'spiking';

/**
 * Rules for feeds of crypto assets against markets of some depth.
 *
 * - `stuck`: half a heartbeat overdue; twice it is critical.
 * - `slow`: the market has moved on by twice the threshold and no answer came.
 * - `deviating`: 2 % from the market, 5 % critical. The lines of LlamaRisk's oracle validation of 2026-04 (1 % and 5 %), the first
 *   doubled because one market is not the market.
 * - `jumping`: an answer that moved 3 % otherwise than the market.
 * - `decoupled`: an answer that stands still while the market moves 5 %; 20 % critical.
 * - `capped`, `cap-pending`: less than half a percent of room; none is critical.
 * - `bounded`: within 1 % of the least or greatest answer that the feed can give; at it is critical.
 * - `drainable`: so far too high that as much may be borrowed as the collateral is worth; a tenth more is critical.
 * - `split-legs`: a pair 2 % from the ratio of its markets. `disagreeing`: two oracles of an asset 1 % apart.
 *
 * And for the sources of market prices, exchanges above all:
 *
 * - `silent`: too old to count, five minutes; an hour is critical.
 * - `clock-apart`: its clock is a minute from ours, ten are critical. A feed that dates its answers ahead has it too.
 * - `outlying`: 2 % from the others, 5 % critical: the lines of `deviating`.
 * - `spiking`: a point 3 % off that came back, as `sourceFaults` finds it; a tenth is critical. Of a feed's answers too.
 */
export const DEFAULT_RULES: readonly FlagRule[] = [
  rule('stuck', 'ageOfHeartbeat', [1.5, 2, 1.1]),
  rule('slow', 'moveOfThreshold', [2, 4, 1]),
  rule('deviating', 'deviation', [0.02, 0.05, 0.01]),
  rule('jumping', 'jump', [0.03, 0.1, 0.015], { readings: 1 }),
  rule('decoupled', 'decoupling', [0.05, 0.2, 0.025]),
  rule('capped', 'capHeadroom', [0.005, 0, 0.01], { bad: 'low' }),
  rule('cap-pending', 'pendingCapHeadroom', [0.005, 0, 0.01], {
    bad: 'low',
    readings: 1,
    endsWhenAbsent: true,
  }),
  rule('bounded', 'boundHeadroom', [0.01, 0, 0.02], { bad: 'low' }),
  rule('drainable', 'borrowable', [1, 1.1, 0.98]),
  rule('split-legs', 'splitLegs', [0.02, 0.05, 0.01]),
  rule('disagreeing', 'disagreement', [0.01, 0.03, 0.005]),
  rule('silent', 'silence', [1, 12, 0.5]),
  rule('clock-apart', 'clockApart', [60, 600, 30]),
  rule('outlying', 'outlying', [0.02, 0.05, 0.01]),
  rule('spiking', 'spike', [0.03, 0.1, 0.015], { readings: 1 }),
];

function rule(
  kind: FlagKind,
  measure: Measure,
  [raiseAt, criticalAt, clearAt]: readonly [raiseAt: number, criticalAt: number, clearAt: number],
  {
    bad = 'high',
    readings = 2,
    endsWhenAbsent = false,
  }: Partial<Pick<FlagRule, 'bad' | 'readings' | 'endsWhenAbsent'>> = {},
): FlagRule {
  return { kind, measure, bad, raiseAt, criticalAt, clearAt, readings, endsWhenAbsent };
}
