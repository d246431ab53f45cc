import type { CallEventKind, EventOf } from './call-event.ts';
import type { CallState } from './call-state.ts';
import type { Change } from './change.ts';

/** What borrowers and the desk answer each other. */
export type AnswerKind = Extract<
  CallEventKind,
  | 'acknowledge'
  | 'agree'
  | 'agree-partly'
  | 'dispute'
  | 'cancel-dispute'
  | 'pledge'
  | 'accept-pledge'
  | 'reject-pledge'
  | 'deliver'
>;

/** Takes an answer; gives a sentence where it cannot be taken. */
export function answer(change: Change, event: EventOf<AnswerKind>): string | undefined {
  switch (event.kind) {
    case 'acknowledge':
      return acknowledge(change);
    case 'agree':
      change.set({ dispute: undefined }).answered('agreed', 'It was agreed in full.');
      return undefined;
    case 'agree-partly':
      return dispute(change, event, 'partially-agreed');
    case 'dispute':
      return dispute(change, event, 'disputed');
    case 'cancel-dispute':
      return cancelDispute(change);
    case 'pledge':
      return pledge(change, event);
    case 'accept-pledge':
      change.answered('pledge-accepted', 'What was pledged was accepted.');
      return undefined;
    case 'reject-pledge':
      change.answered('pledge-rejected', `What was pledged was rejected: ${event.reason}.`);
      change.notify('borrower', 'answered', `What was pledged was rejected: ${event.reason}.`).remindLater();
      return undefined;
    case 'deliver':
      change.cancelTimer('deadline').cancelTimer('reminder');
      change.setTimer('settlement', change.at + change.policy.settlementSeconds);
      change.answered('in-transit', `What was pledged is on its way: ${event.reference}.`);
      return undefined;
  }
}

function acknowledge(change: Change): string | undefined {
  const { acknowledgedAt, state } = change.call;
  if (acknowledgedAt !== undefined) return 'it is acknowledged already';
  const to = state === 'escalated' ? state : 'acknowledged';
  change.set({ acknowledgedAt: change.at }).answered(to, 'It was acknowledged.');
  return undefined;
}

function dispute(
  change: Change,
  { reason, agreedUsd = 0 }: { readonly reason: string; readonly agreedUsd?: number | undefined },
  to: CallState,
): string | undefined {
  const { call } = change;
  const asked = call.required?.amountUsd;
  if (!(agreedUsd >= 0)) return `${agreedUsd} USD cannot be agreed to`;
  if (to === 'partially-agreed' && agreedUsd === 0)
    return 'to agree partly is to agree to some amount: dispute the whole instead';
  if (asked !== undefined && agreedUsd >= asked)
    return `${agreedUsd} USD are all of the ${asked} USD that are asked for: agree in full instead`;
  const from = call.dispute?.from ?? call.state;
  change.set({ dispute: { reason, agreedUsd, from } });
  const rest = agreedUsd > 0 ? `; ${agreedUsd} USD are agreed, and go on` : '';
  change.answered(to, `It was disputed: ${reason}${rest}.`);
  return undefined;
}

/** A call goes back to where it was disputed; one that has gone on since, stays where it is, and the whole is due. */
function cancelDispute(change: Change): string | undefined {
  const { dispute: disputed, state, acknowledgedAt } = change.call;
  if (!disputed) return 'nothing about it is disputed';
  const answered = acknowledgedAt === undefined ? disputed.from : 'acknowledged';
  const back = disputed.from === 'called' ? answered : disputed.from;
  const to = state === 'disputed' ? back : state === 'partially-agreed' ? 'agreed' : state;
  change.set({ dispute: undefined }).answered(to, 'The dispute was cancelled: the whole is due.');
  return undefined;
}

function pledge(change: Change, { pledges }: EventOf<'pledge'>): string | undefined {
  const { state, dispute: disputed } = change.call;
  if (pledges.length === 0) return 'a pledge is of something: name assets and amounts';
  if (pledges.some(({ amount, valueUsd }) => !/^[1-9]\d*$/.test(amount) || !(valueUsd >= 0)))
    return 'a pledge has amounts in raw units above 0, and what they are worth in USD';
  if (state === 'disputed' && !(disputed && disputed.agreedUsd > 0))
    return 'the whole is disputed: cancel the dispute, or agree to a part, before something is pledged';
  const valueUsd = pledges.reduce((sum, one) => sum + one.valueUsd, 0);
  change.set({ pledges }).cancelTimer('reminder').answered('pledged', `${valueUsd} USD were pledged.`);
  return undefined;
}
