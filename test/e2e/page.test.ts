import type { Locator } from 'playwright-core';
import { MOVES } from '../../dashboards/web/src/sections/heatmap/load.ts';
import { serveForTests, type TestServer } from '../../dashboards/web/test-server/serve.ts';
import {
  builtDashboard,
  moveInWords,
  startBrowser,
  type Browser,
  type UndertowPage,
} from './undertow-page.ts';

/**
 * What a person sees on the page. Runs against any address in UNDERTOW_PAGE_URL that has data, such as a devnet
 * started by `npm start`; without one, against a stand-in that answers from invented accounts.
 */
const GIVEN_URL = process.env['UNDERTOW_PAGE_URL'];

let server: TestServer | undefined;
let browser: Browser;
let url: string;
beforeAll(async () => {
  if (GIVEN_URL === undefined) {
    await builtDashboard();
    server = await serveForTests();
  }
  url = GIVEN_URL ?? server?.url ?? '';
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

let shown: UndertowPage | undefined;
afterEach(async () => {
  const troubles = shown?.troubles ?? [];
  await shown?.page.close();
  shown = undefined;
  expect(troubles).toEqual([]);
});
const open = async (address = ROUNDS, look: Parameters<Browser['open']>[1] = {}): Promise<UndertowPage> => {
  shown = await browser.open(url.replace(/\/$/, '') + address, look);
  return shown.ready();
};

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

test('several references move together, and the link holds them all', async () => {
  const page = await open();
  await page.page.getByRole('link', { name: 'Broad downturn −30 %' }).click();
  await page.headline.filter({ hasText: / −30\u202f%:/ }).waitFor();
  expect(page.link()).toMatch(/shock=[^&]+:-0\.3,[^&]+:-0\.3/);
  expect(await page.chosen.count()).toBe(0);
  const [symbol] = await page.symbols();
  await page.page.getByText('By sliders').click();
  await page.page.getByRole('spinbutton', { name: `Move of ${symbol} in percent` }).fill('-33');
  await page.page.keyboard.press('Tab');
  await page.headline.filter({ hasText: `${symbol} −33\u202f%` }).waitFor();
  expect(page.link()).toContain(`${symbol}:-0.33`);
});

test('what is tied moves with its reference, and alone where it is moved itself: a depeg', async () => {
  const page = await open();
  const form = page.page.locator('#own-scenario');
  await form.locator('summary').click();
  const priceOf = async (row: Locator) =>
    Number((await row.locator('.result').innerText()).replace(/[^\d.]/g, ''));
  const tied = form.locator('.slider').filter({ hasText: 'depeg from' }).filter({ hasNotText: 'from USD' });
  expect(await tied.count()).toBeGreaterThan(0);
  const before = Number(
    ((await tied.first().locator('.result').getAttribute('title')) ?? '').replace(/[^\d.]/g, ''),
  );
  await page.page.getByRole('link', { name: 'Broad downturn −30 %' }).click();
  await page.headline.filter({ hasText: / −30\u202f%:/ }).waitFor();
  for (const symbol of await tied.locator('.name span').allInnerTexts())
    expect(page.link()).not.toContain(`${symbol}:`);
  // A live chain may have moved between the two readings; the stand-in does not.
  expect((await priceOf(tied.first())) / before).toBeCloseTo(0.7, GIVEN_URL === undefined ? 4 : 1);
  await tied.first().getByRole('spinbutton').fill('-50');
  await page.page.keyboard.press('Tab');
  await page.headline.filter({ hasText: '−50\u202f%' }).waitFor();
  expect((await priceOf(tied.first())) / before).toBeCloseTo(0.5, GIVEN_URL === undefined ? 4 : 1);
  expect(await tied.first().getByRole('slider').inputValue()).toBe('-50');
});

test('a number that cannot be taken is marked with the reason beside it until another is, and changes nothing', async () => {
  const page = await open('/scenario?shock=ETH:-0.2&tab=rounds');
  await page.cascadeOf('ETH −20\u202f%');
  await page.page.getByText('By sliders').click();
  const box = page.page.getByRole('spinbutton', { name: 'Move of ETH in percent' });
  await box.fill('-200');
  await page.page.keyboard.press('Tab');
  const why = page.page.locator('#own-scenario .not-taken');
  await why.filter({ hasText: 'nothing falls by all of its price or more' }).waitFor();
  expect(await box.getAttribute('aria-invalid')).toBe('true');
  expect(page.link()).toContain('ETH:-0.2');
  await page.page.getByRole('link', { name: 'Broad downturn −30 %' }).click();
  await why.waitFor({ state: 'detached' });
  expect(await box.inputValue()).toBe('-30');
  expect(await box.getAttribute('aria-invalid')).toBeNull();
  await box.fill('');
  await page.page.keyboard.press('Tab');
  await why.filter({ hasText: 'must be a number of percent' }).waitFor();
});

test('sliders mark where 0 is, and the thumb of what does not move stands there', async () => {
  const page = await open('/scenario?shock=');
  await page.page.getByText('By sliders').click();
  const sliders = page.page.locator('#own-scenario input[type=range]');
  await sliders.nth(1).waitFor();
  const off = await sliders.evaluateAll((all) =>
    all.map((node) => {
      const { min, max } = node as HTMLInputElement;
      const zero = Number(getComputedStyle(node).getPropertyValue('--zero'));
      return Math.abs(-Number(min) / (Number(max) - Number(min)) - zero);
    }),
  );
  expect(Math.max(...off)).toBeLessThan(0.001);
});

test('names are typed as people know them; the book’s own go into the form and the link', async () => {
  const page = await open();
  const box = page.page.getByRole('combobox', { name: 'What moves, and by how much' });
  await page.page.getByRole('button', { name: /^Do not move/ }).click();
  await box.fill('WETH -30%, oracle:WBTC −3 %');
  await page.page.keyboard.press('Enter');
  await page.loss.filter({ hasText: 'oracle:WBTC −3\u202f%' }).waitFor();
  const chips = await page.page.getByRole('list', { name: 'Moves of this scenario' }).innerText();
  expect(chips).toMatch(/^W?ETH −30\u202f%/);
  expect(page.link()).toContain('oracle%253AWBTC:-0.03');
  await page.openTab('Result');
  expect(await page.page.locator('.shocked').innerText()).toMatch(/WETH −30\u202f%/);
  await box.fill('WETH');
  await page.page.keyboard.press('Enter');
  await page.page.locator('.not-taken').filter({ hasText: '“WETH” names no move' }).waitFor();
  await box.fill('NOSUCHTOKEN -5%');
  await page.page.keyboard.press('Enter');
  await page.page
    .locator('#loss .problem')
    .filter({ hasText: 'Asset "NOSUCHTOKEN" is not in the book' })
    .waitFor();
});

test('who acts how, and depth, are part of a scenario and of its link', async () => {
  const page = await open('/scenario?shock=WETH:-0.3&tab=rounds');
  await page.headline.filter({ hasText: '−30\u202f%' }).waitFor();
  await page.page.locator('#settings > summary').click();
  const settings = page.page.locator('#settings');
  await settings.getByLabel('Liquidators').selectOption('capital');
  await settings.getByLabel('Money a round, USD').fill('50000');
  await page.page.keyboard.press('Tab');
  await settings.getByLabel('Depth of all markets ×').fill('0.5');
  await page.page.keyboard.press('Tab');
  await settings.getByLabel('Oracles follow').selectOption('within');
  const words = /at a profit, with \$50\.0K a round; oracles follow the market within rounds/;
  await page.openTab('Result');
  await page.page.locator('#result').getByText(words).waitFor();
  await page.loss.filter({ hasText: 'depth × 0.5' }).waitFor();
  const link = page.link();
  expect(link).toContain('depth=0.5&liquidators=capital&capital=50000&oracles=within');
  const said = await page.loss.innerText();
  await page.page.close();
  const again = await open(link);
  await again.page.locator('#result').getByText(words).waitFor();
  expect(again.link()).toBe(link);
  if (GIVEN_URL === undefined) expect(await again.loss.innerText()).toBe(said);
});

test('a market’s terms are changed: before and after, loudly whom that alone makes liquidatable, and the link repeats it', async () => {
  const page = await open('/venues');
  await page.page.getByRole('link', { name: 'Change the terms of WETH' }).first().click();
  const threshold = page.page.locator('#terms').getByLabel('Liquidation threshold');
  const present = Number(await threshold.inputValue());
  expect(present).toBeGreaterThan(50);
  await threshold.fill('40');
  await page.page.keyboard.press('Tab');
  await page.madeDue
    .getByRole('alert')
    .filter({ hasText: /The change alone makes \d+ accounts? liquidatable/ })
    .waitFor();
  await page.page
    .locator('#terms .term.changed')
    .filter({ hasText: `now ${present}\u202f%` })
    .waitFor();
  const table = page.whatIf.locator('> .scroll tbody tr');
  expect(await table.first().innerText()).toMatch(/^Loss\s+\$/);
  expect(await page.whatIf.innerText()).toMatch(/Before the change\n.*\n?After the change/s);
  const loud = await page.madeDue.getByRole('alert').innerText();
  const link = page.link();
  expect(link).toMatch(/set=[^&]*WETH%20liquidationThreshold%3D0\.4/);
  await page.page.close();
  const again = await open(link);
  await again.madeDue.getByRole('alert').waitFor();
  if (GIVEN_URL === undefined) expect(await again.madeDue.getByRole('alert').innerText()).toBe(loud);
  expect(again.link()).toBe(link);
  await again.page.locator('#terms > summary').click();
  await again.page.getByRole('button', { name: /^Leave as it is/ }).click();
  await again.whatIf.waitFor({ state: 'detached' });
  expect(again.link()).not.toContain('set=');
});

test('a change that only limits borrowing says that it changes no figure, and one that is refused says why', async () => {
  const page = await open('/scenario');
  await page.page.locator('#terms > summary').click();
  const box = page.page.getByRole('textbox', { name: 'A change of terms' });
  const venue = await page.page.locator('#terms optgroup option').first().getAttribute('value');
  await box.fill(`${venue?.trim()} WETH supplyCap=1`);
  await page.page.keyboard.press('Enter');
  await page.whatIf.filter({ hasText: 'changes no figure here' }).waitFor();
  await page.madeDue.filter({ hasText: 'The change alone makes nobody liquidatable' }).waitFor();
  await box.fill(`${venue?.trim()} WETH liquidationThreshold=1`);
  await page.page.keyboard.press('Enter');
  await page.page
    .locator('#loss .problem')
    .filter({ hasText: 'the contract would refuse' })
    .first()
    .waitFor();
});

test('what no oracle follows is named with its venue, under the heatmap and in the form', async () => {
  const page = await open();
  const why = /Venues take these at a price of their own.*USD \(\$1\.00 at /;
  await page.page.locator('#content').getByText(why).waitFor();
  await page.page.getByText('By sliders').click();
  await page.page.locator('#own-scenario').getByText(why).waitFor();
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

test('volatility is part of a scenario and of its link', async () => {
  const page = await open('/scenario?shock=WETH:-0.2&volatility=0.5&tab=rounds');
  await page.headline.filter({ hasText: 'volatility +50' }).waitFor();
  await page.page.getByText('By sliders').click();
  await page.page.getByRole('spinbutton', { name: 'Move of implied volatility in percent' }).fill('-20');
  await page.page.keyboard.press('Tab');
  await page.headline.filter({ hasText: 'volatility −20' }).waitFor();
  expect(page.link()).toContain('volatility=-0.2');
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

/** Under changed terms, so that their part is there too. */
const CHANGED = '/scenario?shock=WETH:-0.3&set=aave-v3%20WETH%20liquidationThreshold%3D0.6';

/** Unfolds all that is behind a tab, and looks at it. */
async function unfoldTabs(page: UndertowPage, look: () => Promise<void>): Promise<void> {
  await page.madeDue.getByRole('alert').waitFor();
  for (const fold of ['#made-due', '#own-scenario', '#settings', '#terms'])
    await page.page.locator(`${fold} > summary`).click();
  const market = page.page.getByRole('combobox', { name: 'Market whose terms to change' });
  await market.selectOption({ index: 1 });
  const folds = {
    Result: ['#what-if-venues', '#recompute', '#cascade-venues', '#cascade-markets'],
    'Round by round': ['#cascade-assets'],
    'Between venues': ['#contagion-through', '#contagion-sold'],
    'Accounts hit': [],
    Compare: [],
  } as const;
  for (const [tab, inside] of Object.entries(folds)) {
    await page.openTab(tab as keyof typeof folds);
    for (const fold of inside) await page.page.locator(`${fold} > summary`).click();
    await look();
  }
}

test.each([360, 768, 1_180, 1_440])('at %i pixels nothing sticks out, everything unfolded', async (width) => {
  const page = await open(CHANGED, { width });
  await unfoldTabs(page, async () => expect(await page.isTooWide()).toBe(false));
});

// Each theme and each layout once; the other two combinations hold nothing new, and axe takes its time.
test.each([
  ['light', 1_440],
  ['dark', 360],
] as const)(
  '%s at %i pixels: axe finds nothing, everything unfolded',
  async (colorScheme, width) => {
    const page = await open(CHANGED, { colorScheme, width });
    let within: string | undefined;
    await unfoldTabs(page, async () => {
      // The whole page once, then what is behind each tab; the other theme has the same tabs.
      if (within !== undefined && colorScheme === 'dark') return;
      expect(await page.accessibilityFindings(within)).toEqual([]);
      within = '.answers';
    });
  },
  240_000,
);
