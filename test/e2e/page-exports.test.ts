import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// Keeping charts and tables as files: in a real browser, under the policy of the page, against the stand-in.
const { open, server, shown } = shownPages();

/** The file that a button of an open menu makes. */
async function fileOf(page: UndertowPage, button: string): Promise<{ name: string; content: Buffer }> {
  const kept = page.page.waitForEvent('download');
  await page.page.getByRole('button', { name: button }).first().click();
  const download = await kept;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test('a chart as CSV, JSON, SVG and PNG, each with the block in its name', async () => {
  const page = await open('/scenario?shock=ETH:-0.2');
  await page.page.getByRole('button', { name: 'Export: files of “Price moves”' }).click();
  const what = 'Loss by asset and price move';
  const name = (format: string) => `undertow-heatmap-loss-devnet-block-18342.${format}`;

  const csv = await fileOf(page, `CSV of ${what}`);
  expect(csv.name).toBe(name('csv'));
  const { data, errors } = Papa.parse<Record<string, string>>(csv.content.toString(), {
    ...{ header: true, skipEmptyLines: true },
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(await page.cells.count());
  // The address shows the same again: the scenario, and the block.
  expect(data[0]).toMatchObject({
    ...{ network: 'devnet', block: '18342' },
    address: `${server().url}/scenario?shock=ETH:-0.2&block=18342`,
  });
  expect(data[0]!['book_hash']).toMatch(/^(0x)?[0-9a-f]{64}$/);
  expect(data.some(({ loss_usd }) => Number(loss_usd) > 0)).toBe(true);

  const json = await fileOf(page, `JSON of ${what}`);
  expect(json.name).toBe(name('json'));
  const { rows } = JSON.parse(json.content.toString()) as { rows: { loss_usd: number }[] };
  expect(rows.map(({ loss_usd }) => String(loss_usd))).toEqual(data.map(({ loss_usd }) => loss_usd));

  const svg = await fileOf(page, `SVG of ${what}`);
  expect(svg.name).toBe(name('svg'));
  expect(svg.content.toString()).toContain('Undertow · devnet · block 18342');

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
    const page = await open(path, { colorScheme: 'dark' });
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
  const page = await open('/accounts');
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
  const page = await open('/scenario?shock=ETH:-0.2', { width: 390, height: 844 });
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
