import { DEFAULT_RULES } from './flag-rule.ts';
import { flagReason, valueInWords } from './flag-reason.ts';

const ruleOf = (kind: string) => DEFAULT_RULES.find((rule) => rule.kind === kind)!;

it('says what was measured, what it came to, and from where on it is bad', () => {
  expect(flagReason(ruleOf('deviating'), 0.0612)).toBe(
    'Distance from the market: 6.12 %. Raised from 2 % on, critical from 5 %.',
  );
  expect(flagReason(ruleOf('stuck'), 3.2049)).toBe(
    'Age ÷ heartbeat: 3.2. Raised from 1.5 on, critical from 2.',
  );
  expect(flagReason(ruleOf('capped'), -0.0285)).toBe(
    'Room below the cap: \u22122.85 %. Raised from 0.5 % down, critical from 0 %.',
  );
});

it('rounds to what can be read', () => {
  expect(valueInWords('deviation', 12.3456)).toBe('1230 %');
  expect(valueInWords('deviation', 0)).toBe('0 %');
  expect(valueInWords('ageOfHeartbeat', 1)).toBe('1');
  expect(valueInWords('clockApart', 61.23)).toBe('61.2 s');
});
