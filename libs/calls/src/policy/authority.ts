import type { CallEventKind, Role } from '../states/call-event.ts';
import type { Policy } from './policy.ts';

const SYSTEM: readonly Role[] = ['system'];
const BORROWER: readonly Role[] = ['borrower', 'operator', 'approver'];
const DESK: readonly Role[] = ['operator', 'approver'];

/** Who may do what unless a policy says otherwise. An operator may write down what a borrower told him. */
export const DEFAULT_AUTHORITY: Readonly<Record<CallEventKind, readonly Role[]>> = {
  ...{ breach: SYSTEM, recover: SYSTEM, liquidated: SYSTEM, reorg: SYSTEM, timer: SYSTEM },
  ...{ acknowledge: BORROWER, agree: BORROWER, 'agree-partly': BORROWER, dispute: BORROWER },
  ...{ 'cancel-dispute': BORROWER, pledge: BORROWER, deliver: BORROWER },
  ...{ 'accept-pledge': DESK, 'reject-pledge': DESK, 'fail-delivery': DESK, escalate: DESK },
  ...{ assign: DESK, note: DESK },
  // What ends a call without a cure takes a second pair of eyes.
  withdraw: ['approver'],
};

/** Who may do something under a policy. */
export const authorityOf = ({ authority }: Policy, kind: CallEventKind): readonly Role[] =>
  authority[kind] ?? DEFAULT_AUTHORITY[kind];
