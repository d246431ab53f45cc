/**
 * Where a margin call stands. `watch`: a warning, nothing is asked yet. `called` to `in-transit`: asked, and answered in the words of ISDA's Common
 * Domain Model (`MarginCallResponseTypeEnum`), of the flow in which houses exchange calls, and of ISO 20022 (colr.003, colr.004).
 * `escalated`: a deadline passed, or a rung was reached at which nobody waits. The last four are final.
 */
export const CALL_STATES = [
  'watch',
  'called',
  'acknowledged',
  'agreed',
  'partially-agreed',
  'disputed',
  'pledged',
  'pledge-accepted',
  'pledge-rejected',
  'in-transit',
  'escalated',
  'cured',
  'liquidated',
  'expired',
  'withdrawn',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** States that no event leaves. */
export const FINAL_STATES: readonly CallState[] = ['cured', 'liquidated', 'expired', 'withdrawn'];

export const isFinal = (state: CallState): boolean => FINAL_STATES.includes(state);
