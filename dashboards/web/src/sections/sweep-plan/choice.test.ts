import fc from 'fast-check';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { START_SWEEP } from '../sweep-run/load.ts';
import {
  DEFAULT_PLAN,
  FIELDS_OF,
  PLAN_KINDS,
  planOfTexts,
  readPlan,
  textsOf,
  writePlan,
  type PlanChoice,
} from './choice.ts';
import { planOf, settingsInPlan, settingsOf } from './plan.ts';
import { DEFAULT_SWEEP, readSweep, writeSweep } from './sweep-choice.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../scenario/scenario.ts';

const fieldsOf = (parts: readonly string[]) => new URLSearchParams(parts.join('&'));
const thousandth = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 1_000);

const anyPlan: fc.Arbitrary<PlanChoice> = fc
  .record({
    kind: fc.constantFrom(...PLAN_KINDS),
    factors: fc.uniqueArray(
      fc.record({
        what: fc.constantFrom('ETH', 'market:CRV', 'feed:ETH / USD', 'a&b=c', '+x'),
        volatility: thousandth(1, 3_000),
      }),
      { selector: ({ what }) => what, minLength: 1, maxLength: 4 },
    ),
    moves: fc.array(thousandth(-999, 2_000), { minLength: 1, maxLength: 4 }),
    isProduct: fc.boolean(),
    correlation: thousandth(-300, 999),
    degrees: thousandth(2_001, 9_000),
    stepSeconds: fc.constantFrom(60, 3_600, 86_400),
    steps: fc.integer({ min: 1, max: 48 }),
    count: fc.integer({ min: 1, max: 100_000 }),
    seed: fc.nat(),
  })
  .map(({ steps, ...plan }) => {
    const whole = { ...plan, horizonSeconds: steps * plan.stepSeconds };
    // What the kind does not read is not part of an address.
    const taken = planOfTexts(textsOf(whole));
    if ('why' in taken) throw new Error(taken.why);
    return taken;
  });

test('reading an address gives the plan back that was written', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const problems: string[] = [];
      const read = readPlan(fieldsOf(writePlan(plan)), problems);
      expect([read, problems]).toEqual([plan, []]);
    }),
  );
  expect(writePlan(DEFAULT_PLAN)).toEqual([]);
});

test('an address says what somebody looks at too, and names what cannot be read', () => {
  const choice = {
    ...DEFAULT_SWEEP,
    figure: 'liquidated',
    part: 'asset',
    loseUsd: 4e5,
    loseAt: 'a@b',
  } as const;
  expect(readSweep(fieldsOf(writeSweep(choice)), [])).toEqual(choice);
  const problems: string[] = [];
  const read = readSweep(fieldsOf(['figure=x', 'by=y', 'lose=-1', 'degrees=1']), problems);
  expect(read).toEqual(DEFAULT_SWEEP);
  expect(problems).toEqual([
    '“-1” is no loss in USD above 0',
    expect.stringContaining('degrees of freedom are above 2'),
    expect.stringContaining('figure cannot be “x”, only loss, '),
    'by cannot be “y”, only venue, market, asset',
  ]);
});

test.each([
  [{ move: 'ETH' }, /“ETH” is no factor with its volatility/],
  [{ move: 'ETH 70%, ETH 60%' }, /ETH is named twice/],
  [{ correlation: '1' }, /correlation of every two factors is below 1/],
  [{ horizon: '1 day' }, /12h or 7d/],
  [{ count: '100001' }, /from 1 to 100,000/],
  [{ seed: '1.5' }, /whole number from 0 on/],
  [{ plan: 'grid', falls: '-10%, -120%' }, /“-120%” must be above −100/],
  [{ plan: 'grid', falls: '' }, /a grid needs moves/],
  [{ plan: 'historical', move: 'ETH', every: '7h' }, /whole steps between prices/],
  [{ plan: 'x' }, /there is no plan “x”, only grid/],
])('%j is not taken, and it is said why', (change, why) => {
  expect(planOfTexts({ ...textsOf(DEFAULT_PLAN), ...change })).toEqual({ why: expect.stringMatching(why) });
});

test('numbers may be percent, as the form shows them', () => {
  const typed = { ...textsOf(DEFAULT_PLAN), move: 'ETH 70\u202f%; market:CRV=1.5', correlation: '50 %' };
  expect(planOfTexts(typed)).toMatchObject({
    factors: [
      { what: 'ETH', volatility: 0.7 },
      { what: 'market:CRV', volatility: 1.5 },
    ],
    correlation: 0.5,
  });
  const grid = planOfTexts({
    ...typed,
    plan: 'grid',
    move: 'ETH',
    falls: '−10\u202f%, -0.2',
    combined: 'yes',
  });
  expect(grid).toMatchObject({ moves: [-0.1, -0.2], isProduct: true, correlation: DEFAULT_PLAN.correlation });
  expect(FIELDS_OF.grid).not.toContain('correlation');
});

test('a plan has the covariance that volatilities and correlation say, and the API takes it and gives settings back', async () => {
  const settings: Settings = {
    ...{ ...DEFAULT_SETTINGS, liquidators: 'capital', gasUsd: 20, capitalUsd: 5e5 },
    ...{ oracles: 'within', depositors: 'hold', depth: 0.5, volatility: 0.2 },
  };
  const plan = { ...planOf(DEFAULT_PLAN)!, ...settingsInPlan(settings) };
  const [[eth, both], [, btc]] = plan.model!.covariance as [[number, number], [number, number]];
  expect(Math.sqrt(eth * 365)).toBeCloseTo(0.7);
  expect(both / Math.sqrt(eth * btc)).toBeCloseTo(0.8);
  expect(settingsOf(plan)).toEqual(settings);
  expect(settingsInPlan(DEFAULT_SETTINGS)).toEqual({});
  const grid = planOf({ ...DEFAULT_PLAN, kind: 'grid', moves: [-0.1] })!;
  for (const one of [{ ...plan, count: 2 }, grid])
    expect(await toyAnswer(START_SWEEP, { plan: one, block: null })).toEqual({
      startSweep: { id: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  expect(planOf({ ...DEFAULT_PLAN, kind: 'historical' })).toBeUndefined();
});
