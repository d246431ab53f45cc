import { TOY_ACCOUNTS } from '../../dashboards/web/test-server/toy-world.ts';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// How the page fits and fills: many assets, a finger instead of a mouse, answers that come late or not at all. Against the stand-in.
const { open: openPath, server } = shownPages();
const open = async (address: string, width: number, height = 900): Promise<UndertowPage> =>
  (await openPath(address, { width, height })).ready();

interface Answered {
  readonly data?: {
    readonly exposures?: { assets: object[]; venues: { cells: object[] }[] };
    readonly heatmap?: { rows: { name: string; symbol: string }[] };
    readonly venues?: { nodes: { id: string }[] };
  };
}

/** Every list as long as wanted, by repeating what is in it. */
const repeated = <One>(list: readonly One[], length: number, other: (one: One, i: number) => One): One[] =>
  Array.from({ length }, (_, i) => other(list[i % list.length]!, i));

const ASSETS = 24;
const VENUES = 20;

/** Answers as of a book with 24 assets at 20 venues. */
function enlarge({ data }: Answered): void {
  const named = <One extends object>(one: One, i: number) => ({
    ...one,
    ...('asset' in one && { asset: { ...(one.asset as object), address: `0x${i}` } }),
  });
  const { exposures, heatmap, venues } = data ?? {};
  if (exposures) {
    exposures.assets = repeated(exposures.assets, ASSETS, named);
    exposures.venues = repeated(exposures.venues, VENUES, (one, i) => ({
      ...one,
      venue: `another-venue-${i}@devnet`,
      cells: repeated(one.cells, ASSETS, named),
    }));
  }
  if (heatmap)
    heatmap.rows = repeated(heatmap.rows, ASSETS, (one, i) => ({ ...one, name: `${one.name}${i}` }));
  if (venues)
    venues.nodes.push(
      ...repeated(venues.nodes, VENUES, (one, i) => ({ ...one, id: `another-venue-${i}@devnet` })),
    );
}

test.each([
  ['/scenario?shock=ETH:-0.2', 'svg.heatmap [role=rowheader]'],
  ['/assets', 'svg.exposure [role=columnheader]'],
  ['/venues', '#venues tbody tr'],
  ['/', '.small-map a'],
])('24 assets at 20 venues widen no window at %s', async (address, all) => {
  const page = await openPath('about:blank', { width: 1_440 });
  await page.page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Answered;
    enlarge(answer);
    await route.fulfill({ response, json: answer });
  });
  await page.page.goto(server().url + address);
  await page.page
    .locator(all)
    .nth(ASSETS - 1)
    .waitFor();
  for (const width of [360, 390, 768, 834, 1_024, 1_180, 1_440, 1_920]) {
    await page.page.setViewportSize({ width, height: 900 });
    expect([width, await page.isTooWide()]).toEqual([width, false]);
  }
});

test('markets and venues have all their columns in the window, beside each other and below', async () => {
  const page = await openPath('about:blank', { width: 1_440 });
  await page.page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as {
      data?: { venues?: { nodes: Record<string, number>[] } };
    };
    for (const venue of answer.data?.venues?.nodes ?? [])
      venue['largestCollateralUsd'] = (venue['collateralUsd'] ?? 0) * 0.876;
    await route.fulfill({ response, json: answer });
  });
  await page.page.goto(`${server().url}/venues`);
  await page.page.locator('#venues').getByText('of one account').first().waitFor();
  for (const width of [1_440, 1_180, 768, 360])
    for (const id of width === 360 ? ['markets'] : ['markets', 'venues']) {
      await page.page.setViewportSize({ width, height: 900 });
      const box = page.page.locator(`#${id} > .panel-body > .scroll`);
      const hidden = await box.evaluate((node) => node.scrollWidth - node.clientWidth);
      expect([width, id, hidden]).toEqual([width, id, 0]);
    }
});

test('on a phone the number of the block is whole, whatever stands beside it', async () => {
  const page = await openPath('about:blank', { width: 390, height: 844 });
  await page.page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { data?: { status?: { network: string } } };
    if (answer.data?.status) answer.data.status.network = 'A network with a very long name';
    await route.fulfill({ response, json: answer });
  });
  await page.page.goto(`${server().url}/venues?block=18341`);
  await page.settled();
  const number = page.page.locator('.head b');
  expect(await number.innerText()).toBe('18,342');
  // Nothing of it is cut off by what is around it, and it lies over nothing.
  const isSeen = await number.evaluate((node) => {
    const { left, right, top, height } = node.getBoundingClientRect();
    const at = (x: number) => document.elementFromPoint(x, top + height / 2);
    return node.scrollWidth <= node.clientWidth + 1 && at(left + 1) === node && at(right - 1) === node;
  });
  expect(isSeen).toBe(true);
  expect(await page.isTooWide()).toBe(false);
});

test('a tap on a phone: the answer stands in the window, and nothing over the map', async () => {
  const page = await open('/scenario', 390, 844);
  const cell = page.cell('ETH', -0.4);
  await cell.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await cell.boundingBox()) ?? {};
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const answer = page.page.locator('#content .answer').filter({ hasText: /^ETH −40/ });
  await answer.waitFor();
  const bottom = await answer.evaluate((node) => node.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(844.5);
  expect(bottom).toBeGreaterThan(0);
  expect(await page.page.locator('.tooltip').count()).toBe(0);
  await answer.getByRole('button', { name: 'Round by round' }).click();
  await page.page.waitForFunction(() => document.activeElement?.id === 'cascade-title');
});

test.each(['/', '/scenario', '/venues/aave-v3', '/assets'])(
  'while nothing changes, nothing is written into %s but how long ago things were',
  async (address) => {
    const page = await open(address, 1_440);
    await page.page.locator('.connection.live').waitFor();
    await page.page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
    const others = await page.page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const written: string[] = [];
          let ticks = 0;
          const head = document.querySelector('.head time');
          new MutationObserver((records) => {
            for (const { target } of records) {
              const node = target instanceof Element ? target : target.parentElement;
              if (node === head) ticks += 1;
              else if (!node?.closest('time')) written.push(node?.outerHTML.slice(0, 80) ?? '');
            }
            if (ticks >= 3) done(written);
          }).observe(document.body, {
            subtree: true,
            childList: true,
            attributes: true,
            characterData: true,
          });
        }),
    );
    expect(others).toEqual([]);
  },
);

const ALL_PAGES = [
  ...['/', '/scenario?shock=ETH:-0.2', '/venues', '/venues/aave-v3', '/venues/aave-v3/WETH'],
  ...['/assets', '/assets/WETH', '/accounts', `/accounts/${TOY_ACCOUNTS[0]!.owner}`],
  ...['/oracles', '/system', '/data', '/nothing', '/sweep', '/sweep/toy-sweep?lose=400000'],
  '/reports/toy-report',
  ...['/advice', '/advice/toy-advices?advice=liquidationThreshold%20aave-v3%20WETH'],
];

/** A desktop and a phone. */
const WINDOWS = [
  { width: 1_440, height: 900 },
  { width: 390, height: 844 },
] as const;

test.each(ALL_PAGES)(
  'next to nothing of %s jumps while its answers come one by one, or together',
  async (address) => {
    for (const answers of ['one by one', 'together'] as const)
      for (const size of WINDOWS) {
        const page = await openPath(address, { ...size, answers });
        await page.settled();
        const { sum, parts } = await page.shifts();
        const found = { answers, ...size, parts };
        expect({ ...found, isSmall: sum < 0.05 }).toEqual({ ...found, isSmall: true });
        await page.page.close();
      }
  },
);

test.each([
  ['/', 'Heatmap', '#history svg.history'],
  ['/scenario?shock=ETH:-0.2', 'Heatmap', '.presets [href="/scenario?shock=ETH:-0.3"]'],
  ['/assets/WETH', 'Reproduction', '#fall-history svg.history'],
  ['/venues/aave-v3', 'Markets', '#accounts tbody tr'],
])('what stands on %s beside the answer to %s does not wait for it', async (address, question, shown) => {
  const page = await openPath('about:blank');
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes(`query ${question}(`)) await released;
    await route.continue();
  });
  await page.page.goto(server().url + address);
  await page.page.locator(shown).first().waitFor();
  expect(await page.page.locator('[aria-busy=true]').count()).toBeGreaterThan(0);
  release();
  await page.settled();
});
