import type { Change } from './change.ts';
import { timeText } from './time-text.ts';

/** A timer has come: once, when it is set, and not before its time. Gives a sentence where it is none of these. */
export function fired(change: Change, id: string): string | undefined {
  const timer = change.call.timers.find((one) => one.id === id);
  if (!timer) return `the timer ${id} is not set: it has fired, or was cancelled`;
  if (timer.at > change.at) return `the timer ${id} is set for ${timeText(timer.at)}`;
  change.takeTimer(id);
  switch (timer.name) {
    case 'deadline':
      change.escalate(`the deadline of ${timeText(timer.at)} passed`);
      return undefined;
    case 'settlement':
      change.escalate('what was pledged is not there in time');
      return undefined;
    case 'expiry':
      change.end('expired', 'nothing came of it in the time that the policy gives');
      return undefined;
    case 'reminder':
      remind(change);
      return undefined;
  }
}

function remind(change: Change): void {
  const { counts, deadlineAt } = change.call;
  change.set({ counts: { ...counts, reminders: counts.reminders + 1 } });
  const by =
    deadlineAt === undefined ? 'No deadline is set.' : `An answer is due by ${timeText(deadlineAt)}.`;
  change.notify('borrower', 'reminder', `This call waits for collateral or a repayment. ${by}`).remindLater();
}
