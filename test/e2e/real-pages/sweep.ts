import { command, expectDollars, onOneLine, open } from './real-run.ts';

interface Summed {
  readonly bookHash: string;
  readonly lossUsd: { readonly mean: number; readonly greatest: number };
  readonly byVenue: readonly { readonly venue: string; readonly contributionUsd: number }[];
  readonly worst: readonly { readonly index: number; readonly lossUsd: number; readonly rounds: number }[];
}

test('/sweep: a grid that is chosen and run comes to what the command line says, and its link shows the same', async () => {
  const page = await open('/sweep?plan=grid&move=WETH,WBTC&falls=-0.2,-0.4,-0.6&combined=yes');
  await page.page.getByRole('button', { name: 'Run 9 scenarios' }).click();
  await page.page.locator('#sweep-run .tiles').waitFor();
  const printed = await command<Summed>(
    ...['sweep', '--grid', 'WETH=-20%,-40%,-60%', '--grid', 'WBTC=-20%,-40%,-60%', '--product'],
  );
  expect(printed.worst.length).toBeGreaterThan(2);
  await page.settled();
  const run = page.page.locator('#sweep-run');
  expect(await run.locator('.source[data-book]').getAttribute('data-book')).toBe(printed.bookHash);
  const words = onOneLine(await page.page.locator('#sweep-loss .panel-body > p').first().innerText());
  const [, mean, greatest] = /mean (\S+), at most (\S+)\.$/.exec(words) ?? [];
  expectDollars(mean!, printed.lossUsd.mean);
  expectDollars(greatest!, printed.lossUsd.greatest);
  const rows = await page.page
    .locator('#sweep-worst tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  expect(rows.map(([name]) => name)).toEqual(printed.worst.map(({ index }) => `Scenario ${index}`));
  for (const [row, { lossUsd, rounds }] of printed.worst.entries()) {
    expectDollars(rows[row]![2]!, lossUsd);
    expect(rows[row]![4]).toBe(String(rounds));
  }
  const venues = page.page.locator('#sweep-parts tbody tr');
  expect(await venues.count()).toBe(printed.byVenue.length);
  expectDollars(
    (await venues.first().locator('td').first().innerText()).trim(),
    printed.byVenue[0]!.contributionUsd,
  );
  const shown = await page.written();
  const pasted = await open(page.link());
  expect(await pasted.written()).toBe(shown);
}, 60_000);
