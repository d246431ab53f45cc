import { MOVES } from '../../dashboards/web/src/sections/heatmap/load.ts';
import { shownPages } from './shown-page.ts';

// What the page does when the world behind it misbehaves: against a stand-in, which each test bends.
const { open: openPath, server } = shownPages({ isBent: true });
const open = (address = '/scenario?tab=rounds') => openPath(address);

test('a new head moves the numbers without redrawing what stays, and changed cells pulse', async () => {
  const shown = await (await open()).ready();
  await shown.page.locator('.connection.live').waitFor();
  const cell = shown.cell('ETH', -0.15);
  await cell.evaluate((node) => node.setAttribute('data-witness', 'kept'));
  const before = await cell.getAttribute('aria-label');
  server().advance(-0.04);
  await shown.page.locator('.head[data-block="18343"]').waitFor();
  await shown.page.locator('#content .source[data-block="18343"]').waitFor();
  expect(await cell.getAttribute('aria-label')).not.toBe(before);
  expect(await cell.getAttribute('data-witness')).toBe('kept');
  expect(await shown.page.locator('.pulse').count()).toBeGreaterThan(0);
});

test('a pinned block does not move with the chain', async () => {
  const shown = await (await open()).ready();
  await shown.page.locator('.connection.live').waitFor();
  await shown.page.getByRole('button', { name: /^Pin block/ }).click();
  await shown.page.locator('#content .source').filter({ hasText: 'Pinned at block 18,342' }).waitFor();
  const before = await shown.cell('ETH', -0.15).getAttribute('aria-label');
  server().advance(-0.04);
  await shown.page.locator('.head[data-block="18343"]').waitFor();
  expect(await shown.cell('ETH', -0.15).getAttribute('aria-label')).toBe(before);
});

/** Every page with the sections of it that have a block. */
const AT_BLOCK = [
  ['/scenario?shock=ETH:-0.2&tab=rounds', ['content', 'cascade']],
  ['/scenario?shock=ETH:-0.2', ['result']],
  ['/', ['headline', 'small-map']],
  ['/venues', ['venues', 'markets']],
  ['/venues/aave-v3', ['venue', 'venue-exposure', 'markets', 'accounts']],
  ['/assets', ['exposure', 'reproduction']],
  ['/accounts', ['accounts']],
] as const;

const withBlock = (address: string, block: number) =>
  `${address}${address.includes('?') ? '&' : '?'}block=${block}`;

test('all that has a block follows the pin of a link, on every page; what does not says that it is live', async () => {
  const first = await (await open('/accounts')).ready();
  await first.accountRows.first().waitFor();
  const owner = await first.accountRows.first().locator('.address').getAttribute('data-text');
  server().advance(-0.04);
  await first.page.locator('#accounts .source[data-block="18343"]').waitFor();
  await first.page.close();

  for (const [address, panels] of [...AT_BLOCK, [`/accounts/${owner}`, ['account']] as const]) {
    const shown = await open(withBlock(address, 18_342));
    for (const panel of panels) await shown.page.locator(`#${panel} .source[data-block="18342"]`).waitFor();
    await shown.page.locator('.banner').filter({ hasText: 'Pinned at block 18,342' }).waitFor();
    await shown.page.locator('.head[data-block="18343"]').waitFor();
    if (address === '/accounts')
      await shown.page.locator('#liquidations').getByText('live, whatever is pinned').waitFor();
    await shown.page.getByRole('button', { name: /go live$/ }).click();
    for (const panel of panels) await shown.page.locator(`#${panel} .source[data-block="18343"]`).waitFor();
    await shown.page.locator('.banner').waitFor({ state: 'detached' });
    await shown.page.close();
  }
});

test('a cell and its cascade are of one block, however the chain moves', async () => {
  const shown = await (await open('/scenario?shock=ETH:-0.2&tab=rounds')).ready();
  await shown.page.locator('.connection.live').waitFor();
  const asked: unknown[] = [];
  shown.page.on('request', (request) => {
    const { query, variables } = JSON.parse(request.postData() ?? '{}') as {
      query?: string;
      variables?: { block?: unknown };
    };
    if (query?.includes('cascade(')) asked.push(variables?.block);
  });
  for (const block of [18_343, 18_344, 18_345]) {
    server().advance(-0.02);
    await shown.page.locator(`#content .source[data-block="${block}"]`).waitFor();
    await shown.page.locator(`#cascade .source[data-block="${block}"]`).waitFor();
    const [, hit] = /: ([\d,]+ accounts?) liquidated/.exec(await shown.headline.innerText()) ?? [];
    expect(await shown.cell('ETH', -0.2).getAttribute('aria-label')).toContain(`: ${hit} liquidated`);
  }
  // Asked at the block of the heatmap, not at whatever is the newest by then.
  expect(asked.filter((block) => block !== 18_342)).toEqual([18_343, 18_344, 18_345]);
});

test.each([
  ['/scenario', ['content', 'result'], ['Cascade', 'Exposures', 'Heatmap', 'Markets', 'Movable', 'Venues']],
  ['/', ['headline', 'small-map'], ['Exposures', 'Flags', 'Headline', 'Heatmap', 'NearLine', 'Venues']],
  ['/assets', ['exposure', 'reproduction'], ['Exposures', 'Reproduction']],
])('every question of %s is asked once for each block, at load too', async (address, panels, questions) => {
  const asked: string[] = [];
  const page = await open('about:blank');
  page.page.on('request', (request) => {
    const { query = '', variables } = JSON.parse(request.postData() ?? '{}') as {
      query?: string;
      variables?: object;
    };
    if (request.url().endsWith('/graphql'))
      asked.push(`${/query (\w+)/.exec(query)?.[1]} ${JSON.stringify(variables)}`);
  });
  await page.page.goto(server().url + address);
  await page.ready();
  await page.page.locator('.connection.live').waitFor();
  for (const panel of panels) await page.page.locator(`#${panel} .source[data-block="18342"]`).waitFor();
  server().advance(-0.04);
  for (const panel of panels) await page.page.locator(`#${panel} .source[data-block="18343"]`).waitFor();
  await page.page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  const atBlock = asked.filter((one) => one.includes('"block":'));
  expect(new Set(atBlock).size).toBe(atBlock.length);
  for (const block of [18_342, 18_343]) {
    const names = atBlock.filter((one) => one.includes(`"block":${block}`)).map((one) => one.split(' ')[0]);
    expect(names.sort()).toEqual(questions);
  }
  for (const name of ['Status', 'Liquidations', 'Incidents', 'Measures'])
    expect(asked.filter((one) => one.startsWith(`${name} `)).length).toBeLessThanOrEqual(2);
});

test('a part that has not followed to the block of the screen is greyed, with its own block', async () => {
  const shown = await (await open('/scenario?shock=ETH:-0.2&tab=rounds')).ready();
  await shown.page.locator('.connection.live').waitFor();
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await shown.page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query Heatmap')) await released;
    await route.continue();
  });
  server().advance(-0.04);
  await shown.page.locator('#cascade .source[data-block="18343"]').waitFor();
  const map = shown.page.locator('#content');
  await map.locator('.busy').filter({ hasText: 'still block 18,342, reading 18,343' }).waitFor();
  await shown.page.waitForFunction(() => {
    const body = document.querySelector('#content .panel-body');
    return body !== null && getComputedStyle(body).filter === 'grayscale(1)';
  });
  release();
  await map.locator('.source[data-block="18343"]').waitFor();
  expect(await shown.page.locator('.behind').count()).toBe(0);
});

test('the API goes away: reconnecting, old data with its age; comes back: live again, fresh data', async () => {
  const shown = await (await open()).ready();
  await shown.page.locator('.connection.live').waitFor();
  await server().stop();
  await shown.page.locator('.connection.lost').waitFor();
  await shown.page.locator('.banner.warning').filter({ hasText: 'What you see is from' }).waitFor();
  await shown.page.locator('#content .problem').filter({ hasText: 'Stale, from' }).waitFor();
  expect(await shown.cells.count()).toBe(5 * MOVES.length);
  expect(await shown.accessibilityFindings('#content')).toEqual([]);
  server().situation.block += 5;
  await server().start();
  await shown.page.locator('.connection.live').waitFor();
  await shown.page.locator('#content .source[data-block="18347"]').waitFor();
  await shown.page.locator('.banner').waitFor({ state: 'detached' });
});

test('nothing indexed yet: says so, and fills by itself with the first head', async () => {
  server().situation.isEmpty = true;
  const shown = await open();
  await shown.page.locator('.banner').filter({ hasText: 'Indexing.' }).waitFor();
  await shown.page.getByText('No asset with a price at').waitFor();
  expect(await shown.accessibilityFindings('.banners')).toEqual([]);
  await shown.page.locator('.connection.live').waitFor();
  server().situation.isEmpty = false;
  server().advance(0);
  await shown.ready();
  await shown.page.locator('.banner').waitFor({ state: 'detached' });
});

test('not trusted: a loud banner with the reason, first on the page', async () => {
  server().situation.trusted = false;
  const shown = await (await open()).ready();
  const banner = shown.page.locator('main .banner.danger').first();
  await banner
    .filter({ hasText: 'Do not rely on these numbers' })
    .filter({ hasText: 'undertow doctor' })
    .waitFor();
  expect(await shown.accessibilityFindings('.banners')).toEqual([]);
});

test('the tiles of the overview are greyed with their block until the map has followed', async () => {
  const shown = await (await open('/')).ready();
  await shown.page.locator('.connection.live').waitFor();
  await shown.page.locator('.small-map').waitFor();
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await shown.page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query Heatmap')) await released;
    await route.continue();
  });
  server().advance(-0.04);
  await shown.page.locator('.tiles.behind').filter({ hasText: 'all at block 18,342' }).waitFor();
  release();
  await shown.page.locator('.tiles:not(.behind)').waitFor();
});

test('a scenario that the API refuses shows what it said; the rest of the page lives on', async () => {
  const shown = await open('/scenario?measure=liquidated&shock=FOO:-0.2&tab=rounds');
  await shown.page
    .locator('#loss .problem')
    .filter({ hasText: 'Asset "FOO" is not in the book. Known: WETH' })
    .waitFor();
  await shown.cell('ETH', -0.1).click();
  await shown.cascadeOf('ETH −10\u202f%');
  expect(await shown.page.locator('.problem').count()).toBe(0);
});

test('a link that cannot be read says which part; of a scenario that cannot, nothing is computed', async () => {
  const shown = await open(
    '/scenario?measure=fun&shock=ETH:-0.3,BTC:-7&depht=2&set=aave-v3%20WETH&tab=rounds',
  );
  await shown.cells.first().waitFor();
  const banner = await shown.page.locator('.banner.warning').innerText();
  expect(banner).toContain('there is no measure “fun”');
  expect(banner).toContain('“BTC:-7” must be above −100\u202f%');
  expect(banner).toContain('a link has no “depht”');
  expect(banner).toContain('“aave-v3 WETH” changes no term');
  await shown.page.locator('#loss .problem').filter({ hasText: 'nothing is computed for it' }).waitFor();
  expect(await shown.headline.count()).toBe(0);
  expect(await shown.chosen.count()).toBe(0);
  await shown.cell('ETH', -0.1).click();
  await shown.cascadeOf('ETH −10\u202f%');
  expect(await shown.page.locator('.banner, .problem').count()).toBe(0);
});

test('a name in another case is the book’s own, in the form, in the link and as the cell', async () => {
  const shown = await (await open('/scenario?shock=weth:-0.2&tab=rounds')).ready();
  await shown.cascadeOf('ETH −20\u202f%');
  expect(shown.link()).toContain('shock=ETH:-0.2');
  expect(await shown.chosen.getAttribute('aria-label')).toMatch(/^ETH −20/);
});

test('a block that is not stored is refused once, not by every part', async () => {
  const shown = await open('/scenario?block=99999&shock=ETH:-0.2&tab=rounds');
  await shown.page.locator('.banner').filter({ hasText: 'Block 99999 is not stored' }).waitFor();
  await shown.page.locator('#cascade .problem').filter({ hasText: 'see the top of the page' }).waitFor();
  const words = (await shown.text()).split('Block 99999 is not stored');
  expect(words).toHaveLength(2);
});

test('a link whose change of terms names no market says which there are', async () => {
  const shown = await open('/scenario?shock=ETH:-0.2&set=aave-v3%20FOO%20liquidationThreshold%3D0.6');
  await shown.page
    .locator('#loss .problem')
    .filter({ hasText: 'aave-v3 has no market "FOO"; the book has WETH' })
    .first()
    .waitFor();
});
