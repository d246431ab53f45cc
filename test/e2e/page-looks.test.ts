import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOf } from '@undertow/report';
import { reportPage } from '@undertow/report-page';
import { madeScenario, madeState } from '../../libs/report/src/fixtures/made-reports.ts';
import { TOY_ACCOUNTS } from '../../dashboards/web/test-server/toy-world.ts';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// How pages look: whether they fit into windows of all sizes, and what axe finds. Against the stand-in.
const { open, shown } = shownPages();

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
  const page = await (await open(CHANGED, { width })).ready();
  await unfoldTabs(page, async () => expect(await page.isTooWide()).toBe(false));
});

// Each theme and each layout once; the other two combinations hold nothing new, and axe takes its time.
test.each([
  ['light', 1_440],
  ['dark', 360],
] as const)(
  '%s at %i pixels: axe finds nothing, everything unfolded',
  async (colorScheme, width) => {
    const page = await (await open(CHANGED, { colorScheme, width })).ready();
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

/** Somebody of the invented accounts. */
const OWNER = TOY_ACCOUNTS[0]!.owner;

const PAGES = [
  ...['/', '/scenario?shock=ETH:-0.2', '/venues', '/venues/aave-v3', '/venues/aave-v3/WETH'],
  ...['/assets', '/assets/WETH', '/accounts', `/accounts/${OWNER}`, '/oracles', '/system', '/data'],
  '/sweep/toy-sweep?figure=liquidated&by=market&lose=400000',
  '/advice/toy-advices?advice=liquidationThreshold%20aave-v3%20WETH&judge=aave-v3%20WETH%20liquidationThreshold%3D0.7',
  '/reports/toy-report',
  '/reports?report=proposal&find=nothing%20is%20called%20this',
  '/nothing',
];

test.each(PAGES)('%s fits in every window', async (address) => {
  const page = await (await open(address)).settled();
  for (const width of [360, 390, 768, 834, 1_024, 1_440, 1_920]) {
    await page.page.setViewportSize({ width, height: 900 });
    expect([width, await page.isTooWide()]).toEqual([width, false]);
  }
});

/** The rules that colours and widths can break; what a page is made of is the same in all of them. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

// The page of scenarios is looked at with everything unfolded, above.
test.each(PAGES.filter((address) => !address.startsWith('/scenario')))(
  '%s: axe finds nothing, light on a desktop and dark on a phone',
  async (address) => {
    for (const { rules, ...look } of [
      { colorScheme: 'light', width: 1_440, rules: undefined },
      { colorScheme: 'dark', width: 390, rules: LOOKS },
    ] as const) {
      await shown()?.page.close();
      const page = await (await open(address, look)).settled();
      expect(await page.accessibilityFindings('body', rules)).toEqual([]);
    }
  },
  240_000,
);

describe('the page of a report, from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'undertow-report-page-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  // Each look with another kind: what they are made of is the same.
  test.each([
    { kind: 'scenario', make: madeScenario, colorScheme: 'light', width: 1_440, rules: undefined },
    { kind: 'state', make: madeState, colorScheme: 'dark', width: 360, rules: LOOKS },
  ] as const)(
    '$kind, $colorScheme at $width pixels: axe finds nothing, nothing sticks out, one drawing of each chart is seen, on paper too',
    async ({ kind, make, colorScheme, width, rules }) => {
      const file = join(folder, `${kind}.html`);
      writeFileSync(file, reportPage(bundleOf(make())));
      const page = await open(pathToFileURL(file).href, { colorScheme, width });
      expect(await page.accessibilityFindings('body', rules)).toEqual([]);
      expect(await page.isTooWide()).toBe(false);
      const charts = await page.page.locator('figure').count();
      const seen = (look = '') => page.page.locator(`.look${look}:visible`).count();
      expect(await seen()).toBe(charts);
      expect(await seen(`.${colorScheme}.${width > 760 ? 'wide' : 'narrow'}`)).toBe(charts);
      await page.page.emulateMedia({ media: 'print' });
      expect(await seen()).toBe(charts);
      expect(await seen('.light.wide')).toBe(charts);
    },
  );
});
