import type { RequiredCure } from '../cure/required-cure.ts';

/** Who does what happens to a call. What facts and clocks do is done by `system`. */
export const ROLES = ['borrower', 'operator', 'approver', 'system'] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  readonly role: Role;
  /** What names the person, or the part of the system. */
  readonly name: string;
}

/** An account at a block, as a review measured it. */
export interface CallFacts {
  readonly block: number;
  readonly blockHash?: string | undefined;
  readonly bookHash: string;
  /** By the measure of the policy. */
  readonly measured: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  /** Raw units by leg, so that what its owner did can be told from what prices did. */
  readonly holdings: readonly HeldUnits[];
}

/** What an account held or owed of one asset in one market. */
export interface HeldUnits {
  readonly market: string;
  readonly asset: string;
  readonly side: 1 | -1;
  /** Raw units, as a decimal text. */
  readonly amount: string;
}

/** Collateral that is offered, or sent. */
export interface Pledge {
  readonly asset: string;
  /** Raw units, as a decimal text. */
  readonly amount: string;
  readonly valueUsd: number;
}

interface Done {
  /** Unix seconds. */
  readonly at: number;
  readonly by: Actor;
}

/** What can happen to a margin call. */
export type CallEvent = Done &
  (
    | {
        /** It reached a rung of its ladder, or a worse one than before. */
        readonly kind: 'breach';
        readonly rung: string;
        readonly facts: CallFacts;
        readonly required: RequiredCure;
      }
    /** It is back at the cure target: by what its owner did, or because prices came back. */
    | { readonly kind: 'recover'; readonly because: 'owner' | 'price'; readonly facts: CallFacts | undefined }
    | { readonly kind: 'liquidated'; readonly block: number }
    /** The chain went back behind the block of the breach, and there is none now. */
    | { readonly kind: 'reorg'; readonly above: number }
    | { readonly kind: 'timer'; readonly id: string }
    | { readonly kind: 'acknowledge' }
    | { readonly kind: 'agree' }
    | { readonly kind: 'agree-partly'; readonly agreedUsd: number; readonly reason: string }
    /** Of the whole, or of what is above an amount that is agreed and goes on. */
    | { readonly kind: 'dispute'; readonly reason: string; readonly agreedUsd?: number | undefined }
    | { readonly kind: 'cancel-dispute' }
    | { readonly kind: 'pledge'; readonly pledges: readonly Pledge[] }
    | { readonly kind: 'accept-pledge' }
    | { readonly kind: 'reject-pledge'; readonly reason: string }
    | { readonly kind: 'deliver'; readonly reference: string }
    | { readonly kind: 'fail-delivery'; readonly reason: string }
    | { readonly kind: 'escalate'; readonly reason: string }
    | { readonly kind: 'withdraw'; readonly reason: string }
    | { readonly kind: 'assign'; readonly to: string }
    | { readonly kind: 'note'; readonly text: string }
  );

export type CallEventKind = CallEvent['kind'];

export const CALL_EVENTS = [
  'breach',
  'recover',
  'liquidated',
  'reorg',
  'timer',
  'acknowledge',
  'agree',
  'agree-partly',
  'dispute',
  'cancel-dispute',
  'pledge',
  'accept-pledge',
  'reject-pledge',
  'deliver',
  'fail-delivery',
  'escalate',
  'withdraw',
  'assign',
  'note',
] as const satisfies readonly CallEventKind[];

/** An event of one kind. */
export type EventOf<Kind extends CallEventKind> = Extract<CallEvent, { readonly kind: Kind }>;
