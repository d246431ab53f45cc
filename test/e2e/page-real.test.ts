import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MECHANISMS } from '@undertow/market';
import { address, startUndertow, type Run } from './run-undertow.ts';
import { dropInWords, startBrowser, type Browser } from './undertow-page.ts';

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
    readonly cells: readonly {
      readonly drop: number;
      readonly liquidatedUsd: number;
      readonly accounts: number;
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

test('every cell shows the liquidated value that the API answers for it, to the digits shown', async () => {
  const page = await (await browser.open(url)).ready();
  const { heatmap } = await ask<{ heatmap: Heatmap }>(
    '{ heatmap(drops: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5]) { rows { symbol cells { drop liquidatedUsd accounts } } } }',
  );
  let liquidating = 0;
  for (const { symbol, cells } of heatmap.rows) {
    for (const { drop, liquidatedUsd } of cells) {
      const shown = dollars((await page.cell(symbol, drop).textContent()) ?? '');
      expect({ symbol, drop, close: Math.abs(shown - liquidatedUsd) <= 0.006 * liquidatedUsd + 0.5 }).toEqual(
        {
          symbol,
          drop,
          close: true,
        },
      );
      if (liquidatedUsd > 0) liquidating++;
    }
  }
  expect(liquidating).toBeGreaterThan(8);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('the form shows the prices that the engine starts from, of derived assets too', async () => {
  const page = await (await browser.open(`${url}#shock=WETH:-0.2,stWETH:-0.1,WBTC:-0.3`)).ready();
  const { cascade } = await ask<{
    cascade: { rounds: readonly { assets: readonly { asset: string; priceBeforeUsd: number }[] }[] };
  }>(
    `{ cascade(shocks: [{ asset: "WETH", ratio: -0.2 }, { asset: "stWETH", ratio: -0.1 }, { asset: "WBTC", ratio: -0.3 }])
       { rounds { assets { asset priceBeforeUsd } } } }`,
  );
  const after = new Map(
    cascade.rounds[0]?.assets.map(({ asset, priceBeforeUsd }) => [asset, priceBeforeUsd]),
  );
  await page.page.getByText('Your own scenario').click();
  let compared = 0;
  for (const row of await page.page.locator('.slider').all()) {
    const expected = after.get((await row.getByRole('slider').getAttribute('data-asset')) ?? '');
    if (expected === undefined) continue;
    const shown = Number((await row.locator('.result').innerText()).replace(/[^\d.]/g, ''));
    expect(Math.abs(shown / expected - 1)).toBeLessThan(1e-4);
    compared++;
  }
  expect(compared).toBeGreaterThan(5);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('one address over all venues shows the integers that the API reads, for every mechanism', async () => {
  const { accounts } = await ask<{ accounts: { items: { owner: string; venue: string }[] } }>(
    '{ accounts(first: 500) { items { owner venue } } }',
  );
  const { venues } = await ask<{ venues: { id: string; mechanism: string }[] }>(
    '{ venues { id mechanism } }',
  );
  const mechanisms = new Set(venues.map(({ mechanism }) => mechanism));
  expect([...mechanisms].sort()).toEqual([...MECHANISMS].sort());
  for (const mechanism of mechanisms) {
    const here = venues.filter((venue) => venue.mechanism === mechanism).map(({ id }) => id);
    const owner = accounts.items.find(({ venue }) => here.includes(venue))?.owner;
    const page = await (await browser.open(`${url}#account=${owner}`)).ready();
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
  const page = await (await browser.open(`${url}#shock=WETH:-0.4`)).ready();
  const { cascade } = await ask<{
    cascade: { liquidatedUsd: number; contagion: { liquidatedUsd: number }[] };
  }>('{ cascade(shocks: [{ asset: "WETH", ratio: -0.4 }]) { liquidatedUsd contagion { liquidatedUsd } } }');
  const sum = cascade.contagion.reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  expect(sum / cascade.liquidatedUsd).toBeCloseTo(1, 6);
  const all = page.page.locator('#contagion .hurt tbody tr').last().locator('td').last();
  expect(Math.abs(dollars(await all.innerText()) / sum - 1)).toBeLessThan(0.006);
  expect(await page.page.locator('svg.flows path').count()).toBeGreaterThan(6);
  expect(page.troubles).toEqual([]);
}, 60_000);

test('a click opens the cascade with the numbers of its cell', async () => {
  const page = await (await browser.open(url)).ready();
  const { cascade } = await ask<{ cascade: { accounts: number; rounds: readonly unknown[] } }>(
    '{ cascade(shocks: [{ asset: "WETH", ratio: -0.3 }]) { accounts rounds { index } } }',
  );
  await page.cell('WETH', 0.3).click();
  const { headline, rounds } = await page.cascadeOf(dropInWords('WETH', 0.3));
  expect(headline).toContain(`${cascade.accounts} accounts liquidated in ${cascade.rounds.length} rounds`);
  expect(rounds).toBe(cascade.rounds.length);
  expect(cascade.rounds.length).toBeGreaterThan(1);
  expect(page.troubles).toEqual([]);
}, 60_000);
