import { MECHANISMS } from '@undertow/market';
import { ask, command, expectDollars, onOneLine, open } from './real-run.ts';

const MARKET = '/venues/aave-v3@devnet/WETH';

test('/venues/:id: its figures, funds and exposures are those of the API and of the command', async () => {
  const [page, printed] = await Promise.all([
    open('/venues/musd@devnet'),
    command<{ venues: readonly { id: string; accounts: number; debtUsd: number; collateralUsd: number }[] }>(
      'venues',
    ),
  ]);
  const { venues, exposures } = await ask<{
    venues: { nodes: { id: string; accounts: number; debtUsd: number; funds: { valueUsd: number }[] }[] };
    exposures: {
      assets: { asset: { symbol: string } }[];
      venues: { venue: string; cells: { collateralUsd: number; debtUsd: number }[] }[];
    };
  }>(`{
    venues { nodes { id accounts debtUsd funds { valueUsd } } }
    exposures { assets { asset { symbol } } venues { venue cells { collateralUsd debtUsd } } }
  }`);
  const venue = venues.nodes.find(({ id }) => id === 'musd@devnet')!;
  const own = printed.venues.find(({ id }) => id === venue.id)!;
  expect(own).toMatchObject({ accounts: venue.accounts, debtUsd: venue.debtUsd });
  const figure = (name: string) => page.page.locator('#venue .figures > div').filter({ hasText: name });
  expect(await figure('Accounts with debt').locator('dd').first().innerText()).toBe(String(own.accounts));
  expectDollars(await figure('Owed').locator('dd').first().innerText(), own.debtUsd, 'owed');
  expectDollars(await figure('Collateral').locator('dd').first().innerText(), own.collateralUsd, 'held');
  const funds = await page.rowsOf('venue-funds');
  const worth = venue.funds.map(({ valueUsd }) => valueUsd).filter((value) => value !== 0);
  expect(funds).toHaveLength(worth.length);
  for (const [i, value] of worth.entries()) expectDollars(funds[i]!['Worth']!, value, 'fund');
  const cells = exposures.venues.find((one) => one.venue === venue.id)!.cells;
  const rows = await page.rowsOf('venue-exposure');
  expect(rows.length).toBeGreaterThan(1);
  for (const { Asset: symbol, Held: held, Owed: owed } of rows) {
    const cell = cells[exposures.assets.findIndex(({ asset }) => asset.symbol === symbol)]!;
    expectDollars(held!, cell.collateralUsd, symbol);
    expectDollars(owed!, cell.debtUsd, symbol);
  }
}, 60_000);

test('/venues/:id/:market: its figures, accounts and terms are those of the API; another term makes liquidatable whom API and command name', async () => {
  const page = await open(MARKET);
  const { markets } = await ask<{
    markets: {
      nodes: {
        venue: string;
        label: string;
        collateralUsd: number;
        debtUsd: number;
        terms: { field: string; value: number | null }[];
      }[];
    };
  }>('{ markets { nodes { venue label collateralUsd debtUsd terms { field value } } } }');
  const market = markets.nodes.find((one) => one.venue === 'aave-v3@devnet' && one.label === 'WETH')!;
  const [held, owed] = await page.page.locator('#market .figures dd:not(.note)').allInnerTexts();
  expectDollars(held!, market.collateralUsd, 'held');
  expectDollars(owed!, market.debtUsd, 'owed');
  const { accounts } = await ask<{
    accounts: { totalCount: number; nodes: { owner: string; debtUsd: number }[] };
  }>(
    '{ accounts(first: 25, where: { venue: "aave-v3@devnet", market: "WETH", maxHealthFactor: 1.25 }) { totalCount nodes { owner debtUsd } } }',
  );
  const rows = await page.rowsOf('accounts');
  expect(rows).toHaveLength(accounts.nodes.length);
  expect(onOneLine(await page.page.locator('#table-accounts caption').innerText())).toMatch(
    new RegExp(`^${rows.length} of ${accounts.totalCount} accounts`),
  );
  for (const [i, { owner, debtUsd }] of accounts.nodes.entries()) {
    expect(rows[i]!['Owner']).toContain(owner.slice(0, 6));
    expectDollars(rows[i]!['Debt']!, debtUsd, owner);
  }
  expect(await page.page.locator('#liquidations').innerText()).toContain('None so far.');

  const terms = page.page.locator('#place-terms');
  for (const { field, value } of market.terms) {
    const typed = await terms.locator(`input[data-field="${field}"]`).inputValue();
    const inForce = value === null ? [''] : [value, value * 100].map((one) => String(Number(one.toFixed(6))));
    expect([field, inForce]).toEqual([field, expect.arrayContaining([typed])]);
  }

  await terms.getByLabel('Liquidation threshold').fill('50');
  await page.page.keyboard.press('Tab');
  await page.page.getByRole('link', { name: 'What 1 changed term would do' }).click();
  const set = 'aave-v3@devnet WETH liquidationThreshold=0.5';
  const [printed, answer] = await Promise.all([
    command<{ whatIf: { madeDue: readonly { owner: string; debtUsd: number }[]; madeDueUsd: number } }>(
      ...['simulate', '--set', set],
    ),
    ask<{ whatIf: { madeDueAccounts: number; madeDue: { owner: string; debtUsd: number }[] } }>(
      `{ whatIf(moves: [], overrides: ["${set}"]) { madeDueAccounts madeDue(first: 20) { owner debtUsd } } }`,
    ),
  ]);
  const { madeDueAccounts, madeDue } = answer.whatIf;
  expect(madeDueAccounts).toBeGreaterThan(0);
  expect(printed.whatIf.madeDue).toHaveLength(madeDueAccounts);
  expect(printed.whatIf.madeDue.slice(0, 20).map(({ owner }) => owner)).toEqual(
    madeDue.map(({ owner }) => owner),
  );
  const alert = page.madeDue.getByRole('alert');
  await alert.filter({ hasText: `makes ${madeDueAccounts} account` }).waitFor();
  expectDollars(/owes? (\$[\d.]+[KMB]?)/.exec(await alert.innerText())?.[1] ?? '', printed.whatIf.madeDueUsd);
  await page.madeDue.locator('#made-due > summary').click();
  const owners = await page.madeDue
    .locator('#made-due .address')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-text')));
  expect(owners).toEqual(madeDue.map(({ owner }) => owner));
}, 60_000);

interface AssetAnswer {
  readonly exposures: {
    readonly assets: readonly {
      readonly asset: { readonly symbol: string };
      readonly tiedTo: { readonly symbol: string } | null;
      readonly reference: string;
    }[];
    readonly venues: readonly {
      readonly venue: string;
      readonly cells: readonly { readonly collateralUsd: number; readonly debtUsd: number }[];
    }[];
  };
  readonly asset: {
    readonly holders: readonly { readonly owner: string }[];
    readonly depth: { readonly toMove: readonly { readonly move: number; readonly usd: number }[] } | null;
  };
}

// One that hangs on another and that nobody trades, and the one on which it hangs.
test.each(['stWETH', 'WETH'])(
  '/assets/%s: what it hangs on, where it is held, whose collateral it is and what its market takes',
  async (symbol) => {
    const page = await open(`/assets/${symbol}`);
    const { exposures, asset } = await ask<AssetAnswer>(`{
      exposures {
        assets { asset { symbol } tiedTo { symbol } reference }
        venues { venue cells { collateralUsd debtUsd } }
      }
      asset(symbol: "${symbol}") { holders(first: 20) { owner } depth { toMove { move usd } } }
    }`);
    const at = exposures.assets.findIndex((one) => one.asset.symbol === symbol);
    const { tiedTo, reference } = exposures.assets[at]!;
    expect(onOneLine(await page.page.locator('#asset-ties').innerText())).toMatch(
      new RegExp(`^${symbol} is (redeemed|exchanged) .* for ${tiedTo?.symbol ?? reference}[,.]`),
    );
    const held = exposures.venues.flatMap(({ venue, cells }) => {
      const { collateralUsd, debtUsd } = cells[at]!;
      return collateralUsd + debtUsd > 0 ? [{ venue, collateralUsd }] : [];
    });
    const rows = await page.rowsOf('asset-venues');
    expect(rows).toHaveLength(held.length);
    const byName = new Map(rows.map((row) => [row['Venue'], row]));
    for (const { venue, collateralUsd } of held) {
      const name = await page.page.locator(`#table-asset-venues [title="${venue}"]`).innerText();
      expectDollars(byName.get(name)!['Held']!, collateralUsd, venue);
    }
    const owners = await page.page
      .locator('#table-holders .address')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-text')));
    expect(owners).toEqual(asset.holders.map(({ owner }) => owner));
    expect(owners.length).toBeGreaterThan(0);
    if (!asset.depth)
      return expect(await page.page.locator('#depth').innerText()).toContain('nobody is known to buy');
    const depth = await page.rowsOf('depth');
    expect(depth).toHaveLength(asset.depth.toMove.length);
    for (const [i, { usd, move }] of asset.depth.toMove.entries())
      expectDollars(depth[i]!['Worth']!, usd, move);
  },
  60_000,
);

interface Figures {
  readonly view: string;
  readonly value: string;
}

test('/accounts/:address: the integers that API and command read, for every mechanism', async () => {
  const { accounts, venues } = await ask<{
    accounts: { nodes: { owner: string; venue: string }[] };
    venues: { nodes: { id: string; mechanism: string }[] };
  }>('{ accounts(first: 500) { nodes { owner venue } } venues { nodes { id mechanism } } }');
  const mechanisms = new Set(venues.nodes.map(({ mechanism }) => mechanism));
  expect([...mechanisms].sort()).toEqual(MECHANISMS.map((word) => word.replaceAll('-', '_')).sort());
  for (const mechanism of mechanisms) {
    const here = venues.nodes.filter((venue) => venue.mechanism === mechanism).map(({ id }) => id);
    const owner = accounts.nodes.find(({ venue }) => here.includes(venue))!.owner;
    const page = await open(`/accounts/${owner}`);
    const text = await page.page.locator('#account').innerText();
    const { account } = await ask<{ account: { accounts: { exact: { figures: Figures[] } | null }[] } }>(
      `{ account(owner: "${owner}") { accounts { exact { figures { view value } } } } }`,
    );
    const figures = account.accounts.flatMap(({ exact }) => exact?.figures ?? []);
    expect(figures.length).toBeGreaterThan(1);
    for (const { view, value } of figures) {
      expect(text).toContain(view);
      expect(text).toContain(value);
    }
  }
  const { owner } = accounts.nodes[0]!;
  const [page, printed] = await Promise.all([
    open(`/accounts/${owner}`),
    command<{ accounts: { exact: { figures: Figures[] } | null; summary: { debtUsd: number } | null }[] }>(
      ...['account', owner],
    ),
  ]);
  const text = await page.page.locator('#account').innerText();
  for (const { view, value } of printed.accounts.flatMap(({ exact }) => exact?.figures ?? []))
    expect([view, text]).toEqual([view, expect.stringContaining(value)]);
  const owed = printed.accounts.reduce((sum, { summary }) => sum + (summary?.debtUsd ?? 0), 0);
  expectDollars(/for (\S+) owed/.exec(text)?.[1] ?? '', owed);
  const margins = await command<{ accounts: { name: string; equityUsd: number; maintenanceUsd: number }[] }>(
    ...['margin', owner],
  );
  const rows = await page.rowsOf('margins-accounts');
  expect(rows.map(({ Account }) => Account)).toEqual(margins.accounts.map(({ name }) => name));
  for (const [i, { equityUsd, maintenanceUsd }] of margins.accounts.entries()) {
    expectDollars(rows[i]!['Equity']!, equityUsd);
    expectDollars(rows[i]!['Maintenance margin']!, maintenanceUsd);
  }
}, 90_000);
