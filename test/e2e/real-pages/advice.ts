import { ask, onOneLine, open } from './real-run.ts';

interface Advised {
  readonly advices: readonly {
    readonly parameter: { readonly label: string };
    readonly words: readonly string[];
    readonly advised: { readonly value: number } | null;
    readonly backtest: { readonly of: string; readonly words: readonly string[] };
    readonly cascadeBacktest: { readonly of: string } | null;
    readonly path: { readonly steps: readonly unknown[] } | null;
    readonly moved: { readonly parts: readonly { readonly input: string }[] } | null;
  }[];
}

const ADVICE = '{ advices { words } }';
const FORM = 'at=aave-v3%40devnet&on=WETH&parameter=liquidationThreshold&volatilities=ETH%20110%25&draws=200';

test('/advice: an advice with limits is started, followed and told with its steps, evidence, frontier and backtest; the next says what moved', async () => {
  expect(await ask<Advised>(ADVICE)).toEqual({ advices: [] });
  const page = await open(
    `/advice?${FORM}&confidence=95%25&losses=added&tolerate=1000&limits=aave-v3-agrs&dates=2`,
  );
  const form = page.page.locator('#advice-form');
  const run = page.page.locator('#advice-run');
  await form.getByRole('button', { name: 'Advise' }).click();
  await run.getByText('2 advices, ').waitFor();
  await page.page.locator('#advices').getByRole('link', { name: 'liquidation threshold of WETH' }).click();
  await page.page.locator('#toxicity-frontier svg.frontier').waitFor();
  await page.settled();
  const told = await theAdvice();
  const shown = onOneLine(await page.page.locator('#advice-one').innerText());
  for (const sentence of told.words) expect(shown).toContain(onOneLine(sentence));
  if ((told.path?.steps.length ?? 0) > 0) await page.page.locator('#advice-one svg.path').waitFor();
  expect(told.path).not.toBeNull();
  const backtest = onOneLine(await page.page.locator('#advice-backtest').innerText());
  for (const sentence of told.backtest.words) expect(backtest).toContain(onOneLine(sentence));
  // Dates were asked for, and the chain of a minute has no history: that is said too.
  expect(told.cascadeBacktest).toMatchObject({ of: 'none' });
  await page.page.locator('#table-advice-losses').waitFor();
  expect(await page.accessibilityFindings()).toEqual([]);
  const pasted = await open(page.link(), { colorScheme: 'dark', width: 390 });
  expect(await pasted.isTooWide()).toBe(false);

  const again = await open(
    `/advice?${FORM}&confidence=95%25&losses=added&tolerate=10000000&limits=aave-v3-agrs`,
  );
  await again.page.locator('#advice-form').getByRole('button', { name: 'Advise' }).click();
  await again.page.locator('#advice-run').getByText('2 advices, ').waitFor();
  const { moved, advised } = await theAdvice();
  expect(advised!.value).toBeGreaterThan(told.advised!.value);
  expect(moved!.parts.map(({ input }) => input)).toEqual(['the question']);
  expect(await again.page.locator('#advice-runs tbody tr').count()).toBe(2);
}, 60_000);

async function theAdvice(): Promise<Advised['advices'][number]> {
  const { advices } = await ask<Advised>(
    `{ advices(venue: "aave-v3@devnet", parameter: "liquidationThreshold") { parameter { label } words advised { value }
       backtest { of words } cascadeBacktest { of } path { steps { time } } moved { parts { input } } } }`,
  );
  // Beside it stands the threshold of the e-mode that the asset is in.
  return advices.find(({ parameter }) => parameter.label === 'WETH')!;
}
