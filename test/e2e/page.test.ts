import { MOVES } from '../../dashboards/web/src/sections/heatmap/load.ts';
import { shownPages } from './shown-page.ts';
import { moveInWords, type Browser, type UndertowPage } from './undertow-page.ts';

/**
 * What a person sees of a scenario: the map, the cascade behind a cell, and the frame around them. Runs against any address in UNDERTOW_PAGE_URL that has data, such as a devnet
 * started by `npm start`; without one, against a stand-in that answers from invented accounts.
 */
const GIVEN_URL = process.env['UNDERTOW_PAGE_URL'];
const { open: openPath } = shownPages({ instead: GIVEN_URL });
const open = async (address = ROUNDS, look: Parameters<Browser['open']>[1] = {}): Promise<UndertowPage> =>
  (await openPath(address, look)).ready();

/** The page of scenarios with the rounds forward: the sentence of what liquidators did is theirs. */
const ROUNDS = '/scenario?tab=rounds';

/** The first row and fall that liquidate someone, read from the page itself. */
async function livelyCell(page: UndertowPage): Promise<{ symbol: string; move: number; label: string }> {
  const labels = await page.cells.evaluateAll((cells) =>
    cells.map((cell) => cell.getAttribute('aria-label') ?? ''),
  );
  const label = labels.find((text) => text.includes('liquidated in') && !text.includes('−20\u202f%:')) ?? '';
  const [, symbol, percent] = /^(.+) −([\d.]+)\u202f%:/.exec(label) ?? [];
  if (symbol === undefined) throw new Error('no cell liquidates anyone');
  return { symbol, move: -Number(percent) / 100, label };
}

test('header, what is lost, heatmap and a first cascade come up with real numbers', async () => {
  const page = await open();
  await page.page.locator('.connection.live').waitFor();
  await page.headline.waitFor();
  const text = await page.text();
  expect(text).toMatch(/block [\d,]+ · /);
  expect(text).toMatch(/Coverage \d+/);
  expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(await page.cells.count()).toBe((await page.symbols()).length * MOVES.length);
  expect(await page.chosen.count()).toBe(1);
  expect(await page.headline.innerText()).toMatch(/−20\u202f%: /);
  expect(await page.loss.innerText()).toMatch(
    /−20\u202f%: (Lenders, funds and other traders lose|Nobody loses)/,
  );
});

test('a click on a cell shows that cascade round by round, the same numbers, and puts it into the link', async () => {
  const page = await open();
  const { symbol, move, label } = await livelyCell(page);
  await page.cell(symbol, move).click();
  const { headline, rounds: rows } = await page.cascadeOf(moveInWords(symbol, move));
  const [, accounts, rounds] = /: ([\d,]+) accounts? liquidated in (\d+) rounds?/.exec(headline) ?? [];
  expect(rows).toBe(Number(rounds));
  // A live chain may have moved between the two answers; the stand-in does not.
  if (!GIVEN_URL) expect(label).toContain(`${accounts} account`);
  expect(page.link()).toContain(`shock=${symbol}:${move}`);
  await expect(page.chosen.getAttribute('aria-label')).resolves.toMatch(`${symbol} −`);
});

test('a rise is a cell too: it hurts those who owe', async () => {
  const page = await open();
  const [symbol = ''] = await page.symbols();
  await page.cell(symbol, 0.5).click();
  await page.cascadeOf(moveInWords(symbol, 0.5));
  expect(page.link()).toContain(`shock=${symbol}:0.5`);
});

test('a link restores scenario and measure in a fresh page', async () => {
  const first = await open();
  const { symbol, move } = await livelyCell(first);
  await first.cell(symbol, move).click();
  await first.chooseMeasure('Bad debt');
  const link = first.link();
  await first.page.close();
  const second = await open(link);
  await second.cascadeOf(moveInWords(symbol, move));
  await expect(second.page.locator('[data-measure=bad-debt]').getAttribute('aria-pressed')).resolves.toBe(
    'true',
  );
  expect(second.link()).toBe(link);
});

test('the grid is one tab stop, walked by arrows, opened by Enter', async () => {
  const page = await open();
  const { keyboard } = page.page;
  await page.page.locator('[role=gridcell][tabindex="0"]').focus();
  expect(await page.page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  await keyboard.press('Control+Home');
  const [symbol] = await page.symbols();
  const focused = () => page.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  await expect(focused()).resolves.toMatch(`${symbol} −5\u202f%`);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(focused()).resolves.toMatch(`${symbol} −15\u202f%`);
  await page.page.locator('.tooltip').waitFor();
  await keyboard.press('Escape');
  await page.page.locator('.tooltip').waitFor({ state: 'detached' });
  await keyboard.press('Enter');
  await page.cascadeOf(`${symbol} −15\u202f%`);
  await expect(focused()).resolves.toMatch(`${symbol} −15\u202f%`);
  await expect(page.page.locator('.said').textContent()).resolves.toContain(`${symbol} −15`);
  await keyboard.press('ArrowRight');
  await page.page.locator('.tooltip').waitFor();
  await keyboard.press('Enter');
  await page.page.locator('.tooltip').waitFor({ state: 'detached' });
});

test('volatility alone: says why nobody is liquidated', async () => {
  const page = await open('/scenario?shock=&volatility=0.5&tab=rounds');
  await page.headline.filter({ hasText: 'volatility +50\u202f%: nobody is liquidated' }).waitFor();
  await page.openTab('Result');
  await page.page.locator('#result').getByText('Volatility alone makes nobody due').waitFor();
});

test('the whole hash of the book and the commands that recompute are there to copy', async () => {
  const page = await open('/scenario?shock=WETH:-0.3&depth=0.5');
  await page.loss.filter({ hasText: /ETH −30\u202f%/ }).waitFor();
  const panel = page.page.locator('#recompute');
  await panel.locator('summary').click();
  const source = page.page.locator('#result .source[data-block]');
  const [block, book] = [await source.getAttribute('data-block'), await source.getAttribute('data-book')];
  const lines = await panel.locator('code').allInnerTexts();
  // A live chain moves on between two readings.
  if (GIVEN_URL === undefined) {
    expect(lines[0]).toBe(book);
    expect(lines[1]).toBe(`undertow export --block ${block} --out book.json`);
  }
  expect(lines[2]).toMatch(/^undertow simulate --book book\.json --shock W?ETH=-0\.3 --depth=0\.5$/);
  await panel.getByRole('button', { name: /^Copy: undertow simulate/ }).click();
  await page.page
    .locator('.said')
    .filter({ hasText: /^Command/ })
    .waitFor({ state: 'attached' });
});

test('a pinned block stays in the link and can be left again', async () => {
  const page = await open();
  await page.page.getByRole('button', { name: /^Pin block/ }).click();
  expect(page.link()).toMatch(/block=\d+/);
  await page.page.getByRole('button', { name: /go live$/ }).click();
  expect(page.link()).not.toContain('block=');
});

test('the flow between venues is drawn, and the table beside it has its numbers', async () => {
  const page = await open('/scenario?shock=WETH:-0.3&tab=between');
  const panel = page.page.locator('#contagion');
  await panel.locator('svg.flows path').first().waitFor();
  const hurt = panel.locator('.hurt tbody tr');
  expect(await hurt.first().innerText()).toContain('The shock');
  expect(await hurt.count()).toBeGreaterThan(2);
  await panel.getByText(/^Through which asset/).click();
  expect(await panel.locator('#contagion-through tbody tr').count()).toBeGreaterThan(2);
  await panel.getByRole('heading', { name: 'Who bears the losses' }).waitFor();
});

test('coverage opens as a list of gaps and closes with Escape', async () => {
  const page = await open();
  await page.page.getByRole('button', { name: /^Coverage/ }).click();
  const card = page.page.getByRole('dialog', { name: 'What the numbers speak of' });
  await card.waitFor();
  await page.page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
});

test('the theme follows the system until chosen, and the choice outlives the page', async () => {
  const page = await open('', { colorScheme: 'dark' });
  const theme = (one: UndertowPage) => one.page.locator('html').getAttribute('data-theme');
  await expect(theme(page)).resolves.toBe('dark');
  await page.page.getByRole('button', { name: 'Theme: auto' }).click();
  await page.page.getByRole('button', { name: 'Theme: light' }).waitFor();
  await expect(theme(page)).resolves.toBe('light');
  await page.page.close();
  const again = await open('', { colorScheme: 'dark' });
  await again.page.locator('html[data-theme=light]').waitFor();
  await again.page.getByRole('button', { name: 'Theme: light' }).click();
  await again.page.getByRole('button', { name: 'Theme: dark' }).click();
  await again.page.getByRole('button', { name: 'Theme: auto' }).waitFor();
});
