import { toHtml } from '../../markup/to-html.ts';
import { deviationChart, deviationSentence } from './chart.ts';
import type { Oracle } from './load.ts';
import { deviationWords, ruleWords, span, warningWords } from './words.ts';

const oracle = (symbol: string, deviation: number | null, more: Partial<Oracle> = {}): Oracle => ({
  id: `feed of ${symbol}`,
  asset: { address: `0x${symbol}`, symbol },
  venues: ['aave-v3@devnet'],
  priceUsd: 1,
  market: null,
  marketPriceUsd: deviation === null ? null : 1 / (1 + deviation),
  deviation,
  isConstant: false,
  feeds: [],
  pricedUsd: 1_000,
  capHeadroom: null,
  borrowableOfMarket: null,
  costToMove: null,
  warnings: [],
  ...more,
});

test('every bar goes to the side on which its oracle is off, and none is off the drawing', () => {
  const html = toHtml(
    deviationChart({
      oracles: [oracle('HIGH', 0.02), oracle('LOW', -0.5), oracle('SAME', 0)],
      theme: 'light',
      width: 600,
    }),
  );
  expect(html).not.toMatch(/NaN|undefined/);
  const bars = [...html.matchAll(/<rect x="([\d.]+)"[^>]*?width="([\d.]+)"/g)].map((found) => [
    Number(found[1]),
    Number(found[2]),
  ]);
  const middle = bars[2]![0]!;
  expect(bars[0]![0]).toBeCloseTo(middle, 6);
  expect(bars[1]![0]! + bars[1]![1]!).toBeCloseTo(middle, 6);
  for (const [x, width] of bars) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x! + width!).toBeLessThanOrEqual(600);
  }
  // Half the price away is told in numbers where the scale ends before it.
  expect(html).toContain('−50');
});

test('a deviation is told in words with its sign, and nothing is not zero', () => {
  expect(deviationSentence(oracle('X', 0.0285))).toContain('2.9\u202f% above its market');
  expect(deviationSentence(oracle('X', null))).toContain('has no market');
  expect(deviationWords(0.00123)).toBe('+0.12\u202f%');
  expect(deviationWords(-0.0285)).toBe('−2.85\u202f%');
  expect(deviationWords(null)).toBe('–');
});

test('a rule and a warning are whole sentences of what is known', () => {
  const rule = { threshold: 0.005, heartbeatSeconds: 3_660, clocks: [] };
  expect(ruleWords({ rule, answersKnown: 50 })).toBe(
    'at a move of 0.5\u202f%, after 61\u202fmin at the latest',
  );
  const clocked = { ...rule, clocks: [{ periodSeconds: 3_600, phaseSeconds: 0 }] };
  expect(ruleWords({ rule: clocked, answersKnown: 50 })).toBe(
    'at a move of 0.5\u202f%, every 60\u202fmin by the clock',
  );
  const none = { threshold: null, heartbeatSeconds: null, clocks: [] };
  expect(ruleWords({ rule: none, answersKnown: 3 })).toBe('too few answers to say');
  expect(ruleWords({ rule: none, answersKnown: 0 })).toContain('no answers');
  expect(warningWords({ kind: 'capped', severity: 'critical', value: -0.0285 })).toBe(
    'its cap binds, 2.9\u202f% too low',
  );
  expect(span(90)).toBe('90\u202fs');
  expect(span(86_400)).toBe('24\u202fh');
});
