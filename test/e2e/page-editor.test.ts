import type { Locator } from 'playwright-core';
import { shownPages } from './shown-page.ts';
import type { Browser, UndertowPage } from './undertow-page.ts';

/**
 * Making a scenario: presets, names that are typed, sliders, who acts how, and changed terms. Runs against any address in UNDERTOW_PAGE_URL that has data, such as a devnet
 * started by `npm start`; without one, against a stand-in that answers from invented accounts.
 */
const GIVEN_URL = process.env['UNDERTOW_PAGE_URL'];
const { open: openPath } = shownPages({ instead: GIVEN_URL });
const open = async (address = ROUNDS, look: Parameters<Browser['open']>[1] = {}): Promise<UndertowPage> =>
  (await openPath(address, look)).ready();

/** The page of scenarios with the rounds forward: the sentence of what liquidators did is theirs. */
const ROUNDS = '/scenario?tab=rounds';

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

test('volatility is part of a scenario and of its link', async () => {
  const page = await open('/scenario?shock=WETH:-0.2&volatility=0.5&tab=rounds');
  await page.headline.filter({ hasText: 'volatility +50' }).waitFor();
  await page.page.getByText('By sliders').click();
  await page.page.getByRole('spinbutton', { name: 'Move of implied volatility in percent' }).fill('-20');
  await page.page.keyboard.press('Tab');
  await page.headline.filter({ hasText: 'volatility −20' }).waitFor();
  expect(page.link()).toContain('volatility=-0.2');
});
