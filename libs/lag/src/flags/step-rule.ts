import { isBeyond, type FlagKind, type FlagRule, type Severity } from './flag-rule.ts';

/** A time in which a price was not to be trusted. */
export interface Flag {
  readonly kind: FlagKind;
  /** The worst that it came to. */
  readonly severity: Severity;
  /** First of the readings that raised it, unix seconds. */
  readonly start: number;
  /** When it was raised: after as many readings as its rule asks for. */
  readonly raisedAt: number;
  /** First of the readings that lowered it; undefined while it stands. */
  readonly end: number | undefined;
  /** The worst value of its measure, and when that was. */
  readonly peak: number;
  readonly peakTime: number;
}

/** One value of a rule's measure. */
export interface Said {
  /** Unix seconds. */
  readonly time: number;
  readonly value: number;
}

/** What a rule knows of one oracle between two readings. */
export interface RuleState {
  readonly standing: Flag | undefined;
  /** Readings in a row that speak for a change, the oldest first. */
  readonly run: readonly Said[];
}

/** The state before the first reading. */
export const NOTHING_SEEN: RuleState = { standing: undefined, run: [] };

/** What a reading did to a flag: it was raised, became critical, came to a worse value of the same severity, or was lowered. */
export const FLAG_CHANGES = ['raised', 'worsened', 'peaked', 'ended'] as const;
export type FlagChange = (typeof FLAG_CHANGES)[number];

/** The state after a reading, and the flag that it changed, as it is then. */
export type RuleStep =
  | { readonly state: RuleState; readonly flag?: undefined; readonly change?: undefined }
  | { readonly state: RuleState; readonly flag: Flag; readonly change: FlagChange };

/** What one more reading makes of a rule's state: a value of its measure, or that it has none then. */
export function stepRule(
  rule: FlagRule,
  state: RuleState,
  { time, value }: { readonly time: number; readonly value: number | undefined },
): RuleStep {
  if (value === undefined) return stepAbsent(rule, state, time);
  const said = { time, value };
  const { standing, run } = state;
  return standing ? stepStanding(rule, { standing, run }, said) : stepDown(rule, run, said);
}

/** Nobody knows, and all stays as it is; or what waited waits no longer. */
function stepAbsent({ endsWhenAbsent = false }: FlagRule, state: RuleState, time: number): RuleStep {
  if (!endsWhenAbsent) return { state };
  const { standing } = state;
  return standing
    ? { state: NOTHING_SEEN, flag: { ...standing, end: time }, change: 'ended' }
    : { state: NOTHING_SEEN };
}

/** No flag stands: as many values in a row as the rule asks for raise one. */
function stepDown(rule: FlagRule, before: readonly Said[], said: Said): RuleStep {
  const run = isBeyond(rule, said.value, rule.raiseAt) ? [...before, said] : [];
  if (run.length < rule.readings) return { state: { standing: undefined, run } };
  const worst = run.reduce((one, other) => (isWorse(rule, other.value, one.value) ? other : one));
  const flag: Flag = {
    kind: rule.kind,
    severity: severityOf(rule, worst.value),
    start: run[0]!.time,
    raisedAt: said.time,
    end: undefined,
    peak: worst.value,
    peakTime: worst.time,
  };
  return { state: { standing: flag, run: [] }, flag, change: 'raised' };
}

/** A flag stands: a worse value is its peak, and as many good values in a row lower it. */
function stepStanding(
  rule: FlagRule,
  { standing, run: before }: RuleState & { readonly standing: Flag },
  { time, value }: Said,
): RuleStep {
  if (isWorse(rule, value, standing.peak)) {
    const flag = { ...standing, peak: value, peakTime: time, severity: severityOf(rule, value) };
    const change = flag.severity === standing.severity ? 'peaked' : 'worsened';
    return { state: { standing: flag, run: [] }, flag, change };
  }
  const run = isBeyond(rule, value, rule.clearAt) ? [] : [...before, { time, value }];
  if (run.length < rule.readings) return { state: { standing, run } };
  return { state: NOTHING_SEEN, flag: { ...standing, end: run[0]!.time }, change: 'ended' };
}

/**
 * The state of a rule from what was kept of it: the flag that stands, and the newest values before the next one, the oldest first. Fewer
 * than the rule asks for are enough: what raised a flag never speaks for lowering it, and the other way round.
 */
export function resumeRule(rule: FlagRule, standing: Flag | undefined, last: readonly Said[]): RuleState {
  const isFor = ({ value }: Said) =>
    standing ? !isBeyond(rule, value, rule.clearAt) : isBeyond(rule, value, rule.raiseAt);
  const newest = rule.readings > 1 ? last.slice(1 - rule.readings) : [];
  const against = newest.findLastIndex((said) => !isFor(said));
  return { standing, run: newest.slice(against + 1) };
}

const isWorse = ({ bad }: FlagRule, value: number, than: number) =>
  bad === 'high' ? value > than : value < than;

const severityOf = (rule: FlagRule, peak: number): Severity =>
  isBeyond(rule, peak, rule.criticalAt) ? 'critical' : 'warning';
