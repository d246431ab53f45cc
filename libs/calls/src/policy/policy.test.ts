import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema, presetPolicy, PRESET_NAMES, readPolicy, rungAt } from '../index.ts';
import { afterQuietHours } from './quiet-hours.ts';

const GOOD = {
  version: 1,
  name: 'mine',
  measure: 'loanToValue',
  rungs: [
    { name: 'warning', at: 0.65, action: 'warn' },
    { name: 'call', at: 0.7, action: 'call', deadlineSeconds: 86_400 },
    { name: 'sale', at: 0.85, action: 'liquidate' },
  ],
  cureTarget: 0.6,
};

/** A policy with one rung changed. */
const withRung = (place: number, change: object) => ({
  ...GOOD,
  rungs: GOOD.rungs.map((rung, at) => (at === place ? { ...rung, ...change } : rung)),
});

describe('a policy', () => {
  it('is read, with what it leaves out', () => {
    expect(readPolicy(GOOD)).toMatchObject({ name: 'mine', minimumTransferUsd: 0, cooldownSeconds: 0 });
  });

  it('finds the worst rung that is reached, by either way of measuring', () => {
    const policy = readPolicy(GOOD);
    expect([0.6, 0.65, 0.6999, 0.7, 0.9].map((at) => rungAt(policy, at)?.name)).toEqual([
      ...[undefined, 'warning', 'warning', 'call', 'sale'],
    ]);
    const ratio = presetPolicy('unchained')!;
    expect([1.7, 1.6, 1.5, 1.2, 1.1].map((at) => rungAt(ratio, at)?.name)).toEqual([
      ...[undefined, 'courtesy', 'call', 'accelerated', 'liquidation'],
    ]);
  });

  it.each([
    ['rungs that overlap', withRung(2, { at: 0.7 }), 'rungs[2].at: 0.7 must be above the 0.7 of rungs[1]'],
    ['rungs out of order', withRung(0, { at: 0.9 }), 'rungs[1].at: 0.7 must be above the 0.9 of rungs[0]'],
    [
      'a deadline of 0',
      withRung(1, { deadlineSeconds: 0 }),
      'rungs[1].deadlineSeconds: a deadline of 0 s has passed when the call is made',
    ],
    [
      'a deadline in the past',
      withRung(1, { deadlineSeconds: -60 }),
      'rungs[1].deadlineSeconds: a deadline -60 s from the call has passed',
    ],
    [
      'a deadline of a warning',
      withRung(0, { deadlineSeconds: 60 }),
      'rungs[0].deadlineSeconds: only a rung that calls has a deadline',
    ],
    [
      'a later deadline of a worse rung',
      {
        ...GOOD,
        rungs: [
          ...GOOD.rungs.slice(0, 2),
          { name: 'worse', at: 0.75, action: 'call', deadlineSeconds: 90_000 },
        ],
      },
      'rungs[2].deadlineSeconds: 90000 s is later than the 86400 s of rungs[1]',
    ],
    [
      'a worse rung that asks for less',
      withRung(2, { action: 'warn' }),
      'rungs[2].action: "warn" comes after "call"',
    ],
    [
      'two rungs of a name',
      withRung(2, { name: 'call' }),
      'rungs[2].name: "call" is the name of another rung',
    ],
    [
      'a cure at the trigger',
      { ...GOOD, cureTarget: 0.65 },
      'cureTarget: 0.65 must be below the 0.65 of rungs[0]',
    ],
    ['no rung that calls', { ...GOOD, rungs: [GOOD.rungs[0]] }, 'rungs: none of them calls or liquidates'],
    [
      'a channel that there is not',
      { ...GOOD, channels: { borrower: ['fax'] } },
      'channels.borrower[0]: "fax" is no channel: there is "webhook"',
    ],
    [
      'a channel twice',
      { ...GOOD, channels: { desk: ['webhook', 'webhook'] } },
      'channels.desk: a channel is named twice',
    ],
    [
      'deviations without a horizon',
      { ...GOOD, measure: 'deviations', rungs: [{ name: 'call', at: 3, action: 'call' }], cureTarget: 4 },
      'horizonSeconds: standard deviations are over a horizon',
    ],
    [
      'reminders after the deadline',
      { ...GOOD, reminders: { everySeconds: 86_400, most: 3 } },
      'reminders.everySeconds: the first of them comes after 86400 s',
    ],
    [
      'quiet hours without an end',
      { ...GOOD, quietHours: { from: '22:00', to: '22:00' } },
      'quietHours: they begin when they end',
    ],
    [
      'a time that is none',
      { ...GOOD, quietHours: { from: '25:00', to: '07:00' } },
      'quietHours.from: "25:00" is no time of the day',
    ],
    ['a field that it has not', { ...GOOD, rung: [] }, 'rung'],
  ])('refuses %s, and names the place', (_, value, words) => {
    expect(() => readPolicy(value)).toThrow(words);
  });

  it('tells all that is wrong at once', () => {
    const wrong = { ...withRung(1, { deadlineSeconds: 0 }), cureTarget: -1 };
    expect(() => readPolicy(wrong)).toThrow(/rungs\[1\]\.deadlineSeconds[^]*cureTarget/);
  });

  it('is ready under published names', () => {
    for (const name of PRESET_NAMES) {
      const policy = presetPolicy(name)!;
      expect([policy.name, (policy.source ?? policy.notes[0]!).length > 20]).toEqual([name, true]);
    }
    expect(presetPolicy('unchained')).toMatchObject({ cureTarget: 1.65, fullCloseBelowUsd: 10_000 });
    expect(presetPolicy('toString')).toBeUndefined();
  });

  it('has a JSON Schema that is in docs/schema', () => {
    const path = join(import.meta.dirname, '../../../../docs/schema/margin-call-policy.schema.json');
    // After a change: node scripts/write-policy-schema.ts
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(policyJsonSchema());
  });
});

describe('quiet hours', () => {
  const day = 1_767_571_200;
  const at = (hours: number) => day + hours * 3_600;

  it('end at the same time for all that comes in them, over midnight and in zones', () => {
    const night = { quietHours: { from: '22:00', to: '07:00', utcOffsetMinutes: 0 } };
    expect(
      [12, 21.99, 22, 23, 26, 30.9, 31].map((hours) => (afterQuietHours(night, at(hours)) - day) / 3_600),
    ).toEqual([...[12, 21.99, 31, 31, 31, 31, 31]]);
    const east = { quietHours: { from: '01:00', to: '02:00', utcOffsetMinutes: 60 } };
    expect([-0.5, 0, 0.5, 1].map((hours) => (afterQuietHours(east, at(hours)) - day) / 3_600)).toEqual([
      -0.5, 1, 1, 1,
    ]);
    expect(afterQuietHours({ quietHours: undefined }, at(3))).toBe(at(3));
  });
});
