import { shownPages } from './shown-page.ts';
import type { Browser, UndertowPage } from './undertow-page.ts';

// Getting about: the main task of each page, Back, a page loaded again, links pasted and old. Against the stand-in.
const { open: openPath, server } = shownPages();
const open = async (address: string, look: Parameters<Browser['open']>[1] = {}): Promise<UndertowPage> =>
  (await openPath(address, look)).ready();

const focusedText = (page: UndertowPage) =>
  page.page.evaluate(() => document.activeElement?.textContent ?? '');

test('the overview says what would be lost, what to act on, and leads to the scenario of a cell', async () => {
  const page = await open('/');
  await page.page.locator('#headline .headline').filter({ hasText: 'ETH −20\u202f%: Lenders' }).waitFor();
  await page.page.locator('#attention').getByText('of the debt is not in the numbers').waitFor();
  await page.page.locator('#changes tbody tr').first().waitFor();
  await page.page.locator('.small-map a[aria-label^="BTC −30"]').click();
  await page.loss.filter({ hasText: 'BTC −30\u202f%' }).waitFor();
  expect(page.link()).toBe('/scenario?shock=BTC:-0.3');
});

test('a link within the page brings to the heading of its page, tells its title, and carries the scenario along', async () => {
  const page = await open('/scenario?shock=ETH:-0.3&depth=0.5');
  await page.loss.filter({ hasText: 'depth × 0.5' }).waitFor();
  await page.page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.page.getByRole('navigation').getByRole('link', { name: 'Venues' }).click();
  await page.page.locator('#venues tbody tr').first().waitFor();
  expect(await focusedText(page)).toBe('Venues');
  expect(await page.page.title()).toBe('Venues – Undertow');
  await page.page.locator('.said').filter({ hasText: 'Venues – Undertow' }).waitFor({ state: 'attached' });
  expect(page.link()).toBe('/venues?shock=ETH:-0.3&depth=0.5');
  await page.page.getByRole('link', { name: /^Scenario ETH −30.%, depth × 0\.5$/ }).click();
  await page.loss.filter({ hasText: 'ETH −30\u202f%, depth × 0.5' }).waitFor();
  // All of that was one page to the browser.
  expect(await page.page.evaluate(() => 'isTheSame' in window)).toBe(true);
});

test('Back returns to the page, the scenario and the place where one was; loaded again, all is the same', async () => {
  const page = await open('/scenario?shock=ETH:-0.2&tab=rounds', { height: 600 });
  await page.cascadeOf('ETH −20\u202f%');
  await page.cell('BTC', -0.3).click();
  await page.cascadeOf('BTC −30\u202f%');
  await page.page.evaluate(() => scrollTo(0, 700));
  await page.page.waitForFunction(() => scrollY === 700);
  await page.page.getByRole('link', { name: 'Assets' }).click();
  await page.page.locator('svg.exposure').waitFor();
  await page.page.waitForFunction(() => scrollY === 0);
  await page.page.goBack();
  await page.cascadeOf('BTC −30\u202f%');
  await page.page.waitForFunction(() => scrollY === 700);
  await page.page.reload();
  await page.cascadeOf('BTC −30\u202f%');
  await page.page.waitForFunction(() => Math.abs(scrollY - 700) < 2);
  await page.page.goBack();
  await page.cascadeOf('ETH −20\u202f%');
  expect(page.link()).toBe('/scenario?shock=ETH:-0.2&tab=rounds');
  await page.page.goForward();
  await page.cascadeOf('BTC −30\u202f%');
});

test.each([
  [
    '/#measure=stuck&shock=ETH:-0.3&block=18342',
    '/scenario?measure=stuck&shock=ETH:-0.3&block=18342',
    'Scenario',
  ],
  [`/#account=0x${'0'.repeat(39)}1`, `/accounts/0x${'0'.repeat(39)}1`, '0x0000…0001'],
  ['/#block=18342', '/?block=18342', 'Overview'],
])('the old link %s leads on', async (old, address, heading) => {
  const page = await open(old);
  await page.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  expect(page.link()).toBe(address);
});

test('venues lead to a venue, it to its markets, and changed terms to what they would do', async () => {
  const page = await open('/venues');
  await page.page.locator('#venues').getByRole('link', { name: 'Aave v3', exact: true }).click();
  await page.page.locator('#venue').getByText('pooled lending, release').waitFor();
  await page.page.locator('#venue-exposure').getByRole('link', { name: 'WETH' }).waitFor();
  await page.page.locator('#venue-history svg.history').first().waitFor();
  expect(await page.accountRows.count()).toBeGreaterThan(2);
  await page.page.locator('#markets').getByRole('link', { name: 'WETH', exact: true }).click();
  await page.page.getByRole('heading', { level: 1, name: 'WETH – Aave v3' }).waitFor();
  await page.page.locator('#place-terms').getByLabel('Liquidation threshold').fill('40');
  await page.page.keyboard.press('Tab');
  await page.page.getByRole('link', { name: 'What 1 changed term would do' }).click();
  await page.madeDue.getByRole('alert').filter({ hasText: 'The change alone makes' }).waitFor();
  expect(page.link()).toMatch(/^\/scenario\?.*set=aave-v3%20WETH%20liquidationThreshold%3D0\.4$/);
  await page.page.goBack();
  await page.page.locator('#place-terms .term.changed').waitFor();
});

test('every venue is in the table of venues, in the matrix and in the choice of accounts', async () => {
  const page = await open('/venues');
  await page.page.locator('#venues tbody tr').first().waitFor();
  const names = await page.page.locator('#venues tbody th a').allInnerTexts();
  expect(names.length).toBeGreaterThan(3);
  await page.page.getByRole('link', { name: 'Assets' }).click();
  await page.page.locator('svg.exposure').waitFor();
  const heads = await page.page.locator('svg.exposure [role=rowheader]').allTextContents();
  expect(heads).toEqual(names);
  await page.page.locator('svg.reproduction').first().waitFor();
  expect(await page.page.locator('svg.reproduction').first().getAttribute('aria-label')).toMatch(
    /: [\d.<]+ now; /,
  );
  await page.page.getByRole('link', { name: 'Accounts', exact: true }).click();
  await page.accountRows.first().waitFor();
  const choices = await page.page.getByLabel('Venue', { exact: true }).locator('option').allInnerTexts();
  expect(choices).toEqual(['All venues', ...names]);
});

test('an asset says what hangs on it, where it is held, and where its fall feeds itself', async () => {
  const page = await open('/assets/WETH');
  await page.page.locator('#asset-ties').getByText('On it hangs').waitFor();
  expect(await page.page.locator('#table-asset-venues tbody tr').count()).toBeGreaterThan(3);
  expect(await page.page.locator('svg.reproduction').count()).toBe(1);
  await page.page.locator('#fall-history svg.history').first().waitFor();
  await page.page.getByRole('link', { name: 'ETH −30 %' }).click();
  await page.loss.filter({ hasText: 'ETH −30\u202f%' }).waitFor();
});

test('accounts open to what they hold and owe, and lead to all of their owner', async () => {
  const page = await open('/accounts');
  await page.accountRows.first().waitFor();
  await page.accountRows
    .first()
    .getByRole('button', { name: /^Health factor/ })
    .click();
  await page.page
    .locator('#accounts .legs')
    .filter({ hasText: 'owes' })
    .filter({ hasText: 'holds' })
    .waitFor();
  const owner = (await page.accountRows.nth(1).locator('.address').getAttribute('data-text')) ?? '';
  await page.page
    .getByRole('link', { name: `All venues of ${owner}` })
    .first()
    .click();
  await page.ownerCards.first().waitFor();
  expect(page.link()).toBe(`/accounts/${owner}`);
  const written = await page.page.locator('#account').innerText();
  expect(written).toMatch(/accounts? at \d venues?: .* lowest health factor/);
  expect(written).toMatch(/Exact figures \(\d+\)|No exact figures: /);
  const cards = await page.ownerCards.count();
  await page.page.reload();
  await page.ownerCards.first().waitFor();
  expect(await page.ownerCards.count()).toBe(cards);
  await page.page.getByRole('link', { name: '← All accounts' }).click();
  await page.accountRows.first().waitFor();
});

test('which accounts are listed is in the address', async () => {
  const page = await open('/accounts');
  await page.accountRows.first().waitFor();
  await page.page.getByLabel('Venue', { exact: true }).selectOption('aave-v3');
  await page.page.getByLabel('Order').selectOption({ label: 'All with debt, largest first' });
  await page.page.locator('#accounts h2').filter({ hasText: 'Accounts with debt' }).waitFor();
  expect(page.link()).toBe('/accounts?venue=aave-v3&order=all');
  await page.page.reload();
  await page.page.locator('#accounts h2').filter({ hasText: 'Accounts with debt' }).waitFor();
  // The venues come after the choice among them.
  await page.page.waitForFunction(
    () => document.querySelector<HTMLSelectElement>('#accounts select')?.value === 'aave-v3',
  );
});

test('an address is found by the search box, in any case; what is none is refused in words; who has nothing is told', async () => {
  const page = await open('/accounts');
  await page.accountRows.first().waitFor();
  const owner = (await page.accountRows.first().locator('.address').getAttribute('data-text')) ?? '';
  const box = page.page.getByRole('combobox', { name: /^Find an address/ });
  await box.fill('0x12');
  await page.page.keyboard.press('Enter');
  await page.page.locator('.not-taken').filter({ hasText: '“0x12” is not an address' }).waitFor();
  await box.fill(owner.toUpperCase().replace('0X', '0x'));
  await page.page.keyboard.press('Enter');
  await page.ownerCards.first().waitFor();
  expect(page.link()).toBe(`/accounts/${owner}`);
  await box.fill(`0x${'0'.repeat(39)}1`);
  await page.page.keyboard.press('Enter');
  await page.page.locator('#account').filter({ hasText: 'has no position on the watched venues' }).waitFor();
});

test('the search box is a combobox: walked by arrows, chosen by Enter or a press, closed by Escape', async () => {
  const page = await open('/system');
  const box = page.page.getByRole('combobox', { name: /^Find an address/ });
  await box.fill('eth');
  const options = page.page.locator('.found [role=option]');
  await options.nth(1).waitFor();
  expect(await box.getAttribute('aria-expanded')).toBe('true');
  await page.page.keyboard.press('ArrowDown');
  await page.page.locator('#found-1[aria-selected=true]').waitFor();
  expect(await box.getAttribute('aria-activedescendant')).toBe('found-1');
  await page.page.keyboard.press('ArrowUp');
  const [first = ''] = await options.locator('b').allInnerTexts();
  await page.page.keyboard.press('Enter');
  await page.page.getByRole('heading', { level: 1, name: first }).waitFor();
  expect(await box.inputValue()).toBe('');
  await box.fill('morpho');
  await options.first().click();
  await page.page.getByRole('heading', { level: 1, name: 'Morpho Blue' }).waitFor();
  await box.fill('eth');
  await options.first().waitFor();
  await page.page.keyboard.press('Escape');
  await options.first().waitFor({ state: 'detached' });
  await box.fill('eth');
  await options.first().waitFor();
  expect(await page.accessibilityFindings('header')).toEqual([]);
});

test('the system shows coverage with every gap, the chain, and incidents', async () => {
  const page = await open('/');
  await page.page
    .locator('#attention')
    .getByRole('link', { name: /is not in the numbers$/ })
    .click();
  await page.page.locator('#gaps tbody tr').first().waitFor();
  expect(page.link()).toBe('/system#gaps');
  expect(await page.page.locator('#gaps tbody tr').count()).toBe(2);
  await page.page.locator('#health').getByText('not known to differ from the chain').waitFor();
  await page.page.locator('#incidents').getByText('took over').waitFor();
});

test('two scenarios are compared: chosen, in the address, swapped, and left', async () => {
  const page = await open('/scenario?shock=ETH:-0.2&tab=compare');
  await page.page.locator('#compare').getByRole('link', { name: 'ETH −30 %' }).click();
  const rows = page.page.locator('#table-compare tbody tr');
  await rows.first().waitFor();
  expect(page.link()).toBe('/scenario?shock=ETH:-0.2&b=shock%3DETH%3A-0.3&tab=compare');
  const [loss = ''] = await rows.allInnerTexts();
  expect(loss).toMatch(/^Loss\s+\$119K\s+\$379K\s+\+\$26\dK/);
  await page.page.getByRole('button', { name: 'Swap A and B' }).click();
  await page.loss.filter({ hasText: 'ETH −30\u202f%' }).waitFor();
  await rows
    .first()
    .filter({ hasText: /−\$26\dK/ })
    .waitFor();
  await page.page.getByRole('button', { name: 'Stop comparing' }).click();
  await page.page.getByRole('button', { name: 'keep it as B' }).waitFor();
  expect(page.link()).toBe('/scenario?shock=ETH:-0.3&tab=compare');
});

test('tabs are walked by arrows, and the one on screen is in the address', async () => {
  const page = await open('/scenario?shock=ETH:-0.2');
  await page.page.getByRole('tab', { name: 'Result' }).focus();
  await page.page.keyboard.press('ArrowRight');
  await page.cascadeOf('ETH −20\u202f%');
  expect(page.link()).toBe('/scenario?shock=ETH:-0.2&tab=rounds');
  await page.page.keyboard.press('End');
  await page.page.locator('#compare').waitFor();
  await page.page.keyboard.press('ArrowRight');
  await page.page.locator('#result').waitFor();
  expect(page.link()).toBe('/scenario?shock=ETH:-0.2');
  expect(await focusedText(page)).toBe('Result');
});

test('where there is no such page, venue, market or asset, it is told with what there is', async () => {
  const page = await open('/');
  for (const [address, words] of [
    ['/nothing', 'There is nothing at /nothing. There is:'],
    ['/venues/nope', 'There is no venue “nope” here.'],
    ['/venues/aave-v3/NOPE', 'There is no market at Aave v3 “NOPE” here.'],
    ['/assets/NOPE', 'There is no asset “NOPE” here.'],
    ['/accounts/0x12', '“0x12” is not an address'],
  ] as const) {
    await page.page.goto(server().url + address);
    await page.page.locator('main').getByText(words).waitFor();
    expect(await page.page.locator('main a').count()).toBeGreaterThan(0);
  }
});

test('a page asks what it shows, and no more', async () => {
  const page = await openPath('about:blank');
  const asked: string[] = [];
  page.page.on('request', (request) => {
    const { query = '' } = JSON.parse(request.postData() ?? '{}') as { query?: string };
    if (request.url().endsWith('/graphql')) asked.push(/query (\w+)/.exec(query)?.[1] ?? '');
  });
  await page.page.goto(`${server().url}/venues`);
  await page.page.locator('#venues tbody tr').first().waitFor();
  await page.page.locator('#markets tbody tr').first().waitFor();
  await page.page.getByRole('heading', { name: 'If one house cleared all venues' }).waitFor();
  await page.page.locator('.connection.live').waitFor();
  expect(asked.sort()).toEqual(['Clearing', 'Markets', 'Status', 'Venues']);
  asked.length = 0;
  await page.page.getByRole('link', { name: 'Accounts', exact: true }).click();
  await page.accountRows.first().waitFor();
  // The venues are known already.
  expect(asked.sort()).toEqual(['Accounts', 'Liquidations']);
});

test('a sweep is chosen, run, cancelled, gone on with, and told; a worst scenario leads to its cascade, and Back to the sweep', async () => {
  const page = await open('/sweep');
  const { sweeps } = server();
  sweeps.isHeld = true;
  await page.page.getByLabel('How many').fill('160');
  await page.page.getByLabel('What moves').fill('ETH 90%, BTC 60%');
  await page.page.getByRole('button', { name: /^Run/ }).click();
  const run = page.page.locator('#sweep-run');
  await run.getByText('Running: 20 of 160 scenarios').waitFor();
  expect(page.link()).toMatch(/^\/sweep\/[0-9a-f]{64}\?move=ETH:0\.9,BTC:0\.6&count=160$/);
  await run.getByRole('button', { name: 'Cancel' }).click();
  await run.getByText('Cancelled: what it has is kept: 20 of 160').waitFor();
  sweeps.release();
  await run.getByRole('button', { name: 'Go on' }).click();
  await run.locator('.tiles').waitFor();
  await page.page.locator('#sweep-loss').getByRole('button', { name: 'Liquidated value' }).click();
  await page.page.locator('#sweep-loss').getByText(': in ').waitFor();
  const link = page.link();
  expect(link).toContain('&figure=liquidated');
  const worst = page.page.locator('#sweep-worst tbody tr').first();
  const moves = await worst.locator('td').first().innerText();
  await worst.getByRole('link').click();
  await page.loss.filter({ hasText: moves.split(', ')[0]! }).waitFor();
  await page.page.goBack();
  await run.locator('.tiles').waitFor();
  expect(page.link()).toBe(link);
});

test('a plan that cannot be taken, or that the API refuses, is told where it was chosen', async () => {
  const page = await open('/sweep?plan=grid&move=ETH&falls=-0.1,-0.2');
  const plan = page.page.locator('#sweep-plan');
  await plan.getByRole('button', { name: 'Run 2 scenarios' }).waitFor();
  await plan.getByLabel('By how much').fill('-10%, -200%');
  await plan.getByLabel('By how much').blur();
  await plan.getByRole('alert').filter({ hasText: '“-200%” must be above −100' }).waitFor();
  await plan.getByLabel('By how much').fill('-10%');
  await plan.locator('select[name=plan]').selectOption('fitted');
  await plan.getByRole('button', { name: /^Run/ }).click();
  await plan.getByRole('alert').filter({ hasText: 'no price of ETH in USD is stored' }).waitFor();
  expect(page.link()).toBe('/sweep?plan=fitted&move=ETH');
});

test('a report is made of the scenario on screen, followed, cancelled, made again, cited, and found; two are compared', async () => {
  const page = await open('/scenario?shock=ETH:-0.3');
  const { reports } = server();
  reports.isHeld = true;
  await page.page.locator('#loss').getByRole('link', { name: 'Make a report of this' }).click();
  const form = page.page.locator('#report-form');
  await form.getByText('Of ETH −30\u202f%').waitFor();
  expect(page.link()).toMatch(/^\/reports\?shock=ETH:-0\.3&block=\d+&report=scenario#report-form-title$/);
  await form.getByRole('button', { name: 'Make it' }).click();
  const run = page.page.locator('#report-run');
  await run.getByText('Being made: 3 of 10 scenarios.').waitFor();
  await run.getByRole('button', { name: 'Cancel' }).click();
  await run.getByText('Cancelled: nothing of it is kept.').waitFor();
  reports.isHeld = false;
  await form.getByRole('button', { name: 'Make it' }).click();
  const made = run.getByRole('link', { name: /^ETH −30 %: a cascade on chain/ });
  await made.waitFor();
  const path = await made.getAttribute('href');
  expect(path).toMatch(/^\/r\/[0-9a-f]{64}$/);
  expect(await run.locator('#citation').innerText()).toContain(`id ${path!.slice(3)}`);
  expect(await run.getByRole('link', { name: /^data of/ }).getAttribute('href')).toBe(`${path}/report.json`);
  const kept = page.page.locator('#reports');
  await kept.getByLabel('Kind').selectOption('scenario');
  await kept.locator('tbody tr').filter({ hasText: 'State of risk on' }).waitFor({ state: 'detached' });
  await kept.locator('tbody tr').filter({ hasText: 'ETH −30 %' }).waitFor();
  expect(page.link()).toContain('&about=scenario');
  await kept.getByLabel('Kind').selectOption('');
  for (const name of [/^Mark to compare: ETH −30 %/, /^Mark to compare: State of risk/])
    await kept.getByRole('button', { name }).click();
  const compare = kept.getByRole('link', { name: /^Compare “ETH −30 %.*” with “State of risk/ });
  expect(await compare.getAttribute('href')).toMatch(/^\/r\/[0-9a-f]{64}\/against\/[0-9a-f]{64}$/);
});

test('advices are asked for, refused where nothing is stored, followed, cancelled, and told; one is opened from the table', async () => {
  const page = await open('/advice');
  const { advices } = server();
  advices.isHeld = true;
  const form = page.page.locator('#advice-form');
  await form.getByRole('button', { name: 'Advise' }).click();
  await form.getByRole('alert').filter({ hasText: 'No prices are stored' }).waitFor();
  await form.getByLabel('Confidence').fill('100%');
  await form.getByLabel('Confidence').blur();
  await form.getByRole('alert').filter({ hasText: 'above 0 and below 1' }).waitFor();
  await form.getByLabel('Confidence').fill('90%');
  await form.getByLabel(/^Volatilities/).fill('ETH 70%');
  await form.getByLabel('Limits of the steward').selectOption('own');
  await form.getByLabel('Largest step of a ratio').fill('2');
  await form.getByLabel('Largest step of a ratio').blur();
  await form.getByRole('alert').filter({ hasText: 'a step is above 0%' }).waitFor();
  await form.getByLabel('Largest step of a ratio').fill('0.25%');
  await form.getByText('Losses that count, owners, backtest').click();
  await form.getByLabel('When terms change, owners').selectOption('keep_debt');
  await form.getByRole('button', { name: 'Advise' }).click();
  const run = page.page.locator('#advice-run');
  await run.getByText('Running: 2 of 5 parameters').waitFor();
  expect(page.link()).toMatch(
    /^\/advice\/toy-run-\d\?confidence=90%25&volatilities=ETH%2070%25&owners=keep_debt&limits=own&step=0\.25%25$/,
  );
  await run.getByRole('button', { name: 'Cancel' }).click();
  await run.getByText('Cancelled: nothing of it is kept').waitFor();
  await form.getByRole('button', { name: 'Advise' }).click();
  await run.getByText('Running: 2 of 5 parameters').waitFor();
  advices.isHeld = false;
  await run.getByText('5 advices, ').waitFor();
  await page.page.locator('#advices').getByRole('link', { name: 'liquidation threshold of WETH' }).click();
  await page.page.locator('#advice-one').getByText('WARNING').first().waitFor();
  await page.page.locator('#toxicity-frontier svg.frontier').waitFor();
  await page.page.locator('#advice-one svg.path').waitFor();
  await page.page.getByRole('table', { name: 'What each input does to the value by itself' }).waitFor();
  expect(await page.page.locator('#advice-backtest svg.backtest').count()).toBe(2);
  expect(page.link()).toContain('advice=liquidationThreshold%20aave-v3%20WETH');
  await page.page.locator('#advice-runs').getByRole('link').last().click();
  await run.getByText('Begun by the server').waitFor();
  expect(page.link()).toBe('/advice/toy-advices');
});
