import type { RequiredCure } from '../cure/required-cure.ts';
import type { CallFacts, Pledge } from './call-event.ts';
import type { CallState } from './call-state.ts';

/** The account that is called: one leg of its owner's case. */
export interface CalledAccount {
  readonly chainId: number;
  readonly venue: string;
  readonly owner: string;
  /** '' where an owner has one account at the venue. */
  readonly market: string;
}

/** What a call waits for: `deadline` of an answer, `reminder`, `settlement` of what is on its way, `expiry` of what was escalated. */
export const TIMERS = ['deadline', 'reminder', 'settlement', 'expiry'] as const;
export type TimerName = (typeof TIMERS)[number];

export interface CallTimer {
  /** Unique among all timers that the call ever had, so that one that was cancelled or has fired cannot fire again. */
  readonly id: string;
  readonly name: TimerName;
  /** Unix seconds. */
  readonly at: number;
}

/** What a borrower does not agree with. */
export interface Dispute {
  readonly reason: string;
  /** What is agreed all the same; 0 = nothing. */
  readonly agreedUsd: number;
  /** Where the call stood when it was disputed. */
  readonly from: CallState;
}

/** One margin call: plain data, changed by `next` alone. */
export interface MarginCall {
  readonly id: string;
  readonly caseId: string;
  readonly account: CalledAccount;
  /** Name and hash of the policy that it was opened by. */
  readonly policy: { readonly name: string; readonly hash: string };
  readonly state: CallState;
  /** The worst rung that it reached. */
  readonly rung: string | undefined;
  /** The newest breach. */
  readonly facts: CallFacts | undefined;
  readonly required: RequiredCure | undefined;
  /** Unix seconds, as all times here. */
  readonly openedAt: number;
  /** The block of its first breach. */
  readonly openedBlock: number;
  readonly updatedAt: number;
  readonly calledAt: number | undefined;
  readonly acknowledgedAt: number | undefined;
  /** When an answer is due; a worse rung may move it forward, nothing moves it back. */
  readonly deadlineAt: number | undefined;
  readonly escalatedAt: number | undefined;
  readonly closedAt: number | undefined;
  /** Why it ended, or why it was escalated, for a person. */
  readonly reason: string | undefined;
  readonly dispute: Dispute | undefined;
  readonly pledges: readonly Pledge[];
  readonly assignedTo: string | undefined;
  readonly timers: readonly CallTimer[];
  /** How many timers it was given, notices were made of it, and reminders sent since the last answer. */
  readonly counts: { readonly timers: number; readonly notices: number; readonly reminders: number };
}

/** USD of a call's pledges that are on their way: not counted as settled before the chain says so. */
export const inTransitUsd = ({ state, pledges }: MarginCall): number =>
  state === 'in-transit' ? pledges.reduce((sum, { valueUsd }) => sum + valueUsd, 0) : 0;

/** A call before anything has happened to it: it is only kept with the breach that it is opened for. */
export function newCall(
  of: Pick<MarginCall, 'id' | 'caseId' | 'account' | 'policy' | 'openedAt' | 'openedBlock'>,
): MarginCall {
  return {
    ...of,
    ...{ state: 'watch', rung: undefined, facts: undefined, required: undefined, updatedAt: of.openedAt },
    ...{ calledAt: undefined, acknowledgedAt: undefined, deadlineAt: undefined, escalatedAt: undefined },
    ...{ closedAt: undefined, reason: undefined, dispute: undefined, assignedTo: undefined },
    ...{ pledges: [], timers: [], counts: { timers: 0, notices: 0, reminders: 0 } },
  };
}
