import { ask, command, expectDollars, onOneLine, open } from './real-run.ts';

interface Played {
  readonly rate: number;
  readonly headroomAfter: number;
  readonly madeDueAccounts: number;
  readonly madeDueUsd: number;
}

test('/oracles: an update of a cap is played as it was typed, by its address again, and as the command line does', async () => {
  const { oracles } = await ask<{
    oracles: { head: { time: number }; oracles: { id: string; capHeadroom: number | null }[] };
  }>('{ oracles { head { time } oracles { id capHeadroom } } }');
  const oracle = oracles.oracles.find(({ capHeadroom }) => capHeadroom !== null)!.id;
  const since = oracles.head.time;
  const played = async (ratio: number) =>
    (
      await ask<{ capUpdate: Played }>(
        `{ capUpdate(oracle: "${oracle}", ratio: ${ratio}, time: ${since}) { rate headroomAfter madeDueAccounts madeDueUsd } }`,
      )
    ).capUpdate;
  const { rate } = await played(1);
  const ratio = Number((rate * 0.6).toFixed(6));
  const truth = await played(ratio);
  expect(truth.madeDueAccounts).toBeGreaterThan(0);

  const typed = await open('/oracles');
  const form = typed.page.locator('form.cap-update');
  await form.getByRole('button', { name: 'Play the update' }).click();
  expect(await form.getByRole('alert').innerText()).toMatch(/Not taken: the rate is what one unit/);
  await form.locator('select').selectOption(oracle);
  await form.locator('[name=ratio]').fill(String(ratio));
  await form.locator('[name=since]').fill(new Date(since * 1_000).toISOString().slice(0, 19));
  await form.getByRole('button', { name: 'Play the update' }).click();
  await typed.page.locator('#cap-update .headline').waitFor();
  const said = async (page: typeof typed) =>
    onOneLine(await page.page.locator('#cap-update .panel-body').innerText());
  const shown = await said(await typed.settled());
  const [, accounts, usd] = /make (\d+) accounts? with (\S+) of debt liquidatable/.exec(shown) ?? [];
  expect(Number(accounts)).toBe(truth.madeDueAccounts);
  expectDollars(usd!, truth.madeDueUsd);
  expect(shown).toContain('40 % too low after');

  const { pathname, search } = new URL(typed.page.url());
  expect(new URLSearchParams(search).get('cap')).toBe(oracle);
  expect(await said(await open(pathname + search))).toBe(shown);

  const printed = await command<
    Omit<Played, 'madeDueAccounts' | 'madeDueUsd'> & { madeDue: { debtUsd: number }[] }
  >(...['cap-update', oracle, '--ratio', String(ratio), '--since', String(since)]);
  expect(printed.madeDue).toHaveLength(truth.madeDueAccounts);
  expect(printed).toMatchObject({ rate: truth.rate, headroomAfter: truth.headroomAfter });
  expect(printed.madeDue.reduce((sum, { debtUsd }) => sum + debtUsd, 0)).toBeCloseTo(truth.madeDueUsd, 6);
}, 60_000);
