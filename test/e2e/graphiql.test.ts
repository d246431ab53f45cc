import { join } from 'node:path';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../../apps/api/src/start-api.ts';
import { MemoryFacts } from '../../apps/api/test-server/memory-facts.ts';
import { recordDevnet } from '../../apps/api/test-server/record-devnet.ts';
import { EXAMPLES } from '../../dashboards/web/src/graphiql/examples.ts';
import { builtDashboard, startBrowser, type Browser } from './undertow-page.ts';

// GraphiQL as it is served, under its own content policy: against the API over a recorded chain.

let browser: Browser;
let api: RunningApi;
let source: MemoryFacts;
beforeAll(async () => {
  const [recording] = await Promise.all([recordDevnet(24), builtDashboard()]);
  source = new MemoryFacts(recording);
  source.moveTo(source.newest);
  api = await startApi({
    ...{
      source,
      port: 0,
      hosts: [],
      measureSeconds: 0,
      adviseSeconds: 0,
      reportSeconds: 0,
      threads: 1,
      log: pino({ level: 'silent' }),
    },
    pageFolder: join(import.meta.dirname, '..', '..', 'dashboards', 'web', 'dist'),
    network: { chainId: source.chainId, name: 'devnet', finalityDepth: 64 },
  });
  browser = await startBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await api?.close();
});

test('GraphiQL opens with worked examples, runs one, knows the schema, and asks nobody else for anything', async () => {
  const shown = await browser.open('about:blank');
  const { page, troubles } = shown;
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${api.url}/`) && !/^(data|blob):/.test(request.url()))
      elsewhere.push(request.url());
  });
  await page.goto(`${api.url}/graphiql`);
  const tabs = page.getByRole('tab');
  await tabs.getByText(EXAMPLES[0]!.name).waitFor();
  expect(await tabs.allInnerTexts()).toEqual(EXAMPLES.map(({ name }) => name));
  await shown.executeQuery();
  const answer = page.getByRole('region', { name: 'Query Results' }).or(page.locator('.graphiql-response'));
  await answer.getByText('"modelledDebtUsd"').first().waitFor();
  expect(await answer.innerText()).toContain('"network": "devnet"');
  await page
    .getByRole('button', { name: /documentation explorer/i })
    .first()
    .click();
  await page.getByRole('link', { name: 'Query' }).first().click();
  await page.getByText('What is being watched, how far it is read').first().waitFor();
  await tabs.getByText('NewBlocks').click();
  await shown.executeQuery();
  // It hears of a block when it has subscribed: the chain moves until it does.
  const isHeard = () =>
    page
      .waitForFunction(
        () => document.querySelector('.graphiql-response')?.textContent.includes('"reorg"'),
        undefined,
        { timeout: 1_000 },
      )
      .then(
        () => true,
        () => false,
      );
  for (let back = 1; back === 1 || !(await isHeard()); back++) source.moveTo(source.newest - (back % 2));
  await page.getByRole('button', { name: /stop query/i }).click();
  expect({ troubles, elsewhere }).toEqual({ troubles: [], elsewhere: [] });
  await page.close();
}, 60_000);

test('every worked example is answered without an error', async () => {
  for (const { name, query } of EXAMPLES.filter((example) => !example.query.includes('\nsubscription'))) {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data?: object; errors?: unknown };
    expect([name, errors]).toEqual([name, undefined]);
    expect(Object.values(data ?? {}).every((value) => value !== null)).toBe(true);
  }
});
