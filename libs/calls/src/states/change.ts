import { assert } from '@undertow/units';
import { rungPlace } from '../policy/healthier.ts';
import type { Policy } from '../policy/policy.ts';
import { afterQuietHours } from '../policy/quiet-hours.ts';
import type { CallEvent } from './call-event.ts';
import { isFinal, type CallState } from './call-state.ts';
import type { Audience, CallEffect, LogDraft, Topic } from './effect.ts';
import type { MarginCall, TimerName } from './margin-call.ts';
import { TRANSITIONS } from './transitions.ts';

const AUDIENCES: readonly Audience[] = ['borrower', 'desk'];

/** A change to a call that is under way: nothing is told, timed or logged beside it. */
export class Change {
  readonly event: CallEvent;
  readonly policy: Policy;
  readonly #before: MarginCall;
  readonly #effects: CallEffect[] = [];
  #call: MarginCall;

  constructor(call: MarginCall, event: CallEvent, policy: Policy) {
    this.#before = call;
    this.#call = { ...call, updatedAt: event.at };
    this.event = event;
    this.policy = policy;
  }

  /** The call as it stands by now. */
  get call(): MarginCall {
    return this.#call;
  }

  get at(): number {
    return this.event.at;
  }

  set(fields: Partial<MarginCall>): this {
    this.#call = { ...this.#call, ...fields };
    return this;
  }

  /** Sets a timer in the place of the one of its name that is set. */
  setTimer(name: TimerName, at: number): this {
    this.cancelTimer(name);
    const counts = { ...this.#call.counts, timers: this.#call.counts.timers + 1 };
    const timer = { id: `${this.#call.id}/timer/${counts.timers}`, name, at };
    this.#effects.push({ kind: 'set-timer', timer });
    return this.set({ counts, timers: [...this.#call.timers, timer] });
  }

  /** Nothing happens where no such timer is set. */
  cancelTimer(name: TimerName): this {
    for (const { id } of this.#call.timers.filter((timer) => timer.name === name))
      this.#effects.push({ kind: 'cancel-timer', id });
    return this.set({ timers: this.#call.timers.filter((timer) => timer.name !== name) });
  }

  /** Takes a timer that has fired away. */
  takeTimer(id: string): this {
    return this.set({ timers: this.#call.timers.filter((timer) => timer.id !== id) });
  }

  /** Sets the next reminder, as long as the policy has some left. */
  remindLater(): this {
    const { reminders } = this.policy;
    if (!reminders || this.#call.counts.reminders >= reminders.most) return this;
    return this.setTimer('reminder', this.at + reminders.everySeconds);
  }

  /** Makes a notice; its key is of its place among those of the call. */
  notify(to: Audience, topic: Topic, words: string): this {
    const counts = { ...this.#call.counts, notices: this.#call.counts.notices + 1 };
    this.set({ counts });
    const rung = this.policy.rungs[rungPlace(this.policy, this.#call.rung)];
    const waits = to === 'borrower' && rung?.isUrgent !== true;
    const notBefore = waits ? afterQuietHours(this.policy, this.at) : this.at;
    const key = `${this.#call.id}/notice/${counts.notices}`;
    this.#effects.push({ kind: 'notify', notice: { key, to, topic, words, notBefore } });
    this.#log('message', { key, to, topic, words, notBefore });
    return this;
  }

  /** Writes down what was measured, from what. */
  calculated(content: LogDraft['content']): this {
    this.#log('calculation', content);
    return this;
  }

  /** Somebody answered: the desk hears of what a borrower did. */
  answered(state: CallState, words: string): void {
    this.set({ state, counts: { ...this.#call.counts, reminders: 0 } });
    this.notify('desk', 'answered', words);
  }

  /** Nobody waits any longer. */
  escalate(reason: string): void {
    const { expirySeconds } = this.policy;
    this.cancelTimer('deadline').cancelTimer('reminder').cancelTimer('settlement');
    const isFirst = this.#call.escalatedAt === undefined;
    this.set({ state: 'escalated', reason, ...(isFirst && { escalatedAt: this.at }) });
    if (isFirst && expirySeconds !== undefined) this.setTimer('expiry', this.at + expirySeconds);
    for (const to of AUDIENCES) this.notify(to, 'escalated', `Escalated: ${reason}.`);
  }

  /** It is over. Whoever was told that it began is told that it ended. */
  end(state: 'cured' | 'liquidated' | 'expired' | 'withdrawn', reason: string): void {
    for (const name of ['deadline', 'reminder', 'settlement', 'expiry'] as const) this.cancelTimer(name);
    this.set({ state, reason, closedAt: this.at });
    for (const to of AUDIENCES) this.notify(to, state, `The call is ${state}: ${reason}.`);
  }

  /** The call and what is to be done, with the decision that led here as the first entry for the log. */
  done(): { readonly call: MarginCall; readonly effects: readonly CallEffect[] } {
    const { state: from } = this.#before;
    const { state } = this.#call;
    const allowed = TRANSITIONS[from][this.event.kind] ?? [];
    assert(
      allowed.includes(state),
      `${this.event.kind} led from ${from} to ${state}, which the table has not`,
    );
    assert(!isFinal(state) || this.#call.timers.length === 0, 'a call that is over waits for nothing');
    const { at: _, by, ...event } = this.event;
    const draft: LogDraft = {
      ...{ kind: 'decision', call: this.#call.id, at: this.at },
      content: { event: 'facts' in event ? { kind: event.kind } : event, by, from, to: state },
    };
    return { call: this.#call, effects: [{ kind: 'log', draft }, ...this.#effects] };
  }

  #log(kind: LogDraft['kind'], content: LogDraft['content']): void {
    this.#effects.push({ kind: 'log', draft: { kind, call: this.#call.id, at: this.at, content } });
  }
}
