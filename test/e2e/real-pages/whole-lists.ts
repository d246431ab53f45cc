import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { EXAMPLES } from '../../../dashboards/web/src/graphiql/examples.ts';
import { ask, command, expectDollars, onOneLine, open } from './real-run.ts';

interface Coverage {
  readonly accounts: number;
  readonly share: number;
  readonly modelledDebtUsd: number;
  readonly gaps: readonly { readonly source: string; readonly reason: string }[];
}

test('/oracles: every oracle with its price and its market’s, every feed with its answer, and whom they are wrong about', async () => {
  const page = await open('/oracles');
  const { oracles: report } = await ask<{
    oracles: {
      oracles: {
        asset: { symbol: string };
        priceUsd: number;
        marketPriceUsd: number | null;
        pricedUsd: number;
      }[];
      feeds: { label: string; answer: number }[];
      hidden: { accounts: number };
      phantom: { accounts: number };
    };
  }>(`{ oracles {
    oracles { asset { symbol } priceUsd marketPriceUsd pricedUsd }
    feeds { label answer }
    hidden { accounts }
    phantom { accounts }
  } }`);
  const rows = await page.rowsOf('oracles');
  expect(rows.length).toBeGreaterThan(5);
  expect(rows).toHaveLength(report.oracles.length);
  for (const [i, { asset, priceUsd, marketPriceUsd, pricedUsd }] of report.oracles.entries()) {
    const row = rows[i]!;
    expect(row['Asset']).toBe(asset.symbol);
    expectDollars(row['Oracle']!.split('\n')[0]!, priceUsd, asset.symbol);
    expectDollars(row['Hangs on it']!, pricedUsd, asset.symbol);
    if (marketPriceUsd === null) expect(row['Market']).toBe('no market');
    else expectDollars(row['Market']!.split('\n')[0]!, marketPriceUsd, asset.symbol);
  }
  const feeds = await page.rowsOf('feeds');
  expect(feeds.map(({ Feed: label }) => label)).toEqual(report.feeds.map(({ label }) => label));
  for (const [i, { answer, label }] of report.feeds.entries())
    expectDollars(feeds[i]!['Answer']!.split('\n')[0]!, answer, label);
  const { hidden, phantom } = report;
  const said = onOneLine(await page.page.locator('#disputed .headline').innerText());
  if (hidden.accounts + phantom.accounts === 0) expect(said).toContain('nobody is hidden, nobody made up');
  if (hidden.accounts > 0) expect(said).toMatch(new RegExp(`^${hidden.accounts} accounts? with`));
  if (phantom.accounts > 0)
    expect(said).toMatch(new RegExp(`${phantom.accounts} accounts? with \\S+ of debt`));
}, 60_000);

test('/system: how much is covered, every gap with its reason, and where the chain stands', async () => {
  const [page, printed] = await Promise.all([
    open('/system'),
    command<{ block: number; coverage: Coverage }>('venues'),
  ]);
  const { status } = await ask<{
    status: { head: { block: number; hash: string }; facts: string; coverage: Coverage; trusted: boolean };
  }>(
    '{ status { head { block hash } facts trusted coverage { accounts share modelledDebtUsd gaps { source reason } } } }',
  );
  const { coverage, head, facts } = status;
  expect(printed.block).toBe(head.block);
  expect(printed.coverage).toMatchObject({ accounts: coverage.accounts, share: coverage.share });
  const said = onOneLine(await page.page.locator('#gaps .headline').innerText());
  expect(said).toContain(`in ${coverage.accounts} accounts`);
  expectDollars(/modelled: (\S+) of/.exec(said)?.[1] ?? '', coverage.modelledDebtUsd);
  const rows = await page.rowsOf('gaps');
  const named = (gaps: Coverage['gaps']) => gaps.map(({ source, reason }) => `${source}: ${reason}`);
  expect(rows.map(({ What: source, Because: reason }) => `${source}: ${reason}`)).toEqual(
    named(coverage.gaps),
  );
  expect(named(printed.coverage.gaps).sort()).toEqual(named(coverage.gaps).sort());
  const health = onOneLine(await page.page.locator('#health').innerText());
  for (const part of [head.hash, Number(facts).toLocaleString('en-US'), head.block.toLocaleString('en-US')])
    expect(health).toContain(part);
  expect(health).toContain('Trusted Yes');
}, 60_000);

test('/data: the file of all accounts has every account that the API has, at one book', async () => {
  const page = await open('/data');
  const kept = page.page.waitForEvent('download');
  await page.page.getByRole('button', { name: 'CSV of all accounts' }).click();
  const text = await readFile(await (await kept).path(), 'utf8');
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  const { accounts } = await ask<{
    accounts: {
      bookHash: string;
      totalCount: number;
      nodes: { owner: string; venue: string; debtUsd: number }[];
    };
  }>('{ accounts(first: 500) { bookHash totalCount nodes { owner venue debtUsd } } }');
  expect(accounts.nodes).toHaveLength(accounts.totalCount);
  expect(data.map(({ venue_id: venue, owner, debt_usd: debt }) => [venue, owner, Number(debt)])).toEqual(
    accounts.nodes.map(({ venue, owner, debtUsd }) => [venue, owner, debtUsd]),
  );
  expect(new Set(data.map((row) => row['book_hash']))).toEqual(new Set([accounts.bookHash]));
}, 60_000);

test('/data: “Try questions in the browser” opens GraphiQL with a worked example, which is answered', async () => {
  const page = await open('/data');
  await page.page.getByRole('link', { name: 'Try questions in the browser' }).click();
  const tabs = page.page.getByRole('tab');
  await tabs.getByText(EXAMPLES[0]!.name).waitFor();
  expect(await tabs.allInnerTexts()).toEqual(EXAMPLES.map(({ name }) => name));
  await page.executeQuery();
  const answer = page.page.locator('.graphiql-response');
  await answer.getByText('"modelledDebtUsd"').first().waitFor();
  const { status } = await ask<{ status: { head: { block: number } } }>('{ status { head { block } } }');
  expect(await answer.innerText()).toContain(`"block": ${status.head.block}`);
}, 60_000);
