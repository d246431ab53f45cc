import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// What one takes away: whole lists as files, words, assumptions. Against the stand-in.
const { open } = shownPages();

/** Lets the API give twenty a page, and hold each page but the first back until it is let go. */
async function holdPages(page: UndertowPage): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((go) => (letGo = go));
  await page.page.route('**/graphql', async (route) => {
    const asked = route.request().postDataJSON() as { query: string; variables: { after?: string | null } };
    if (!asked.query.includes('AllAccounts')) return route.continue();
    if (typeof asked.variables.after === 'string') await held;
    await route.continue({
      postData: JSON.stringify({ ...asked, query: asked.query.replace('first: 500', 'first: 20') }),
    });
  });
  return letGo;
}

test('all accounts as CSV: page by page with progress, each once, at one block', async () => {
  const page = await open('/data');
  const letGo = await holdPages(page);
  const kept = page.page.waitForEvent('download');
  await page.page.getByRole('button', { name: 'CSV of all accounts' }).click();
  const line = page.page.locator('.downloads li').first();
  await line.getByText(/^20 of \d+ accounts$/).waitFor();
  const [, all] = /of (\d+)/.exec(await line.innerText()) ?? [];
  letGo();
  const download = await kept;
  expect(download.suggestedFilename()).toBe('undertow-accounts-devnet-block-18342.csv');
  const { data, errors } = Papa.parse<Record<string, string>>(await readFile(await download.path(), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(Number(all));
  expect(new Set(data.map(({ venue_id, market, owner }) => `${venue_id} ${market} ${owner}`)).size).toBe(
    Number(all),
  );
  expect(new Set(data.map(({ block, book_hash }) => `${block} ${book_hash}`)).size).toBe(1);
  await line.getByRole('button', { name: 'CSV of all accounts' }).waitFor();
});

test('what is under way can be cancelled, and nothing is kept', async () => {
  const page = await open('/data');
  const letGo = await holdPages(page);
  const downloads: unknown[] = [];
  page.page.on('download', (download) => downloads.push(download));
  await page.page.getByRole('button', { name: 'JSON of all accounts' }).click();
  const line = page.page.locator('.downloads li').first();
  await line.getByText(/^20 of/).waitFor();
  await line.getByRole('button', { name: 'Cancel' }).click();
  await line.getByRole('button', { name: 'JSON of all accounts' }).waitFor();
  expect(await page.page.locator('.said').innerText()).toBe('Cancelled: nothing was kept');
  letGo();
  // Another one is kept after it, and it alone.
  await page.page.unrouteAll({ behavior: 'ignoreErrors' });
  const kept = page.page.waitForEvent('download');
  await page.page.getByRole('button', { name: 'JSON of all venues' }).click();
  expect((await kept).suggestedFilename()).toBe('undertow-venues-devnet-block-18342.json');
  expect(downloads).toHaveLength(1);
});

test('a word leads to its place among all words, and the page is accessible and fits a phone', async () => {
  const page = await open('/venues', { width: 390, height: 844 });
  await page.page.locator('#table-venues').getByRole('button', { name: 'What “collateral” means' }).click();
  await page.page.locator('#meaning').getByRole('link', { name: 'All words' }).click();
  const word = page.page.locator('#word-collateral');
  await word.waitFor();
  expect(new URL(page.page.url()).pathname).toBe('/data');
  await page.page.waitForFunction(() => {
    const { top } = document.querySelector('#word-collateral')!.getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
  expect(await page.isTooWide()).toBe(false);
  expect(await page.accessibilityFindings('main')).toEqual([]);
});
