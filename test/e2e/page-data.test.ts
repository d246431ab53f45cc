import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { MEANINGS } from '../../dashboards/web/src/glossary/meanings.ts';
import { plainText } from '../../dashboards/web/src/prose/prose.ts';
import { shownPages } from './shown-page.ts';
import type { UndertowPage } from './undertow-page.ts';

// What one takes away: whole lists as files, and what words mean, by mouse, key and finger. Against the stand-in.
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

test('a word leads to its place among all words, and the page fits a phone', async () => {
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
});

const meaningOf = (word: string): string =>
  plainText(MEANINGS.find(({ words }) => words.includes(word))?.text ?? []);

test('a word by keyboard: its meaning as the glossary has it, read out, gone on Escape with the focus where it was', async () => {
  const page = await open('/accounts');
  const word = page.page
    .locator('#accounts')
    .getByRole('button', { name: 'Health factor', exact: true })
    .first();
  await word.focus();
  await page.page.keyboard.press('Enter');
  const meaning = page.page.locator('#meaning');
  await meaning.filter({ hasText: meaningOf('health factor') }).waitFor();
  expect(await page.page.locator('.said').innerText()).toContain(meaningOf('health factor'));
  expect(await page.accessibilityFindings('#meaning')).toEqual([]);
  await page.page.keyboard.press('Escape');
  await meaning.waitFor({ state: 'hidden' });
  expect(await word.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('the heading of a column explains its word beside it, and the next word takes its place', async () => {
  const page = await open('/venues');
  const heads = page.page.locator('#table-venues thead');
  const meaning = page.page.locator('#meaning');
  for (const word of ['venue', 'collateral']) {
    const mark = heads.getByRole('button', { name: `What “${word}” means` });
    await mark.click();
    await meaning.filter({ hasText: meaningOf(word) }).waitFor();
    const [near, box] = [await mark.boundingBox(), await meaning.boundingBox()];
    expect(Math.abs(box!.y - (near!.y + near!.height))).toBeLessThan(12);
  }
  // It sorts nothing.
  expect(await page.page.locator('#venues [aria-sort]').count()).toBe(0);
  expect(await page.accessibilityFindings('#venues')).toEqual([]);
});

test('a tap on a phone: the meaning lies in the window, and a tap elsewhere closes it', async () => {
  const page = await open('/scenario?shock=ETH:-0.2', { width: 390, height: 844 });
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const tap = async (x: number, y: number): Promise<void> => {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const word = page.page.locator('dl.losses').getByRole('button', { name: 'Bad debt', exact: true });
  await word.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await word.boundingBox()) ?? {};
  await tap(x + width / 2, y + height / 2);
  const meaning = page.page.locator('#meaning').filter({ hasText: meaningOf('bad debt') });
  await meaning.waitFor();
  const box = (await meaning.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  expect(box.y + box.height).toBeLessThanOrEqual(844);
  expect(await page.isTooWide()).toBe(false);
  await tap(195, box.y > 422 ? 100 : 800);
  await meaning.waitFor({ state: 'hidden' });
});
