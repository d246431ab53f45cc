import { MEANINGS } from '../../dashboards/web/src/glossary/meanings.ts';
import { plainText } from '../../dashboards/web/src/prose/prose.ts';
import { shownPages } from './shown-page.ts';

// Words of the glossary, pressed with a mouse, a key and a finger. Against the stand-in.
const { open } = shownPages();
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
