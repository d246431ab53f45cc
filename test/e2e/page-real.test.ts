import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MECHANISMS } from '@undertow/market';
import { address, startUndertow, type Run } from './run-undertow.ts';
import { moveInWords, startBrowser, type Browser } from './undertow-page.ts';

// The page of a real run, in a real browser, on a chain that stands still: what is on screen is what the API answers.

const room = mkdtempSync(join(tmpdir(), 'undertow-page-'));
chmodSync(room, 0o711); // Root steps down to run PostgreSQL, and must still pass.
let run: Run;
let url: string;
let browser: Browser;

beforeAll(async () => {
  run = startUndertow(['--accounts', '120', '--seed', '4', '--no-agent', '--data', join(room, 'data')]);
  [url, browser] = await Promise.all([address(run), startBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  run?.child.kill('SIGINT');
  await run?.exited;
  rmSync(room, { recursive: true, force: true });
});

interface Heatmap {
  readonly rows: readonly {
    readonly symbol: string;
    readonly name: string;
    readonly family: readonly string[];
    readonly cells: readonly {
      readonly move: number;
      readonly lossUsd: number;
      readonly liquidatedUsd: number;
    }[];
  }[];
}

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

/** `$3.97M` → 3,970,000. */
function dollars(text: string): number {
  const [, number, scale = ''] = /^\$([\d.]+)([KMB]?)$/.exec(text.trim()) ?? [];
  return Number(number) * { '': 1, K: 1e3, M: 1e6, B: 1e9 }[scale as '' | 'K' | 'M' | 'B'];
}

test('every cell shows the loss and the liquidated value that the API answers for it, to the digits shown', async () => {
  const page = await (await browser.open(`${url}scenario`)).ready();
  const { heatmap } = await ask<{ heatmap: Heatmap }>(
    '{ heatmap(moves: [-0.05, -0.1, -0.2, -0.3, -0.4, -0.5, 0.2, 0.5]) { rows { symbol name family cells { move lossUsd liquidatedUsd } } } }',
  );
  let telling = 0;
  for (const measure of ['lossUsd', 'liquidatedUsd'] as const) {
    await page.chooseMeasure(measure === 'lossUsd' ? 'Loss' : 'Liquidated');
    for (const { symbol, cells } of heatmap.rows) {
      for (const { move, [measure]: value } of cells) {
        const shown = dollars((await page.cell(symbol, move).textContent()) ?? '');
        const isClose = Math.abs(shown - value) <= 0.006 * value + 0.5;
        expect({ symbol, move, measure, isClose }).toEqual({ symbol, move, measure, isClose: true });
        if (value > 0) telling++;
      }
    }
  }
  expect(telling).toBeGreaterThan(8);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('what is lost is told as the API tells it, after what every asset’s market did', async () => {
  const page = await (await browser.open(`${url}scenario?shock=WETH:-0.2,WBTC:-0.3`)).ready();
  const { cascade } = await ask<{
    cascade: {
      headline: string;
      lossUsd: number;
      moves: { asset: { symbol: string }; marketMove: number }[];
    };
  }>(
    '{ cascade(moves: [{ what: "WETH", move: -0.2 }, { what: "WBTC", move: -0.3 }]) { headline lossUsd moves { asset { symbol } marketMove } } }',
  );
  await page.loss.filter({ hasText: '−30\u202f%' }).waitFor();
  const text = (await page.page.locator('#loss, #result').allInnerTexts()).join(' ').replace(/\s+/g, ' ');
  for (const sentence of cascade.headline.split(/(?<=\.) (?=[A-Z])/)) expect(text).toContain(sentence);
  const moved = cascade.moves.filter(({ marketMove }) => Math.abs(marketMove + 0.2) < 1e-6);
  expect(moved.length).toBeGreaterThan(1);
  for (const { asset } of moved.slice(0, 8)) expect(text).toContain(asset.symbol);
  const shown = dollars(await page.page.locator('#result .figures dd').first().innerText());
  expect(Math.abs(shown - cascade.lossUsd)).toBeLessThanOrEqual(0.006 * cascade.lossUsd + 0.5);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('changed terms of a real market: the accounts made liquidatable are those that the API names', async () => {
  const set = 'aave-v3@devnet WETH liquidationThreshold=0.5';
  const page = await (await browser.open(`${url}scenario?shock=&set=${encodeURIComponent(set)}`)).ready();
  const { whatIf } = await ask<{ whatIf: { madeDueAccounts: number; madeDue: { owner: string }[] } }>(
    `{ whatIf(moves: [], overrides: ["${set}"]) { madeDueAccounts madeDue(first: 20) { owner } } }`,
  );
  expect(whatIf.madeDueAccounts).toBeGreaterThan(0);
  await page.madeDue
    .getByRole('alert')
    .filter({ hasText: `makes ${whatIf.madeDueAccounts} account` })
    .waitFor();
  await page.madeDue.locator('#made-due > summary').click();
  const owners = await page.madeDue
    .locator('#made-due .address')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-text')));
  expect(owners).toEqual(whatIf.madeDue.map(({ owner }) => owner));
  expect(page.troubles).toEqual([]);
}, 60_000);

test('one address over all venues shows the integers that the API reads, for every mechanism', async () => {
  const { accounts } = await ask<{ accounts: { nodes: { owner: string; venue: string }[] } }>(
    '{ accounts(first: 500) { nodes { owner venue } } }',
  );
  const { venues } = await ask<{ venues: { nodes: { id: string; mechanism: string }[] } }>(
    '{ venues { nodes { id mechanism } } }',
  );
  const mechanisms = new Set(venues.nodes.map(({ mechanism }) => mechanism));
  expect([...mechanisms].sort()).toEqual(MECHANISMS.map((word) => word.replaceAll('-', '_')).sort());
  for (const mechanism of mechanisms) {
    const here = venues.nodes.filter((venue) => venue.mechanism === mechanism).map(({ id }) => id);
    const owner = accounts.nodes.find(({ venue }) => here.includes(venue))?.owner;
    const page = await (await browser.open(`${url}accounts/${owner}`)).ready();
    await page.ownerCards.first().waitFor();
    const text = await page.page.locator('#account').innerText();
    const { account } = await ask<{
      account: { accounts: { exact: { figures: { view: string; value: string }[] } | null }[] };
    }>(`{ account(owner: "${owner}") { accounts { exact { figures { view value } } } } }`);
    const figures = account.accounts.flatMap(({ exact }) => exact?.figures ?? []);
    expect(figures.length).toBeGreaterThan(1);
    for (const { view, value } of figures) {
      expect(text).toContain(view);
      expect(text).toContain(value);
    }
    expect(page.troubles).toEqual([]);
    await page.page.close();
  }
}, 90_000);

test('who hurts whom adds up to what the cascade liquidates, on the page as in the API', async () => {
  const page = await (await browser.open(`${url}scenario?shock=WETH:-0.4&tab=between`)).ready();
  const { cascade } = await ask<{
    cascade: { liquidatedUsd: number; contagion: { liquidatedUsd: number }[] };
  }>('{ cascade(moves: [{ what: "WETH", move: -0.4 }]) { liquidatedUsd contagion { liquidatedUsd } } }');
  const sum = cascade.contagion.reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  expect(sum / cascade.liquidatedUsd).toBeCloseTo(1, 6);
  const all = page.page.locator('#contagion .hurt tbody tr').last().locator('td').last();
  expect(Math.abs(dollars(await all.innerText()) / sum - 1)).toBeLessThan(0.006);
  expect(await page.page.locator('svg.flows path').count()).toBeGreaterThan(6);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('a click opens the cascade with the numbers of its cell', async () => {
  const page = await (await browser.open(`${url}scenario?tab=rounds`)).ready();
  const { cascade } = await ask<{
    cascade: { accounts: number; rounds: readonly unknown[]; scenario: { moves: { what: string }[] } };
  }>(
    '{ cascade(moves: [{ what: "WETH", move: -0.3 }]) { accounts rounds { index } scenario { moves { what } } } }',
  );
  const name = cascade.scenario.moves[0]?.what ?? '';
  await page.cell(name, -0.3).click();
  const { headline, rounds } = await page.cascadeOf(moveInWords(name, -0.3));
  expect(headline).toContain(`${cascade.accounts} accounts liquidated in ${cascade.rounds.length} rounds`);
  expect(rounds).toBe(cascade.rounds.length);
  expect(cascade.rounds.length).toBeGreaterThan(1);
  expect(page.troubles).toEqual([]);
}, 60_000);
