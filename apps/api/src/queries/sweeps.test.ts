import { createClient } from 'graphql-ws';
import { openEngine, type Scenario } from '@undertow/cascade';
import { POOL_ENGINE } from '@undertow/engine-pool';
import {
  lossesBy,
  openPlan,
  openReverseStress,
  runRange,
  summary,
  sweepKey,
  sweepShape,
  SweepTable,
  tailMeasures,
  tailScenario,
  wholeReproduction,
  type MonteCarloPlan,
  type Plan,
} from '@undertow/sweep';
import type { MemoryFacts } from '../../test-server/memory-facts.ts';
import { serveDevnet, type Answer, type ServedFacts } from '../../test-server/serve-facts.ts';
import { LiveBook } from '../live-book.ts';

let api: ServedFacts;
let source: MemoryFacts;

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

const plan = (count: number, seed = 1): Plan => ({
  ...{ version: 1, kind: 'monte-carlo', count, seed, factors: ['WETH', 'LUNA'] },
  model: {
    ...{ kind: 'student-t', degreesOfFreedom: 4 },
    covariance: [
      [0.04, 0],
      [0, 1],
    ],
  },
});

async function post(query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const FIELDS = 'id state reason scenarios done bookHash kind plan';
const start = (of: unknown) =>
  post(`mutation ($plan: JSON!) { startSweep(plan: $plan) { ${FIELDS} } }`, { plan: of });
const change = (what: string, id: string) => post(`mutation { ${what}(id: "${id}") { ${FIELDS} } }`);
const find = async (id: string) => (await post(`{ sweep(id: "${id}") { ${FIELDS} } }`)).data!['sweep'];

interface Progress {
  readonly id: string;
  readonly state: string;
  readonly done: number;
}

/** All that is told of a sweep until it is over. */
async function told(id: string): Promise<Progress[]> {
  const client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql` });
  const all: Progress[] = [];
  try {
    const query = `subscription { sweepProgress(id: "${id}") { id state done } }`;
    for await (const { data } of client.iterate<{ sweepProgress: Progress }>({ query })) {
      all.push(data!.sweepProgress);
    }
  } finally {
    await client.dispose();
  }
  return all;
}

/** What one run of the plan on the newest book comes to. */
async function alone(of: Plan) {
  const { book, table } = await sweptAlone(of);
  return { id: table.shape.key, bookHash: book.hash, summary: summary(table, of) };
}

async function sweptAlone(of: Plan) {
  const live = new LiveBook(source);
  await live.update();
  const { book } = await live.at();
  const opened = openPlan(of, book);
  const id = sweepKey({ plan: of, book, engine: POOL_ENGINE });
  const shape = sweepShape(book, { key: id, count: opened.count });
  const table = new SweepTable(shape);
  const engine = openEngine(book, { kind: POOL_ENGINE });
  table.putChunk(runRange({ engine, opened, shape }, { from: 0, to: opened.count }));
  return { book, opened, table };
}

it('runs a plan, tells how far it is, and gives what one run of it would', async () => {
  const of = plan(24);
  const expected = await alone(of);
  const { data } = await start(of);
  const { id, ...begun } = data!['startSweep'] as Progress & Record<string, unknown>;
  expect(id).toBe(expected.id);
  expect(begun).toMatchObject({ scenarios: 24, bookHash: expected.bookHash, kind: 'monte_carlo', plan: of });
  const progress = await told(id);
  expect(progress.at(-1)).toEqual({ id, state: 'done', done: 24 });
  const answer = await post(`{ sweep(id: "${id}") { summary { count independent unused
    lossUsd { mean greatest histogram { zeros } atRisk { level valueAtRisk expectedShortfall interval { low high } } }
    probabilities { cascade { share interval { low high } } } byVenue { venue contributionUsd } byAsset { asset { symbol } meanSeized }
    worst { index lossUsd moves { what move } } } } sweeps { id } }`);
  expect(answer.errors).toBeUndefined();
  const { sweep, sweeps } = answer.data as unknown as {
    sweep: { summary: { worst: { index: number; moves: { move: number }[] }[] } };
    sweeps: Progress[];
  };
  const { worst, byAsset, lossUsd, probabilities, byVenue } = expected.summary;
  expect(sweep.summary).toMatchObject({
    ...{ count: 24, independent: 24, unused: ['LUNA'] },
    lossUsd: { mean: lossUsd.mean, greatest: lossUsd.greatest },
    probabilities: { cascade: { share: probabilities!.cascade.share } },
    byVenue: byVenue.map(({ venue, contributionUsd }) => ({ venue, contributionUsd })),
    byAsset: byAsset.map(({ symbol, meanSeized }) => ({ asset: { symbol }, meanSeized })),
    worst: worst.map(({ index, lossUsd: loss }) => ({ index, lossUsd: loss })),
  });
  expect(sweep.summary.worst[0]!.moves).toHaveLength(1);
  expect(sweeps.map((one) => one.id)).toEqual([id]);
  // The same again is the same sweep, which is done.
  expect((await start(of)).data!['startSweep']).toMatchObject({ id, state: 'done', done: 24 });
  expect((await change('resumeSweep', id)).data!['resumeSweep']).toMatchObject({ state: 'done' });
});

it('tells who, where and because of whom the worst scenarios lose, once a sweep is done', async () => {
  const of = plan(24);
  const { id } = (await start(of)).data!['startSweep'] as Progress;
  await told(id);
  const ask = (more: string) =>
    post(`{ sweepTail(sweep: "${id}"${more}) { level scenarios expectedShortfallUsd otherAccountsUsd
      accounts { venue owner market contributionUsd } crossVenue { venues { venue liquidatedUsd } causes { cause shares } }
      coverTwo { venue index owners { owner lossUsd } lossUsd fundUsd isCovered } } }`);
  const { book, opened, table } = await sweptAlone(of);
  const run = async (scenarios: readonly Scenario[]) => scenarios.map((one) => tailScenario(book, one));
  const { crossVenue, ...rest } = await tailMeasures(
    { book, opened, table, run },
    { level: 0.8, accounts: 2 },
  );
  const answer = await ask(', level: 0.8, accounts: 2');
  expect(answer.errors).toBeUndefined();
  expect(answer.data!['sweepTail']).toMatchObject({
    ...rest,
    crossVenue: {
      venues: crossVenue.venues.map((venue) => ({ venue })),
      causes: crossVenue.causes.map((cause, row) => ({ cause, shares: crossVenue.shares[row] })),
    },
  });
  expect(rest.scenarios).toBeGreaterThan(1);
  expect(rest.accounts).toHaveLength(2);
  const codeOf = ({ errors }: Answer) => [errors?.[0]?.extensions['code'], errors?.[0]?.message];
  expect(codeOf(await ask(', level: 1'))).toEqual(['BAD_USER_INPUT', expect.stringMatching(/such as 0\.99/)]);
  const other = ((await start(plan(90_000, 5))).data!['startSweep'] as Progress).id;
  expect(codeOf(await post(`{ sweepTail(sweep: "${other}") { level } }`))).toEqual([
    'BAD_USER_INPUT',
    'The sweep is running: its worst scenarios are known once it is done.',
  ]);
  await change('cancelSweep', other);
});

it('says what is wrong with a plan, an id, or too many at once', async () => {
  const codeOf = ({ errors }: Answer) => [errors?.[0]?.extensions['code'], errors?.[0]?.message];
  const [code, message] = codeOf(await start({ version: 1, kind: 'grid', axes: [] }));
  expect([code, message]).toEqual(['BAD_USER_INPUT', expect.stringContaining('axes')]);
  const unknown = { version: 1, kind: 'grid', axes: [{ what: 'LUNA', moves: [-0.1] }], isProduct: true };
  expect(codeOf(await start(unknown))).toEqual(['BAD_USER_INPUT', expect.stringContaining('LUNA')]);
  expect(codeOf(await start(plan(100_001)))[1]).toMatch(/100001 scenarios; at most 100000/);
  expect(codeOf(await change('cancelSweep', 'nope'))).toEqual([
    'BAD_USER_INPUT',
    expect.stringContaining('no sweep "nope"'),
  ]);
  const ids: string[] = [];
  for (let seed = 10; seed < 14; seed++) {
    const { data } = await start(plan(90_000, seed));
    ids.push((data!['startSweep'] as Progress).id);
  }
  expect(codeOf(await start(plan(90_000, 14)))).toEqual([
    'TOO_MANY_SWEEPS',
    expect.stringContaining('4 sweeps'),
  ]);
  for (const id of ids) expect((await change('cancelSweep', id)).errors).toBeUndefined();
  for (const id of ids) expect(await find(id)).toMatchObject({ state: 'cancelled' });
});

it('finds the nearest move that loses so much on the book of a sweep, and how strongly falls feed themselves', async () => {
  const of = plan(8, 3);
  const { id } = (await start(of)).data!['startSweep'] as Progress;
  const ask = (more: string) =>
    post(`{ reverseStress(sweep: "${id}", lossUsd: 1000${more}) { lossUsd venue
      nearest { distance lossUsd moves { what move } } path { distance lossUsd } searched { directions farthest evaluations tolerance } } }`);
  const { reverseStress } = (await ask('')).data as unknown as {
    reverseStress: {
      nearest: { distance: number; lossUsd: number; moves: unknown[] };
      path: { distance: number }[];
    };
  };
  const live = new LiveBook(source);
  await live.update();
  const { book } = await live.at();
  const lossesOf = lossesBy(openEngine(book, { kind: POOL_ENGINE }));
  const stress = openReverseStress({ book, plan: of as MonteCarloPlan, lossesOf });
  const { nearest } = await stress({ lossUsd: 1_000 });
  expect(reverseStress).toMatchObject({
    nearest: { distance: nearest!.distance, lossUsd: nearest!.lossUsd, moves: [{}] },
    path: nearest!.path.map(({ distance }) => ({ distance })),
  });
  expect(await ask(', venue: "nowhere"')).toMatchObject({
    errors: [
      { message: expect.stringContaining('no venue nowhere'), extensions: { code: 'BAD_USER_INPUT' } },
    ],
  });
  const each = (
    await post(`{ reverseStressByVenue(sweep: "${id}", lossUsd: 1000) { venue nearest { distance } } }`)
  ).data!['reverseStressByVenue'] as { venue: string | null; nearest: { distance: number } | null }[];
  expect(each.map(({ venue }) => venue)).toEqual([null, ...book.venues.map((venue) => venue.id)]);
  expect(each[0]!.nearest).toEqual({ distance: nearest!.distance });
  // No venue loses so much before all together do; at least one is found by itself.
  const found = each.slice(1).flatMap(({ nearest: own }) => (own ? [own.distance] : []));
  expect(found.length).toBeGreaterThan(0);
  expect(Math.min(...found)).toBeGreaterThan(nearest!.distance * 0.999);
  const whole = await post(
    '{ wholeReproduction(moves: [0, -0.2]) { bookHash points { move reproduction leftOut } } }',
  );
  const [now, fallen] = wholeReproduction(book, { drops: [0, 0.2] });
  expect(whole.data!['wholeReproduction']).toEqual({
    bookHash: book.hash,
    points: [
      { move: 0, reproduction: now!.reproduction, leftOut: now!.leftOut },
      { move: -0.2, reproduction: fallen!.reproduction, leftOut: fallen!.leftOut },
    ],
  });
});

it('estimates a plan from stored prices, and says what is wrong with what it was given', async () => {
  const { time } = (await source.stored())!;
  const of = { exchange: 'kraken', symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH' };
  source.said = Array.from({ length: 60 }, (_, i) => {
    const at = time - (60 - i) * 3_600;
    const price = 2_000 * Math.exp(0.05 * Math.sin(i * i));
    return { ...of, price, volume: 1, time: at, exchangeTime: at, isCandle: false };
  });
  const ask = (args: string) =>
    post(
      `mutation { startEstimatedSweep(factors: ["ETH"], horizonSeconds: 7200, stepSeconds: 3600, ${args}) { id plan scenarios kind } }`,
    );
  const drawn = await ask('model: student_t, count: 5, seed: 2, shared: {depthFactor: 0.5}');
  expect(drawn.errors).toBeUndefined();
  expect(drawn.data!['startEstimatedSweep']).toMatchObject({
    scenarios: 5,
    plan: { kind: 'monte-carlo', seed: 2, depthFactor: 0.5, model: { kind: 'student-t' } },
  });
  const again = (await ask('model: historical')).data!['startEstimatedSweep'] as {
    plan: { windows: object[] };
  };
  expect(again.plan.windows.length).toBeGreaterThan(50);
  expect((await ask('model: filtered, count: 5')).data!['startEstimatedSweep']).toMatchObject({
    plan: { model: { kind: 'filtered-historical', steps: 2 } },
  });
  const messageOf = async (args: string) => (await ask(args)).errors?.[0]?.message;
  expect(await messageOf('model: historical, shared: {moves: []}')).toMatch(/shared has moves; it may have/);
  expect(await messageOf('model: student_t, count: 1000000')).toMatch(/at most 100000/);
  source.said = [];
});
