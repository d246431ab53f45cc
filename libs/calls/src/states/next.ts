import { authorityOf } from '../policy/authority.ts';
import type { Policy } from '../policy/policy.ts';
import { answer } from './answer.ts';
import { breach } from './breach.ts';
import type { CallEvent, EventOf } from './call-event.ts';
import { isFinal } from './call-state.ts';
import { Change } from './change.ts';
import type { CallEffect } from './effect.ts';
import type { MarginCall } from './margin-call.ts';
import { fired } from './timers.ts';
import { TRANSITIONS } from './transitions.ts';

/** What an event made of a call; or why it was refused, in a sentence, and then nothing has changed. */
export type Next =
  { readonly call: MarginCall; readonly effects: readonly CallEffect[] } | { readonly refused: string };

/**
 * What becomes of a call by an event under a policy: the call as it stands then, and what the world has to do. Pure: the time is the event's. An
 * event that comes with a time before the call's last change, as clocks differ, counts from then.
 */
export function next(call: MarginCall, event: CallEvent, policy: Policy): Next {
  const refused = refusalOf(call, event, policy);
  if (refused !== undefined) return { refused };
  const change = new Change(call, { ...event, at: Math.max(event.at, call.updatedAt) }, policy);
  const problem = apply(change);
  return problem === undefined ? change.done() : { refused: problem };
}

function refusalOf({ id, state }: MarginCall, event: CallEvent, policy: Policy): string | undefined {
  if (isFinal(state)) return `call ${id} is ${state}: nothing more can happen to it`;
  const roles = authorityOf(policy, event.kind);
  if (!roles.includes(event.by.role))
    return `${event.by.name} is ${event.by.role}: by the policy ${policy.name}, "${event.kind}" is for ${roles.join(', ') || 'nobody'}`;
  const allowed = TRANSITIONS[state];
  if ((allowed[event.kind] ?? []).length > 0) return undefined;
  const others = Object.entries(allowed).flatMap(([kind, to]) => (to.length > 0 ? [kind] : []));
  return `"${event.kind}" cannot happen to a call that is ${state}; what can is ${others.join(', ')}`;
}

/** Does what an event does; gives a sentence where it cannot. */
function apply(change: Change): string | undefined {
  const { event, call } = change;
  switch (event.kind) {
    case 'breach':
      return breach(change, event);
    case 'recover':
      return recover(change, event);
    case 'timer':
      return fired(change, event.id);
    case 'liquidated':
      change.end('liquidated', `it was liquidated in block ${event.block}`);
      return undefined;
    case 'reorg':
      change.end('withdrawn', `the chain went back to block ${event.above}, and the breach is undone`);
      return undefined;
    case 'withdraw':
      change.end('withdrawn', event.reason);
      return undefined;
    case 'escalate':
      change.escalate(event.reason);
      return undefined;
    case 'fail-delivery':
      change.escalate(`what was pledged did not arrive: ${event.reason}`);
      return undefined;
    case 'assign':
      change.set({ assignedTo: event.to });
      return undefined;
    case 'note':
      change.set({ state: call.state });
      return undefined;
    default:
      return answer(change, event);
  }
}

function recover(change: Change, { because, facts }: EventOf<'recover'>): undefined {
  change.calculated({ recovered: because, cureTarget: change.policy.cureTarget, facts });
  if (change.call.state === 'watch')
    change.end('withdrawn', 'it is back at the cure target, and nothing was asked for');
  else if (because === 'owner')
    change.end('cured', 'the book shows it at the cure target, by what its owner did');
  else change.end('withdrawn', 'prices came back: it is at the cure target without a payment');
}
