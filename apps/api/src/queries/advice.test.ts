import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { everything } from '../../test-server/everything.ts';
import { serveDevnet, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;

beforeAll(async () => {
  ({ api } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
const EVERY_FIELD = everything(schema.getType('AdviceRun') as GraphQLObjectType);
const PLAN =
  '{ version: 1, kind: "monte-carlo", count: 20, seed: 1, factors: ["ETH"], model: { kind: "student-t", degreesOfFreedom: 4, covariance: [[0.04]] } }';
const LINE = 'venue: "aave-v3@devnet", market: "WETH", parameters: [liquidationThreshold]';
const start = (toleranceUsd: number, others = LINE) =>
  api.ask(
    `mutation { startAdvice(${others}, plan: ${PLAN}, confidence: 0.9, toleranceUsd: ${toleranceUsd}) { id state } }`,
  );

/** A run once it is over: what it runs takes its turns between the questions. */
async function over(id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { data } = await api.ask(`{ adviceRun(id: "${id}") ${EVERY_FIELD} }`);
    const run = data!['adviceRun'] as Record<string, unknown>;
    if (run['state'] !== 'running') return run;
  }
}

const startedId = ({ data }: Awaited<ReturnType<typeof start>>): string =>
  (data!['startAdvice'] as { readonly id: string }).id;

describe('advices', () => {
  it('are computed behind questions, kept, and told with what they rest on', async () => {
    const id = startedId(await start(1_000));
    const run = await over(id);
    expect(run).toMatchObject({ state: 'done', reason: null, isScheduled: false });
    expect(run['post']).toContain('# Parameter recommendations');
    const [advice] = run['advices'] as [Record<string, unknown>];
    expect(advice).toMatchObject({
      parameter: { kind: 'liquidationThreshold', venue: 'aave-v3@devnet', label: 'WETH' },
      asked: { toleranceUsd: 1_000, lossesOf: 'all_venues', behaviour: 'keep_health' },
      run: id,
      since: null,
    });
    // The same question on the same book is the same run.
    expect(startedId(await start(1_000))).toBe(id);
    const { data } = await api.ask('{ adviceRuns { id state } }');
    expect(data!['adviceRuns']).toContainEqual({ id, state: 'done' });
  });

  it('stand beside the one before, with the inputs that changed', async () => {
    await over(startedId(await start(2_000)));
    const { data } = await api.ask(
      '{ advices(parameter: "liquidationThreshold") { asked { toleranceUsd } since { inputs } } }',
    );
    expect(data!['advices']).toEqual([
      { asked: { toleranceUsd: 2_000 }, since: { inputs: ['what was asked'] } },
    ]);
    const all = await api.ask('{ advices(parameter: "liquidationThreshold", history: 5) { block } }');
    expect(all.data!['advices']).toHaveLength(2);
  });

  it('carry backtests, or why there are none, and what moved them since those before', async () => {
    const id = startedId(await start(1e7, `${LINE}, backtestDates: 2, limits: "aave-v3-agrs"`));
    const run = await over(id);
    expect(run['reason']).toBeNull();
    const [advice] = run['advices'] as [Record<string, unknown>];
    // One price of an exchange is stored: that is no history.
    expect(advice['backtest']).toMatchObject({ of: 'none', lines: [] });
    expect(JSON.stringify(advice['words'])).toMatch(/was not backtested: /);
    expect(advice['cascadeBacktest']).toMatchObject({ of: 'none' });
    expect(advice['path']).not.toBeNull();
    const moved = advice['moved'] as Record<string, number> & { parts: { input: string; change: number }[] };
    expect(moved['after']).toBeGreaterThan(moved['before']!);
    // The same book and the same scenarios: only what is tolerated is another.
    expect(moved.parts).toEqual([
      { input: 'the question', change: expect.closeTo(moved['after']! - moved['before']!, 12) },
    ]);
    expect(moved['interaction']).toBeCloseTo(0, 12);
  });

  it('end when they are cancelled, and are not kept then', async () => {
    const id = startedId(await start(3_000, 'behaviour: keep_debt'));
    const { data } = await api.ask(
      `mutation { cancelAdvice(id: "${id}") { state endedAt advices { block } } }`,
    );
    expect(data!['cancelAdvice']).toMatchObject({ state: 'cancelled', advices: [] });
  });

  it.each([
    ['mutation { startAdvice(toleranceUsd: 1, toleranceShare: 0.1) { id } }', 'not both'],
    [`mutation { startAdvice(plan: ${PLAN}, sweep: "x") { id } }`, 'not both'],
    ['mutation { startAdvice(sweep: "x") { id } }', 'There is no sweep'],
    ['{ adviceRun(id: "x") { id } }', 'There is no run of advices'],
    ['mutation { startAdvice(backtestDates: 101) { id } }', 'from 0 to 100'],
    ['mutation { startAdvice(limits: "mine") { id } }', 'There are no limits "mine"'],
    ['{ toxicityFrontier(venue: "x", market: "y") { slippage } }', 'x has no market'],
    [
      '{ toxicityFrontier(venue: "aave-v3@devnet", market: "WETH", bonuses: [2]) { slippage } }',
      'from 0 to 1',
    ],
    ['{ judgement(overrides: []) { verdict } }', 'overrides is empty'],
  ])('say what is wrong with %s', async (query, words) => {
    const { errors } = await api.ask(query);
    expect(errors?.[0]?.message).toContain(words);
  });

  it('fail with the reason where nothing of the book is meant', async () => {
    const run = await over(startedId(await start(1, 'venue: "nowhere"')));
    expect(run).toMatchObject({ state: 'failed', advices: [] });
    expect(run['reason']).toContain('there is no venue nowhere');
  });
});
