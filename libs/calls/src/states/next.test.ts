import fc from 'fast-check';
import {
  after,
  APPROVER,
  BORROWER,
  breachOf,
  FACTS,
  fresh,
  LADDER,
  NOON,
  OPERATOR,
  REQUIRED,
  SYSTEM,
} from '../fixtures/calls.ts';
import {
  CALL_EVENTS,
  CALL_STATES,
  DEFAULT_AUTHORITY,
  FINAL_STATES,
  inTransitUsd,
  isFinal,
  next,
  ROLES,
  TRANSITIONS,
  type CallEvent,
  type CallEventKind,
  type CallState,
  type MarginCall,
} from '../index.ts';

const HOUR = 3_600;

/** What was refused, or the call and its notices. */
function tried(call: MarginCall, event: CallEvent) {
  const found = next(call, event, LADDER);
  if ('refused' in found) return { refused: found.refused, call, topics: [] };
  const topics = found.effects.flatMap((effect) =>
    effect.kind === 'notify' ? [`${effect.notice.to} ${effect.notice.topic}`] : [],
  );
  return { refused: undefined, call: found.call, topics, effects: found.effects };
}

const ask = (kind: 'acknowledge' | 'agree' | 'cancel-dispute', at = NOON): CallEvent => ({
  ...{ kind, at, by: BORROWER },
});
const pledge = (at = NOON): CallEvent => ({
  ...{ kind: 'pledge', at, by: BORROWER, pledges: [{ asset: 'WETH', amount: '5', valueUsd: 40 }] },
});
const accept: CallEvent = { kind: 'accept-pledge', at: NOON, by: OPERATOR };
const deliver: CallEvent = { kind: 'deliver', at: NOON, by: BORROWER, reference: '0xabc' };
const timer = (call: MarginCall, name: string, at: number): CallEvent => ({
  ...{ kind: 'timer', at, by: SYSTEM, id: call.timers.find((one) => one.name === name)!.id },
});

describe('a margin call', () => {
  it('goes from a warning over a call, an answer and a pledge to its cure', () => {
    const watched = tried(fresh(), breachOf('warning'));
    expect([watched.call.state, watched.topics]).toEqual(['watch', ['borrower warning']]);
    const called = tried(watched.call, breachOf('call', NOON + HOUR));
    expect([called.call.state, called.topics]).toEqual(['called', ['borrower called', 'desk called']]);
    expect(called.call).toMatchObject({ calledAt: NOON + HOUR, deadlineAt: NOON + 25 * HOUR });
    const sent = after(called.call, ask('acknowledge'), ask('agree'), pledge(), accept, deliver);
    expect([sent.state, inTransitUsd(sent)]).toEqual(['in-transit', 40]);
    expect(sent.timers.map(({ name }) => name)).toEqual(['settlement']);
    const recover: CallEvent = { kind: 'recover', at: NOON, by: SYSTEM, because: 'owner', facts: FACTS };
    const cured = tried(sent, recover);
    expect(cured.call).toMatchObject({ state: 'cured', timers: [], closedAt: NOON + HOUR });
    expect(inTransitUsd(cured.call)).toBe(0);
    expect(tried(cured.call, recover).refused).toContain('is cured: nothing more can happen');
  });

  it('has a running deadline shortened by a worse rung, and never moved back', () => {
    const called = after(fresh(), breachOf('call'));
    const sooner = tried(called, breachOf('accelerated', NOON + HOUR));
    expect(sooner.topics).toEqual(['borrower deadline-shortened', 'desk deadline-shortened']);
    expect(sooner.call.deadlineAt).toBe(NOON + 2 * HOUR);
    const late = after(called, breachOf('accelerated', NOON + 23.5 * HOUR));
    expect(late.deadlineAt).toBe(called.deadlineAt);
    expect(tried(sooner.call, breachOf('call')).refused).toContain('is no worse');
    const first = called.timers.find(({ name }) => name === 'deadline')!;
    const old: CallEvent = { kind: 'timer', at: NOON + 24 * HOUR, by: SYSTEM, id: first.id };
    expect(tried(sooner.call, old).refused).toContain('has fired, or was cancelled');
  });

  it('is escalated when its deadline passes, expires in the end, and can still be answered between', () => {
    const called = after(fresh(), breachOf('call'));
    expect(tried(called, timer(called, 'deadline', NOON + 1)).refused).toContain('2026-01-06 12:00:00 UTC');
    const escalated = tried(called, timer(called, 'deadline', NOON + 24 * HOUR));
    expect(escalated.topics).toEqual(['borrower escalated', 'desk escalated']);
    expect(escalated.call.reason).toBe('the deadline of 2026-01-06 12:00:00 UTC passed');
    const late = after(escalated.call, pledge(NOON + 25 * HOUR));
    expect(late).toMatchObject({ state: 'pledged', escalatedAt: NOON + 24 * HOUR });
    const expired = after(late, timer(late, 'expiry', NOON + 24 * HOUR + LADDER.expirySeconds!));
    expect(expired.state).toBe('expired');
  });

  it('goes to liquidation at once from the last rung, wherever it stands', () => {
    const direct = tried(fresh(), breachOf('last'));
    expect([direct.call.state, direct.topics]).toEqual([
      'escalated',
      ['borrower escalated', 'desk escalated', 'desk liquidation-due'],
    ]);
    const sent = after(fresh(), breachOf('call'), pledge(), accept, deliver);
    expect(after(sent, breachOf('last')).state).toBe('escalated');
    expect(after(direct.call, { kind: 'liquidated', at: NOON, by: SYSTEM, block: 9 }).state).toBe(
      'liquidated',
    );
  });

  it('lets the agreed part of a disputed amount go on, and goes back when the dispute is cancelled', () => {
    const acknowledged = after(fresh(), breachOf('call'), ask('acknowledge'));
    const whole: CallEvent = { kind: 'dispute', at: NOON, by: BORROWER, reason: 'price' };
    const disputed = after(acknowledged, whole);
    expect(disputed.state).toBe('disputed');
    expect(tried(disputed, pledge()).refused).toContain('the whole is disputed');
    expect(after(disputed, ask('cancel-dispute'))).toMatchObject({
      state: 'acknowledged',
      dispute: undefined,
    });
    const part = after(acknowledged, { ...whole, agreedUsd: 40 });
    expect(after(part, pledge(), accept, ask('cancel-dispute'))).toMatchObject({
      ...{ state: 'pledge-accepted', dispute: undefined },
    });
    const partly: CallEvent = {
      kind: 'agree-partly',
      at: NOON,
      by: BORROWER,
      agreedUsd: 40,
      reason: 'price',
    };
    expect(after(acknowledged, partly, ask('cancel-dispute')).state).toBe('agreed');
    expect(tried(acknowledged, { ...partly, agreedUsd: 100 }).refused).toContain('agree in full instead');
    expect(tried(acknowledged, { ...partly, agreedUsd: 0 }).refused).toContain('dispute the whole instead');
    expect(tried(acknowledged, ask('cancel-dispute')).refused).toContain(
      'cannot happen to a call that is acknowledged',
    );
  });

  it('takes a rejected pledge back to a new one', () => {
    const pledged = after(fresh(), breachOf('call'), pledge());
    const rejected = tried(pledged, {
      kind: 'reject-pledge',
      at: NOON,
      by: OPERATOR,
      reason: 'frozen token',
    });
    expect([rejected.call.state, rejected.topics]).toEqual([
      'pledge-rejected',
      ['desk answered', 'borrower answered'],
    ]);
    expect(after(rejected.call, pledge()).state).toBe('pledged');
    expect(tried(rejected.call, accept).refused).toContain('cannot happen');
    const none: CallEvent = { kind: 'pledge', at: NOON, by: BORROWER, pledges: [] };
    expect(tried(pledged, none).refused).toContain('a pledge is of something');
  });

  it('is withdrawn by a reorganisation, by prices that came back, and by whoever may', () => {
    const called = after(fresh(), breachOf('call'));
    const reorg = tried(called, { kind: 'reorg', at: NOON, by: SYSTEM, above: 6 });
    expect(reorg.call).toMatchObject({
      state: 'withdrawn',
      reason: 'the chain went back to block 6, and the breach is undone',
    });
    expect(reorg.topics).toEqual(['borrower withdrawn', 'desk withdrawn']);
    const prices: CallEvent = { kind: 'recover', at: NOON, by: SYSTEM, because: 'price', facts: FACTS };
    expect(after(called, prices).state).toBe('withdrawn');
    const withdraw = { kind: 'withdraw', at: NOON, reason: 'made in error' } as const;
    expect(tried(called, { ...withdraw, by: OPERATOR }).refused).toBe(
      'olga is operator: by the policy ladder, "withdraw" is for approver',
    );
    expect(after(called, { ...withdraw, by: APPROVER }).state).toBe('withdrawn');
  });

  it('reminds as often as the policy says, and lets borrowers sleep', () => {
    const night = NOON + 11 * HOUR;
    const called = tried(fresh(), breachOf('call', night));
    const notices = called.effects!.flatMap((one) => (one.kind === 'notify' ? [one.notice] : []));
    expect(notices.map(({ to, notBefore }) => [to, notBefore])).toEqual([
      ['borrower', NOON + 19 * HOUR],
      ['desk', night],
    ]);
    const first = after(called.call, timer(called.call, 'reminder', night + 6 * HOUR));
    const second = after(first, timer(first, 'reminder', night + 12 * HOUR));
    expect(second.timers.map(({ name }) => name)).toEqual(['deadline']);
    const urgent = tried(fresh(), breachOf('accelerated', night)).effects!;
    expect(urgent.every((one) => one.kind !== 'notify' || one.notice.notBefore === night)).toBe(true);
  });
});

/** An event of each kind, with what is random about it. */
const eventOf = (kind: CallEventKind, { place, part }: { readonly place: number; readonly part: number }) => {
  const reason = 'r';
  switch (kind) {
    case 'breach':
      return {
        kind,
        rung: ['warning', 'call', 'accelerated', 'last', 'none'][place % 5]!,
        facts: FACTS,
        required: REQUIRED,
      };
    case 'timer':
      return { kind, id: `c/timer/${place}` };
    case 'recover':
      return { kind, because: place % 2 === 0 ? 'owner' : 'price', facts: undefined } as const;
    case 'agree-partly':
    case 'dispute':
      return { kind, reason, agreedUsd: part };
    case 'pledge':
      return { kind, pledges: [{ asset: 'WETH', amount: place === 0 ? '0' : '5', valueUsd: part }] };
    case 'deliver':
      return { kind, reference: '0x' };
    case 'liquidated':
      return { kind, block: 9 };
    case 'reorg':
      return { kind, above: 6 };
    case 'assign':
      return { kind, to: 'olga' };
    case 'note':
      return { kind, text: 'n' };
    case 'reject-pledge':
    case 'fail-delivery':
    case 'escalate':
    case 'withdraw':
      return { kind, reason };
    default:
      return { kind };
  }
};

/** A step: anything by anybody, or, as calls would get nowhere by that alone, what the table has at this state by whoever may. */
const anyStep = fc.record({
  isWild: fc.nat(3).map((one) => one === 0),
  kind: fc.constantFrom(...CALL_EVENTS),
  role: fc.constantFrom(...ROLES),
  pick: fc.nat(1_000),
  of: fc.record({ place: fc.nat(12), part: fc.integer({ min: -1, max: 120 }) }),
  later: fc.integer({ min: -HOUR, max: 30 * HOUR }),
});
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

const ENDS: readonly string[] = ['recover', 'liquidated', 'reorg', 'withdraw'];

function eventAt(call: MarginCall, step: Step, at: number): CallEvent {
  const allowed = Object.keys(TRANSITIONS[call.state]).filter(
    (kind) => step.pick % 10 === 0 || !ENDS.includes(kind),
  );
  const isWild = step.isWild || allowed.length === 0;
  const kind = isWild ? step.kind : (allowed[step.pick % allowed.length] as CallEventKind);
  const event = eventOf(kind, step.of) as CallEvent;
  const isSystem = DEFAULT_AUTHORITY[kind].includes('system');
  const role = isWild ? step.role : isSystem ? 'system' : 'approver';
  const set = call.timers[step.pick % 2];
  const timed = kind === 'timer' && !isWild && set ? { id: set.id, at: Math.max(at, set.at) } : { at };
  return { ...event, ...timed, by: { role, name: 'x' } } as CallEvent;
}

describe('any sequence of events', () => {
  it('stays in the table, fires each timer once, and ends for good', () => {
    const seen = new Set<CallState>();
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        let call = fresh();
        let now = NOON;
        const set = new Set<string>();
        const gone = new Set<string>();
        const keys = new Set<string>();
        for (const step of steps) {
          const event = eventAt(call, step, now + step.later);
          now = Math.max(now, event.at);
          const before = call;
          const found = next(before, event, LADDER);
          if ('refused' in found) {
            expect(found.refused.length).toBeGreaterThan(10);
            continue;
          }
          call = found.call;
          seen.add(call.state);
          expect(isFinal(before.state)).toBe(false);
          expect(TRANSITIONS[before.state][event.kind]).toContain(call.state);
          if (event.kind === 'timer') {
            expect(set.has(event.id) && !gone.has(event.id)).toBe(true);
            gone.add(event.id);
            set.delete(event.id);
          }
          for (const effect of found.effects) {
            if (effect.kind === 'set-timer') {
              expect(gone.has(effect.timer.id) || set.has(effect.timer.id)).toBe(false);
              set.add(effect.timer.id);
            } else if (effect.kind === 'cancel-timer') {
              expect(set.delete(effect.id)).toBe(true);
              gone.add(effect.id);
            } else if (effect.kind === 'notify') {
              expect(keys.has(effect.notice.key)).toBe(false);
              keys.add(effect.notice.key);
            }
          }
          // What is to be waited for is on the call itself: whoever has the call needs nothing else after a restart.
          expect(new Set(call.timers.map(({ id }) => id))).toEqual(set);
          expect(new Set(call.timers.map(({ name }) => name)).size).toBe(call.timers.length);
          expect(call.deadlineAt ?? Infinity).toBeLessThanOrEqual(before.deadlineAt ?? Infinity);
          expect(call.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
          if (isFinal(call.state)) expect([call.timers.length, call.closedAt]).toEqual([0, call.updatedAt]);
        }
      }),
      { numRuns: 1_500, seed: 15 },
    );
    // Else the property would say little.
    expect([...seen].sort()).toEqual([...CALL_STATES].sort());
  });

  it('can reach every state by the table, and none can be cured of its pledge without one', () => {
    const reachable = (without: readonly CallState[]) => {
      const found = new Set<CallState>(['watch']);
      for (const state of found)
        for (const targets of Object.values(TRANSITIONS[state]))
          for (const to of targets) if (!without.includes(to)) found.add(to);
      return found;
    };
    expect([...reachable([])].sort()).toEqual([...CALL_STATES].sort());
    expect(reachable(['pledged']).has('in-transit')).toBe(false);
    expect(reachable(['pledge-accepted']).has('in-transit')).toBe(false);
    for (const state of FINAL_STATES) expect(TRANSITIONS[state]).toEqual({});
  });
});
