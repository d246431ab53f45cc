import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// What a person does with tables and charts: sorts, reads them on a phone, scrolls through long ones, keeps them as files. Against
// the stand-in, under the policy of the page.
const { open: openPath, server, shown } = shownPages();
const open = async (width = 1_440): Promise<UndertowPage> => {
  const page = await openPath('/venues', { width, height: 900 });
  await page.page.locator('#table-venues').waitFor();
  return page;
};

const venuesOf = (page: UndertowPage): Promise<string[]> =>
  page.page.locator('#venues tbody th > a').allInnerTexts();

test('a press on the head of a column sorts by it, by keyboard too, and newer rows do not undo it', async () => {
  const page = await open();
  await page.page.locator('.connection.live').waitFor();
  const asItComes = await venuesOf(page);
  const head = page.page.locator('#venues').getByRole('button', { name: 'Venue', exact: true });
  await head.click();
  await page.page.locator('#venues th[aria-sort=ascending]').waitFor();
  const inOrder = [...asItComes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  expect(await venuesOf(page)).toEqual(inOrder);

  server().advance(-0.01);
  await page.page.locator(`#venues .source[data-block="${server().situation.block}"]`).waitFor();
  expect(await venuesOf(page)).toEqual(inOrder);

  await head.press('Enter');
  await page.page.locator('#venues th[aria-sort=descending]').waitFor();
  expect(await venuesOf(page)).toEqual(inOrder.toReversed());
  await head.press('Enter');
  await page.page.locator('#venues:not(:has([aria-sort]))').waitFor();
  expect(await venuesOf(page)).toEqual(asItComes);
});

test('on a phone rows are cards with the names of their columns, in the roles of a table, and can be sorted', async () => {
  const page = await open(390);
  const table = page.page.locator('#table-venues');
  const [head, debt] = [
    table.locator('tbody tr').first(),
    table.locator('tbody tr').first().locator('td').last(),
  ];
  const [card, value] = [await head.boundingBox(), await debt.boundingBox()];
  expect(card!.height).toBeGreaterThan(value!.height * 2);
  expect(await debt.evaluate((cell) => getComputedStyle(cell, '::before').content)).toBe('"Funds"');
  expect(
    await table.evaluate((node) => node.scrollWidth - node.parentElement!.clientWidth),
  ).toBeLessThanOrEqual(0);
  await table.getByRole('columnheader', { name: 'Owed' }).getByRole('button').click();
  await table.locator('[aria-sort=descending]').waitFor();
  expect(await page.isTooWide()).toBe(false);
  // They are scrolled with the page, not in a box of their own.
  const boxes = await page.page
    .locator('.scroll:has(> .stacks)')
    .evaluateAll((all) => all.map((box) => box.scrollHeight - box.clientHeight));
  expect(boxes.length).toBeGreaterThan(1);
  expect(Math.max(...boxes)).toBe(0);
  expect(await page.accessibilityFindings('#venues')).toEqual([]);
});

const MANY = 2_000;

/** The page of venues with very many markets. */
async function manyMarkets(width: number): Promise<UndertowPage> {
  const page = await openPath('about:blank', { width, height: 900 });
  await page.page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as {
      data?: { markets?: { nodes: { id: string; label: string }[] } };
    };
    const markets = answer.data?.markets;
    if (markets)
      markets.nodes = Array.from({ length: MANY }, (_, i) => ({
        ...markets.nodes[i % markets.nodes.length]!,
        ...{ id: `market ${i}`, label: `Market ${i}` },
      }));
    await route.fulfill({ response, json: answer });
  });
  await page.page.goto(`${server().url}/venues`);
  await page.page.locator('#table-markets').waitFor();
  return page;
}

/** Waits until a row far down lies in the middle of what is seen. */
const isFarDown = ({ page }: UndertowPage) =>
  page.waitForFunction(() => {
    const { left, top, bottom } = document.querySelector('#markets .scroll')!.getBoundingClientRect();
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const row = document.elementFromPoint(left + 20, middle)?.closest('[aria-rowindex]');
    return Number(row?.getAttribute('aria-rowindex')) > 500;
  });

test('of many rows those that are seen are in the page, to the last, and each knows its number', async () => {
  const page = await manyMarkets(1_440);
  const table = page.page.locator('#table-markets');
  expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY + 1));
  const rows = table.locator('tbody [aria-rowindex]');
  expect(await rows.count()).toBeLessThan(200);

  const box = page.page.locator('#markets .scroll');
  await box.scrollIntoViewIfNeeded();
  await box.evaluate((node) => node.scrollTo(0, node.scrollHeight / 2));
  await isFarDown(page);
  await box.evaluate((node) => node.scrollTo(0, node.scrollHeight));
  await rows.filter({ hasText: `Market ${MANY - 1}` }).waitFor();
  expect(await rows.count()).toBeLessThan(200);
  expect(await rows.last().getAttribute('aria-rowindex')).toBe(String(MANY + 1));
});

test('on a phone many rows are scrolled with the page, and those that are seen are in it', async () => {
  const page = await manyMarkets(390);
  const rows = page.page.locator('#table-markets tbody [aria-rowindex]');
  // How high rows are is known only once some were seen: the end goes on until then.
  await page.page.waitForFunction(
    (last) => {
      scrollTo(0, document.documentElement.scrollHeight);
      return document.querySelector('#table-markets tbody')?.textContent.includes(last);
    },
    `Market ${MANY - 1}`,
  );
  expect(await rows.count()).toBeLessThan(200);
  await page.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  await isFarDown(page);
  expect(await rows.count()).toBeLessThan(200);
});

/** The file that a button of an open menu makes. */
async function fileOf(page: UndertowPage, button: string): Promise<{ name: string; content: Buffer }> {
  const kept = page.page.waitForEvent('download');
  await page.page.getByRole('button', { name: button }).first().click();
  const download = await kept;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test('a chart as CSV, JSON, SVG and PNG, each with the block in its name', async () => {
  const page = await openPath('/scenario?shock=ETH:-0.2');
  await page.page.getByRole('button', { name: 'Export: files of “Price moves”' }).click();
  const what = 'Loss by asset and price move';
  const { block } = server().situation;
  const name = (format: string) => `undertow-heatmap-loss-devnet-block-${block}.${format}`;

  const csv = await fileOf(page, `CSV of ${what}`);
  expect(csv.name).toBe(name('csv'));
  const { data, errors } = Papa.parse<Record<string, string>>(csv.content.toString(), {
    ...{ header: true, skipEmptyLines: true },
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(await page.cells.count());
  // The address shows the same again: the scenario, and the block.
  expect(data[0]).toMatchObject({
    ...{ network: 'devnet', block: String(block) },
    address: `${server().url}/scenario?shock=ETH:-0.2&block=${block}`,
  });
  expect(data[0]!['book_hash']).toMatch(/^(0x)?[0-9a-f]{64}$/);
  expect(data.some(({ loss_usd }) => Number(loss_usd) > 0)).toBe(true);

  const json = await fileOf(page, `JSON of ${what}`);
  expect(json.name).toBe(name('json'));
  const { rows } = JSON.parse(json.content.toString()) as { rows: { loss_usd: number }[] };
  expect(rows.map(({ loss_usd }) => String(loss_usd))).toEqual(data.map(({ loss_usd }) => loss_usd));

  const svg = await fileOf(page, `SVG of ${what}`);
  expect(svg.name).toBe(name('svg'));
  expect(svg.content.toString()).toContain(`Undertow · devnet · block ${block}`);

  const png = await fileOf(page, `PNG of ${what}`);
  expect(png.name).toBe(name('png'));
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  const [width] = /width="([\d.]+)"/.exec(svg.content.toString())!.slice(1).map(Number);
  expect(png.content.readUInt32BE(16)).toBe(Math.round(width! * 2));
  // A picture of something compresses to more than one of nothing.
  expect(png.content.length).toBeGreaterThan(20_000);
});

test('an SVG file is drawn by a browser without a word of complaint', async () => {
  for (const [path, panel, what] of [
    ['/scenario?shock=ETH:-0.2&tab=between', 'Between venues', 'Who bears the losses'],
    ['/assets', 'Where a fall feeds itself', 'Reproduction number by price move'],
  ] as const) {
    await shown()?.page.close();
    const page = await openPath(path, { colorScheme: 'dark' });
    // What fills above a menu would push what opened it out of the window.
    await page.page.locator('svg.heatmap, svg.exposure').first().waitFor();
    await page.page.getByRole('button', { name: `Export: files of “${panel}”` }).click();
    const { content } = await fileOf(page, `SVG of ${what}`);
    const problem = await page.page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return parsed.querySelector('parsererror')?.textContent ?? '';
    }, content.toString());
    expect(problem).toBe('');
  }
});

test('a sorted table is kept as it is sorted', async () => {
  const page = await openPath('/accounts');
  await page.page.locator('#table-accounts').getByRole('button', { name: 'Debt', exact: true }).click();
  await page.page.locator('#accounts th[aria-sort=descending]').waitFor();
  await page.page.getByRole('button', { name: 'Export: files of “Accounts at risk”' }).click();
  const { content } = await fileOf(page, 'CSV of');
  const { data } = Papa.parse<Record<string, string>>(content.toString(), {
    header: true,
    skipEmptyLines: true,
  });
  const debts = data.map(({ debt_usd }) => Number(debt_usd));
  expect(debts.length).toBeGreaterThan(3);
  expect(debts).toEqual([...debts].sort((a, b) => b - a));
});

test('the menu by keyboard: opens, is walked through, closes on Escape with the focus back; fits on a phone', async () => {
  const page = await openPath('/scenario?shock=ETH:-0.2', { width: 390, height: 844 });
  const opener = page.page.getByRole('button', { name: 'Export: files of “Price moves”' });
  await opener.focus();
  await page.page.keyboard.press('Enter');
  const menu = page.page.getByRole('dialog', { name: 'Files of “Price moves”' });
  await menu.waitFor();
  const { x = -1, width = 0 } = (await menu.boundingBox()) ?? {};
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  await page.page.keyboard.press('Tab');
  expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-format'))).toBe('csv');
  expect(await page.accessibilityFindings('#content')).toEqual([]);
  await page.page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
});
