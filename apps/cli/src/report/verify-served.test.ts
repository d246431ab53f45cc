import { EnginePool } from '@undertow/engine-pool';
import { serveDevnet, until, type ServedFacts } from '../../../api/test-server/serve-facts.ts';
import { printed } from '../fixtures/printed.ts';
import { runVerify } from './run-verify.ts';

let api: ServedFacts;
const pool = new EnginePool({ threads: 1 });

beforeAll(async () => {
  ({ api } = await serveDevnet());
}, 120_000);

afterAll(async () => {
  process.exitCode = undefined;
  await api.close();
  await pool.close();
});

interface Run {
  readonly id: string;
  readonly state: string;
  readonly report: { readonly path: string } | null;
}

async function post<Answer>(query: string): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { readonly data: Answer }).data;
}

test('a stranger verifies a report that an API serves, by its address alone: no database, no chain', async () => {
  const { startReport } = await post<{ startReport: Run }>(
    'mutation { startReport(kind: scenario, input: { moves: [{ what: "WETH", move: -0.4 }] }) { id state report { path } } }',
  );
  const find = async () =>
    (await post<{ reportRun: Run }>(`{ reportRun(id: "${startReport.id}") { id state report { path } } }`))
      .reportRun;
  await until(async () => (await find()).state === 'done');
  const { path } = (await find()).report!;
  const running = { signal: new AbortController().signal, pool };
  const text = await printed(() => runVerify(`${api.url}${path}/report.json`, {}, running));
  expect(text).toMatch(/^Right: all [\d,]+ figures .* are the same to the last bit\.$/m);
  expect(process.exitCode ?? 0).toBe(0);
  await expect(runVerify(`${api.url}/r/${'0'.repeat(64)}/report.json`, {}, running)).rejects.toThrow(
    'answers 404',
  );
});
