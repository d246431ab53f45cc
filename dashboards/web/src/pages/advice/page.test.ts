import { answered, htmlOf, knowing, textOf } from '../../../test-server/draw-page.ts';
import { TOY_ADVICES } from '../../../test-server/toy-advices.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { toyState } from '../../../test-server/toy-state.ts';
import { addressOf } from '../../frame/carried.ts';
import type { State } from '../../frame/state.ts';
import type {
  AdviceRunsAnswer,
  JudgementAnswer,
  OneAdviceAnswer,
  ToxicityFrontierAnswer,
} from '../../graph/answers.ts';
import { readLink } from '../../scenario/link.ts';
import { DEFAULT_ADVICE, USUAL_ADVICE, type AdviceChoice } from '../../sections/advice-form/choice.ts';
import { questionOf } from '../../sections/advice-form/question.ts';
import { oneAdvice } from '../../sections/advice-one/asked.ts';
import { ONE_ADVICE, type OneAdvice } from '../../sections/advice-one/load.ts';
import { adviceRun, adviceRuns } from '../../sections/advice-run/asked.ts';
import { questionWords } from '../../sections/advice-run/list.ts';
import { ADVICE_RUN, ADVICE_RUNS, type AdviceRun } from '../../sections/advice-run/load.ts';
import { advices } from '../../sections/advices/asked.ts';
import { ADVICES, type ListedAdvice } from '../../sections/advices/load.ts';
import { judgement } from '../../sections/judgement/asked.ts';
import { JUDGEMENT } from '../../sections/judgement/load.ts';
import { frontier } from '../../sections/toxicity-frontier/asked.ts';
import { TOXICITY_FRONTIER, type Frontier } from '../../sections/toxicity-frontier/load.ts';
import { page } from './page.ts';

const NOW = 1_795_175_400;
const LINE = { kind: 'liquidationThreshold', venue: 'aave-v3', market: 'WETH' } as const;
const CHANGE = 'aave-v3 WETH liquidationThreshold=0.6';
const QUESTION = { toleranceUsd: 1e5, confidence: 0.9, horizonSeconds: 86_400, count: 60 };

let listed: readonly ListedAdvice[];
let advice: OneAdvice;
let line: Frontier;
/** One advice is chosen, and all but the change is answered. */
let state: State;
beforeAll(async () => {
  listed = (await toyAnswer<{ advices: ListedAdvice[] }>(ADVICES)).advices;
  const { kind: parameter, ...place } = LINE;
  const told = await toyAnswer<OneAdviceAnswer>(ONE_ADVICE, { ...place, parameter });
  advice = { ...told.advices[0]!, head: { block: told.advices[0]!.block, hash: '0x1' } };
  const { toxicityFrontier, venues } = await toyAnswer<ToxicityFrontierAnswer>(TOXICITY_FRONTIER, place);
  line = { ...toxicityFrontier, ...venues };
  const plain: State = {
    ...(await toyState(NOW)),
    at: { page: 'advice', path: '/advice', parts: {} },
    widths: new Proxy({}, { get: () => 700 }),
    advice: { ...DEFAULT_ADVICE, chosen: LINE },
  };
  state = answered(answered(answered(plain, advices, listed), oneAdvice, advice), frontier, line);
});

const plainState = (): State => ({ ...state, advice: DEFAULT_ADVICE });

test('the newest advices stand in a table, each with the way to what it rests on', () => {
  const html = htmlOf(page, plainState());
  const text = textOf(page, plainState());
  for (const part of ['82.5', 'lower', 'the tolerance', 'no such parameter', 'fund size of the venue'])
    expect(text).toContain(part);
  expect(html).toContain('href="/advice?advice=liquidationThreshold%20aave-v3%20WETH#advice-one-title"');
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
  expect(html).not.toContain('id="advice-one"');
  const none = textOf(page, answered(plainState(), advices, []));
  expect(none).toMatch(/No advice is kept yet.*Advise.*UNDERTOW_ADVISE_SECONDS.*Where none are stored/);
});

test('one advice says what to do, loudly whom it hits, its steps, losses, missing inputs and that it was not backtested', () => {
  const html = htmlOf(page, state);
  const text = textOf(page, state);
  for (const sentence of advice.words) expect(text).toContain(sentence);
  expect(advice.words.join(' ')).toContain('WARNING');
  expect(html).toMatch(/class="problem"[^>]*>WARNING/);
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
  for (const part of [
    ...['Present terms', 'at least', 'Loss under the present terms', 'would have been exceeded'],
    ...['What moved since the advice before', 'what these do together', '+0.50 points', '+1.00 points'],
    ...['What published formulas say', 'Scenarios that bind', 'What it was made of', 'Not before'],
  ])
    expect(text).toContain(part);
  expect(html).toContain('class="loss-chart"');
  const known = { ...advice, words: ['Keep it.'], backtest: null, cascadeBacktest: null, missing: [] };
  const told = textOf(page, answered(state, oneAdvice, known));
  expect(told).toContain('It was not backtested.');
  expect(told).toContain('Nothing is missing.');
  const gone = {
    ...known,
    missing: [{ name: 'prices', why: 'none are stored', follows: 'there is no number' }],
  };
  expect(textOf(page, answered(state, oneAdvice, gone))).toContain(
    'prices: none are stored; there is no number.',
  );
  expect(textOf(page, answered(state, oneAdvice, null))).toContain('No advice on this parameter is kept yet');
});

test('a backtest is drawn and stands in tables, by prices and through cascades, with what it is over', () => {
  const html = htmlOf(page, state);
  const text = textOf(page, state);
  expect(html.match(/class="backtest"/g)).toHaveLength(2);
  for (const id of ['table-advice-backtest-lines', 'table-advice-backtest-cascade-lines'])
    expect(html).toContain(`id="${id}"`);
  for (const part of [
    ...['SmartLTV', 'never changed', 'this advice, held', 'present value', 'advised anew', 'Kupiec p'],
    ...['in windows of 1d. Prices: invented.', 'One book stands for all dates', 'points'],
  ])
    expect(text).toContain(part);
  const none = {
    ...advice.backtest!,
    ...{ of: 'none', lines: [], words: ['It was not backtested: no prices are stored.'] },
  };
  const told = answered(state, oneAdvice, { ...advice, backtest: none, cascadeBacktest: null });
  expect(textOf(page, told)).toMatch(/no prices are stored\..*Through whole cascades it was not held/);
  expect(htmlOf(page, told)).not.toContain('class="backtest"');
});

test('steps are drawn with their dates', () => {
  const html = htmlOf(page, state);
  expect(html).toContain('class="path"');
  const { steps } = advice.path!;
  expect(html.match(/UTC: \d+(?:\.\d+)?\u202f?%<\/title><\/circle>/g)).toHaveLength(steps.length);
});

test('runs are listed with what they were asked', async () => {
  const { adviceRuns: runs } = await toyAnswer<AdviceRunsAnswer>(ADVICE_RUNS, {});
  const text = textOf(page, answered(plainState(), adviceRuns, runs));
  expect(text).toMatch(/all parameters; 110,000 USD; at 90.*the server.*done/);
  expect(htmlOf(page, answered(plainState(), adviceRuns, runs))).toContain(`href="/advice/${TOY_ADVICES}"`);
  expect(questionWords({ asked: {} })).toBe('all parameters');
});

test('the frontier is drawn with the present and the advised point', () => {
  const html = htmlOf(page, state);
  expect(html).toContain('class="frontier"');
  expect(html).toMatch(/<title>now: threshold 82\.5.*<title>advised: threshold/s);
  expect(textOf(page, state)).toMatch(/Now: threshold 82\.5.*not toxic.*As advised: threshold/);
  expect(textOf(page, answered(state, frontier, null))).toContain('Nobody owes against this market');
  const fund: AdviceChoice = { ...DEFAULT_ADVICE, chosen: { kind: 'fundSize', venue: 'musd', market: '' } };
  expect(frontier.isAsked!({ ...state, advice: fund })).toBe(false);
});

test('a run is followed until it is over, can be cancelled, and says why it failed', async () => {
  const { adviceRun: run } = await toyAnswer<{ adviceRun: AdviceRun }>(ADVICE_RUN, { id: TOY_ADVICES });
  const at = { page: 'advice', path: `/advice/${TOY_ADVICES}`, parts: { id: TOY_ADVICES } };
  const here = { ...plainState(), at };
  const done = textOf(page, answered(here, adviceRun, run));
  expect(done).toMatch(/5 advices, \d with a change\. .*Expected shortfall of all venues/);
  expect(done).toContain('A post for a forum');
  const far = { stage: 'parameters', done: 2, all: 5 };
  const running = answered(here, adviceRun, { ...run, state: 'running', progress: far, endedAt: null });
  expect(htmlOf(page, running)).toMatch(/data-act="cancel-advice".*<progress max="5" value="2"/s);
  expect(textOf(page, running)).toContain('Running: 2 of 5 parameters.');
  const failed = answered(here, adviceRun, { ...run, state: 'failed', reason: 'No memory.' });
  expect(textOf(page, failed)).toMatch(/Failed\. .*No memory\./);
  const refused = {
    value: undefined,
    problem: { kind: 'refused', message: 'There is no such run.' },
  } as const;
  expect(textOf(page, knowing(here, adviceRun, refused))).toContain('There is no such run.');
  const doing = { what: 'start', problem: 'No prices are stored.' } as const;
  expect(textOf(page, { ...here, adviceDoing: doing })).toContain('No prices are stored.');
});

test('a change that somebody types is judged under what the form tolerates', async () => {
  const asking = { ...state, advice: { ...DEFAULT_ADVICE, judged: CHANGE } };
  expect(judgement.isAsked!(asking)).toBe(true);
  expect(judgement.isAsked!(plainState())).toBe(false);
  const variables = { ...QUESTION, overrides: [CHANGE] };
  const { judgement: told } = await toyAnswer<JudgementAnswer>(JUDGEMENT, variables);
  const html = htmlOf(page, answered(asking, judgement, { ...told, head: undefined }));
  expect(html).toMatch(/class="problem"[^>]*>WARNING/);
  expect(html).toContain('id="table-judgement-losses"');
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
  const wrong = { ...asking, advice: { ...asking.advice, texts: { ...USUAL_ADVICE, over: '1 day' } } };
  expect(textOf(page, wrong)).toContain('The form cannot be read: a horizon is whole hours');
});

test('the address says what is asked and which advice is shown', () => {
  const choice: AdviceChoice = {
    texts: { ...USUAL_ADVICE, at: 'aave-v3@devnet', tolerate: '1000', volatilities: 'ETH:0.7' },
    ...{ chosen: { ...LINE, market: 'a b&c' }, judged: CHANGE },
  };
  const [, query = ''] = addressOf({ ...state, advice: choice, carried: '' }).split('?');
  expect(readLink(query)).toMatchObject({ advice: choice, problems: [] });
  expect(readLink('?advice=nonsense')).toMatchObject({
    advice: DEFAULT_ADVICE,
    problems: [expect.stringContaining('“nonsense” is no parameter of an advice')],
  });
});

test.each([
  [{ tolerate: 'much' }, /share of what is borrowed, such as 0.1%/],
  [{ confidence: '100%' }, /above 0 and below 1/],
  [{ over: '1 day' }, /whole hours/],
  [{ draws: '0' }, /from 1 to 10,000/],
  [{ volatilities: 'ETH' }, /no factor with its volatility/],
  [{ parameter: 'x' }, /there is no parameter “x”/],
  [{ losses: 'x' }, /losses are all_venues, venue, added/],
  [{ owners: 'x' }, /owners keep_health or keep_debt/],
  [{ limits: 'x' }, /there are no limits “x”/],
  [{ limits: 'own', step: '2' }, /a step is above 0%/],
  [{ limits: 'own', apart: 'soon' }, /steps are at most a year apart/],
  [{ dates: '101' }, /from 0 to 100/],
])('%j is not asked, and it is said why', (change, why) => {
  expect(questionOf({ ...USUAL_ADVICE, ...change })).toEqual({ why: expect.stringMatching(why) });
});

test('numbers may be percent or dollars, and scenarios may be drawn by volatilities that are given', () => {
  expect(questionOf(USUAL_ADVICE)).toMatchObject({
    ...{ toleranceShare: 0.001, toleranceUsd: null, confidence: 0.99, plan: null, venue: null },
    ...{ parameters: null, horizonSeconds: 86_400, count: 1_000 },
  });
  const limited = {
    ...USUAL_ADVICE,
    limits: 'own',
    step: '0.25%',
    apart: '36h',
    owners: 'keep_debt',
    dates: '5',
  };
  expect(questionOf(limited)).toMatchObject({
    ...{ behaviour: 'keep_debt', backtestDates: 5, lossesOf: null },
    limits: {
      fields: {
        loanToValue: { largestChange: 0.0025, isRelative: false, leastDelaySeconds: 129_600 },
      },
    },
  });
  expect(questionOf({ ...USUAL_ADVICE, limits: 'aave-v3-agrs' })).toMatchObject({ limits: 'aave-v3-agrs' });
  const typed = { ...USUAL_ADVICE, tolerate: '$1,500', volatilities: 'ETH 70%', parameter: 'loanToValue' };
  expect(questionOf(typed)).toMatchObject({
    ...{ toleranceUsd: 1_500, toleranceShare: null, parameters: ['loanToValue'] },
    plan: { kind: 'monte-carlo', factors: ['ETH'], count: 1_000 },
  });
});
