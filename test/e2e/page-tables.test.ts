import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// What a person does with tables: sorts them, reads them on a phone, scrolls through long ones. Against the stand-in.
const { open: openPath, server } = shownPages();
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
  expect(await page.accessibilityFindings('#venues')).toEqual([]);
});

const MANY = 2_000;

test('of many rows those that are seen are in the page, to the last, and each knows its number', async () => {
  const page = await openPath('about:blank');
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
  const table = page.page.locator('#table-markets');
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY + 1));
  const rows = table.locator('tbody [aria-rowindex]');
  expect(await rows.count()).toBeLessThan(200);

  const box = page.page.locator('#markets .scroll');
  await box.scrollIntoViewIfNeeded();
  await box.evaluate((node) => node.scrollTo(0, node.scrollHeight / 2));
  // A row of the middle lies in the middle of what is seen.
  await page.page.waitForFunction(() => {
    const { left, top, height } = document.querySelector('#markets .scroll')!.getBoundingClientRect();
    const row = document.elementFromPoint(left + 20, top + height / 2)?.closest('[aria-rowindex]');
    return Number(row?.getAttribute('aria-rowindex')) > 500;
  });
  await box.evaluate((node) => node.scrollTo(0, node.scrollHeight));
  await rows.filter({ hasText: `Market ${MANY - 1}` }).waitFor();
  expect(await rows.count()).toBeLessThan(200);
  expect(await rows.last().getAttribute('aria-rowindex')).toBe(String(MANY + 1));
});
