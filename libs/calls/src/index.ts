export { CALL_STATES, FINAL_STATES, isFinal, type CallState } from './states/call-state.ts';
export {
  CALL_EVENTS,
  ROLES,
  type Actor,
  type CallEvent,
  type CallEventKind,
  type CallFacts,
  type HeldUnits,
  type Pledge,
  type Role,
} from './states/call-event.ts';
export { TRANSITIONS } from './states/transitions.ts';
export {
  inTransitUsd,
  newCall,
  TIMERS,
  type CalledAccount,
  type CallTimer,
  type Dispute,
  type MarginCall,
  type TimerName,
} from './states/margin-call.ts';
export {
  AUDIENCES,
  TOPICS,
  type Audience,
  type CallEffect,
  type LogDraft,
  type Notice,
  type Topic,
} from './states/effect.ts';
export { next, type Next } from './states/next.ts';
export { timeText } from './states/time-text.ts';
export {
  CHANNELS,
  MEASURES,
  policyJsonSchema,
  policySchema,
  type Channel,
  type Measure,
  type Policy,
  type Rung,
} from './policy/policy.ts';
export { isHealthier, rungAt, rungPlace } from './policy/healthier.ts';
export { readPolicy } from './policy/read-policy.ts';
export { DEFAULT_AUTHORITY } from './policy/authority.ts';
export { PRESET_NAMES, presetPolicy, type PresetName } from './policy/presets.ts';
export type { CureOption, RequiredCure } from './cure/required-cure.ts';
export { requiredOf, type CureAsked } from './cure/required-of.ts';
export { leastAmount, type AmountSearch } from './cure/least-amount.ts';
export {
  isAtOrBetter,
  meetsMoves,
  meetsRatio,
  ratioOf,
  sharedPrices,
  wadOf,
  type ExactRatio,
  type MeetsTarget,
  type SharedPrices,
} from './cure/target.ts';
export { hashOf } from './log/canonical.ts';
export { appendEntries, appendEntry, EMPTY_LOG, type LogEntry, type LogHead } from './log/log-entry.ts';
export { verifyLog, type KnownOfLog, type LogFlaw, type VerifiedLog } from './log/verify-log.ts';
export { measuresOf, type Measures } from './review/measures.ts';
export {
  accountKey,
  reviewAccounts,
  type EndedCall,
  type Review,
  type ReviewedBlock,
  type ReviewInput,
  type ReviewStep,
} from './review/review-accounts.ts';
export { takeSteps, type TakenStep } from './review/take-steps.ts';
