import { answered, htmlOf, knowing, textOf } from '../../../test-server/draw-page.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { toyState } from '../../../test-server/toy-state.ts';
import { TOY_SWEEP } from '../../../test-server/toy-sweeps.ts';
import type { State } from '../../frame/state.ts';
import { readLink } from '../../scenario/link.ts';
import { scenarioVariables } from '../../scenario/scenario.ts';
import { CASCADE, type Cascade } from '../../sections/cascade/load.ts';
import { reverseStress } from '../../sections/reverse-stress/asked.ts';
import { REVERSE_STRESS, type ReverseStress } from '../../sections/reverse-stress/load.ts';
import { stressByVenue } from '../../sections/stress-by-venue/asked.ts';
import { STRESS_BY_VENUE, type StressByVenue } from '../../sections/stress-by-venue/load.ts';
import { sweep } from '../../sections/sweep-run/asked.ts';
import { SWEEP, type Sweep } from '../../sections/sweep-run/load.ts';
import { sweepTail, tailWanted } from '../../sections/sweep-tail/asked.ts';
import { SWEEP_TAIL, type SweepTail } from '../../sections/sweep-tail/load.ts';
import { page } from './page.ts';

const NOW = 1_795_175_400;
const LOSS = 400_000;
let done: Sweep;
let state: State;
const at = (id: string | undefined): Pick<State, 'at'> => ({
  at: {
    page: 'sweep',
    path: id === undefined ? '/sweep' : `/sweep/${id}`,
    parts: id === undefined ? {} : { id },
  },
});

beforeAll(async () => {
  done = (await toyAnswer<{ sweep: Sweep }>(SWEEP, { id: TOY_SWEEP })).sweep;
  const widths = new Proxy({}, { get: () => 700 });
  const plain: State = { ...(await toyState(NOW)), ...at(TOY_SWEEP), widths };
  state = answered(plain, sweep, done);
});

test('a sweep that is done is told from what is lost how often down to its worst scenarios', () => {
  const text = textOf(page, state);
  expect(text).toMatch(/400 scenarios: moves of ETH, BTC, drawn from a Student-t with 4 degrees of freedom/);
  for (const part of [
    'VaR 99',
    'ES 99',
    'LaR 99',
    'P(cascade)',
    'Aave v3',
    'Scenario 190',
    'Nothing is asked yet',
  ])
    expect(text).toContain(part);
  const html = htmlOf(page, state);
  expect(html).toContain('class="loss-chart"');
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
  expect(htmlOf(page, { ...state, sweep: { ...state.sweep, figure: 'liquidated', part: 'asset' } })).toMatch(
    /Liquidated value: mean .*LaR.*Losses by asset/s,
  );
});

test('a sweep that is done is not asked again; one that was going on is', async () => {
  const { signal } = new AbortController();
  const asked: string[] = [];
  const usual = globalThis.fetch;
  globalThis.fetch = async (_address, init) => {
    asked.push(String(init?.body));
    return Response.json({ data: { sweep: done } });
  };
  try {
    expect(await sweep.load(state, signal)).toBe(done);
    expect(asked).toEqual([]);
    const running = answered(state, sweep, { ...done, state: 'running' });
    expect(await sweep.load(running, signal)).toEqual(done);
    expect(asked).toHaveLength(1);
  } finally {
    globalThis.fetch = usual;
  }
});

test('the link of a worst scenario is of the very scenario: its cascade loses what the sweep says', async () => {
  const [, link = ''] = /href="\/scenario(\?[^"]*)"[^>]*>Scenario /.exec(htmlOf(page, state)) ?? [];
  const { problems, moves = [], settings, overrides, block } = readLink(link.replaceAll('&amp;', '&'));
  expect([problems, block]).toEqual([[], done.block]);
  const variables = { ...scenarioVariables({ moves, settings, overrides }), accounts: 1, block };
  const { cascade } = await toyAnswer<{ cascade: Cascade }>(CASCADE, variables);
  const [worst] = done.summary!.worst;
  expect(cascade.rounds).toHaveLength(worst!.rounds);
  expect(cascade.badDebtUsd + cascade.shortfallUsd).toBeCloseTo(worst!.lossUsd, 4);
});

test('while it runs there is how far it is and a way to end it, then one to go on, and why it failed', () => {
  const running = answered(state, sweep, {
    ...done,
    state: 'running',
    done: 100,
    summary: null,
    endedAt: null,
  });
  expect(htmlOf(page, running)).toMatch(/data-act="cancel-sweep".*<progress max="400" value="100"/s);
  expect(textOf(page, running)).toContain('Here when the sweep is done.');
  const failed = answered(state, sweep, { ...done, state: 'failed', reason: 'No memory.', summary: null });
  expect(htmlOf(page, failed)).toContain('data-act="resume-sweep"');
  expect(textOf(page, failed)).toContain('No memory.');
  const refused = {
    value: undefined,
    problem: { kind: 'refused', message: 'There is no sweep "x".' },
  } as const;
  const text = textOf(page, knowing(state, sweep, refused));
  expect(text.match(/There is no sweep/g)).toHaveLength(1);
});

test('the move that loses so much is told with the way to it; a plan without a covariance has none', async () => {
  const asking: State = { ...state, sweep: { ...state.sweep, loseUsd: LOSS } };
  const { reverseStress: found } = await toyAnswer<{ reverseStress: ReverseStress }>(REVERSE_STRESS, {
    ...{ sweep: TOY_SWEEP, lossUsd: LOSS, venue: null },
  });
  expect(found.nearest!.lossUsd).toBeGreaterThanOrEqual(LOSS);
  const told = answered(asking, reverseStress, found);
  expect(textOf(page, told)).toMatch(/All together lose \$400K when ETH moves by −\d/);
  expect(htmlOf(page, told)).toContain('class="stress-path"');
  const none = answered(asking, reverseStress, { ...found, nearest: null, path: [] });
  expect(textOf(page, none)).toContain('Nothing that was tried loses $400K.');
  const grid = answered(asking, sweep, { ...done, plan: { version: 1, kind: 'grid', axes: [] } });
  expect(reverseStress.isAsked!(grid)).toBe(false);
  expect(textOf(page, grid)).toContain('This plan has no covariance');
});

test('behind the worst scenarios stand accounts, whose trades caused what, and cover-2', async () => {
  const { level, ...wanted } = tailWanted(state)!;
  expect([level, wanted.sweep]).toEqual([0.99, TOY_SWEEP]);
  const variables = { ...wanted, level: 0.9, accounts: 20 };
  const { sweepTail: found } = await toyAnswer<{ sweepTail: SweepTail }>(SWEEP_TAIL, variables);
  const told = answered(state, sweepTail, found);
  const html = htmlOf(page, told);
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
  const text = textOf(page, told);
  for (const part of ['Accounts by their part of the ES', 'the shock', 'Cover-2', 'Covered'])
    expect(text).toContain(part);
  expect(html).toContain(`/accounts/${found.accounts[0]!.owner}`);
  const parts = found.accounts.reduce((sum, one) => sum + one.contributionUsd, found.otherAccountsUsd);
  expect(parts / found.expectedShortfallUsd).toBeCloseTo(1, 9);
  const none = { ...found, scenarios: 0, accounts: [], coverTwo: [], crossVenue: { venues: [], causes: [] } };
  expect(textOf(page, answered(state, sweepTail, none))).toContain('Nobody loses anything in the worst 10');
  // Of a sweep whose tail is longer than what is run again, a tenth of it is told.
  const long = answered(state, sweep, { ...done, summary: { ...done.summary!, count: 100_000 } });
  expect(tailWanted(long)?.level).toBe(0.999);
  expect(tailWanted(answered(state, sweep, { ...done, summary: null }))).toBe(undefined);
});

test('one loss is told of all together and of every venue, and of a plan whose prices it was estimated from', async () => {
  const asking: State = { ...state, sweep: { ...state.sweep, loseUsd: LOSS } };
  const { reverseStressByVenue: found } = await toyAnswer<{ reverseStressByVenue: StressByVenue }>(
    STRESS_BY_VENUE,
    { sweep: TOY_SWEEP, lossUsd: LOSS },
  );
  const text = textOf(page, answered(asking, stressByVenue, found));
  expect(text).toMatch(/The nearest move that loses \$400K, of all together and of each venue by itself/);
  expect(text).toMatch(/All together -?\d+\.\d\d ETH −/);
  expect(text).toContain('Nothing that was tried loses so much: ');
  expect(htmlOf(page, state)).not.toContain('id="stress-by-venue"');
  const priceSources = [
    { what: 'ETH', source: 'kraken ETH/USD', prices: 2_000, from: 1_700_000_000, to: 1_707_000_000 },
    { what: 'BTC', source: 'feed BTC / USD', prices: 1, from: 1_700_000_000, to: 1_700_000_000 },
  ];
  expect(textOf(page, answered(state, sweep, { ...done, plan: { ...done.plan, priceSources } }))).toContain(
    'Estimated from stored prices: ETH of kraken ETH/USD, 2,000 prices from 2023-11-14 22:13 to 2024-02-03 22:40; BTC of the feed BTC / USD, 1 price',
  );
  expect(textOf(page, state)).not.toContain('Estimated from stored prices');
});

test('without a sweep there is the plan to choose', () => {
  const html = htmlOf(page, { ...state, ...at(undefined) });
  expect(html).toContain('Run 1,000 scenarios');
  expect(html).not.toContain('id="sweep-run"');
  const grid = { ...state.sweep.plan, kind: 'grid', isProduct: true } as const;
  expect(htmlOf(page, { ...state, sweep: { ...state.sweep, plan: grid } })).toContain('Run 25 scenarios');
  const doing = { what: 'start', problem: 'no price of ETH' } as const;
  expect(textOf(page, { ...state, sweepDoing: doing })).toContain('no price of ETH');
});
