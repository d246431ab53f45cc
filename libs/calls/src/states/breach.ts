import { rungPlace } from '../policy/healthier.ts';
import type { Rung } from '../policy/policy.ts';
import type { EventOf } from './call-event.ts';
import type { Change } from './change.ts';
import { timeText } from './time-text.ts';

/** A rung is reached: what is asked, and by when. What a milder rung asks for has been asked already. */
export function breach(
  change: Change,
  { rung: name, facts, required }: EventOf<'breach'>,
): string | undefined {
  const { policy, call } = change;
  const place = rungPlace(policy, name);
  const rung = policy.rungs[place];
  if (!rung) return `the policy ${policy.name} has no rung "${name}"`;
  if (place <= rungPlace(policy, call.rung))
    return `the call is at the rung "${call.rung ?? ''}" already, and "${name}" is no worse`;
  change.set({ rung: name, facts, required });
  change.calculated({ rung: name, at: rung.at, measure: policy.measure, facts, required });
  if (rung.action === 'warn')
    change.notify(
      'borrower',
      'warning',
      `The rung "${name}" at ${rung.at} is reached. Nothing is asked for yet.`,
    );
  else if (rung.action === 'liquidate') liquidate(change, name);
  else ask(change, rung);
  return undefined;
}

function liquidate(change: Change, name: string): void {
  if (change.call.escalatedAt === undefined) change.escalate(`it reached the rung "${name}"`);
  change.notify('desk', 'liquidation-due', `Liquidation is due: the rung "${name}" is reached.`);
}

function ask(change: Change, rung: Rung): void {
  const isFirst = change.call.calledAt === undefined;
  if (isFirst && change.call.state === 'watch')
    change.set({ state: 'called', calledAt: change.at }).remindLater();
  shorten(change, rung);
  const by = change.call.deadlineAt;
  const until = by === undefined ? 'No deadline is set.' : `An answer is due by ${timeText(by)}.`;
  const words = `The rung "${rung.name}" at ${rung.at} is reached. ${until}`;
  const topic = isFirst ? 'called' : 'deadline-shortened';
  change.notify('borrower', topic, words).notify('desk', topic, words);
}

/** Moves the deadline forward, never back, and not of a call whose deadline has passed. */
function shorten(change: Change, { deadlineSeconds }: Rung): void {
  const { deadlineAt, escalatedAt, state } = change.call;
  if (deadlineSeconds === undefined || escalatedAt !== undefined) return;
  const due = change.at + deadlineSeconds;
  if (deadlineAt !== undefined && deadlineAt <= due) return;
  change.set({ deadlineAt: due });
  // What is on its way has a deadline of its own.
  if (state !== 'in-transit') change.setTimer('deadline', due);
}
