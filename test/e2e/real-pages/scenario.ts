import { moveInWords } from '../undertow-page.ts';
import { ask, command, dollars, expectDollars, onOneLine, open, sentencesOf } from './real-run.ts';

interface Heatmap {
  readonly rows: readonly {
    readonly symbol: string;
    readonly cells: readonly {
      readonly move: number;
      readonly lossUsd: number;
      readonly liquidatedUsd: number;
    }[];
  }[];
}

test('/scenario: every cell shows the loss and the liquidated value that the API answers for it, to the digits shown', async () => {
  const page = await open('/scenario');
  const { heatmap } = await ask<{ heatmap: Heatmap }>(
    '{ heatmap(moves: [-0.05, -0.1, -0.2, -0.3, -0.4, -0.5, 0.2, 0.5]) { rows { symbol cells { move lossUsd liquidatedUsd } } } }',
  );
  let telling = 0;
  for (const measure of ['lossUsd', 'liquidatedUsd'] as const) {
    await page.chooseMeasure(measure === 'lossUsd' ? 'Loss' : 'Liquidated');
    for (const { symbol, cells } of heatmap.rows) {
      for (const { move, [measure]: value } of cells) {
        const text = (await page.cell(symbol, move).textContent()) ?? '';
        expectDollars(text, value, { symbol, move, measure });
        if (value > 0) telling++;
      }
    }
  }
  expect(telling).toBeGreaterThan(8);
}, 60_000);

test('/scenario: what is lost is told as the API and the command tell it, after what every asset’s market did', async () => {
  const [page, printed] = await Promise.all([
    open('/scenario?shock=WETH:-0.2,WBTC:-0.3'),
    command<{ headline: string; lossUsd: number; bookHash: string }>(
      ...['simulate', '--shock', 'WETH=-20%', '--shock', 'WBTC=-30%'],
    ),
  ]);
  const { cascade } = await ask<{
    cascade: {
      headline: string;
      lossUsd: number;
      bookHash: string;
      moves: { asset: { symbol: string }; marketMove: number }[];
    };
  }>(
    '{ cascade(moves: [{ what: "WETH", move: -0.2 }, { what: "WBTC", move: -0.3 }]) { headline lossUsd bookHash moves { asset { symbol } marketMove } } }',
  );
  const { headline, lossUsd, bookHash } = cascade;
  expect(printed).toMatchObject({ headline, lossUsd, bookHash });
  await page.loss.filter({ hasText: '−30\u202f%' }).waitFor();
  const text = onOneLine((await page.page.locator('#loss, #result').allInnerTexts()).join(' '));
  for (const sentence of sentencesOf(headline)) expect(text).toContain(sentence);
  const moved = cascade.moves.filter(({ marketMove }) => Math.abs(marketMove + 0.2) < 1e-6);
  expect(moved.length).toBeGreaterThan(1);
  for (const { asset } of moved.slice(0, 8)) expect(text).toContain(asset.symbol);
  expectDollars(await page.page.locator('#result .figures dd').first().innerText(), lossUsd);
}, 60_000);

test('/scenario: who hurts whom adds up to what the cascade liquidates, on the page as in the API', async () => {
  const page = await open('/scenario?shock=WETH:-0.4&tab=between');
  const { cascade } = await ask<{
    cascade: { liquidatedUsd: number; contagion: { liquidatedUsd: number }[] };
  }>('{ cascade(moves: [{ what: "WETH", move: -0.4 }]) { liquidatedUsd contagion { liquidatedUsd } } }');
  const sum = cascade.contagion.reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  expect(sum / cascade.liquidatedUsd).toBeCloseTo(1, 6);
  const all = page.page.locator('#contagion .hurt tbody tr').last().locator('td').last();
  expectDollars(await all.innerText(), sum);
  expect(await page.page.locator('svg.flows path').count()).toBeGreaterThan(6);
}, 60_000);

test('/scenario: a click opens the cascade with the numbers of its cell', async () => {
  const page = await open('/scenario?tab=rounds');
  const { cascade } = await ask<{
    cascade: { accounts: number; rounds: readonly unknown[]; scenario: { moves: { what: string }[] } };
  }>(
    '{ cascade(moves: [{ what: "WETH", move: -0.3 }]) { accounts rounds { index } scenario { moves { what } } } }',
  );
  const name = cascade.scenario.moves[0]?.what ?? '';
  await page.cell(name, -0.3).click();
  const { headline, rounds } = await page.cascadeOf(moveInWords(name, -0.3));
  expect(headline).toContain(`${cascade.accounts} accounts liquidated in ${cascade.rounds.length} rounds`);
  expect(rounds).toBe(cascade.rounds.length);
  expect(cascade.rounds.length).toBeGreaterThan(1);
}, 60_000);

test('/: what a fall would cost now and who bears it, as API and command say; a cell leads to its own scenario', async () => {
  const [page, printed] = await Promise.all([
    open('/'),
    command<{ headline: string; waterfall: readonly { venue: string; lossUsd: number }[] }>(
      ...['simulate', '--shock', 'ETH=-20%'],
    ),
  ]);
  const { cascade, status, venues, heatmap } = await ask<{
    cascade: { headline: string };
    status: { coverage: { modelledDebtUsd: number } };
    venues: { nodes: { id: string; due: number }[] };
    heatmap: Heatmap;
  }>(`{
    cascade(moves: [{ what: "ETH", move: -0.2 }]) { headline }
    status { coverage { modelledDebtUsd } }
    venues { nodes { id due } }
    heatmap(moves: [-0.3]) { rows { symbol cells { move lossUsd liquidatedUsd } } }
  }`);
  expect(printed.headline).toBe(cascade.headline);
  const told = onOneLine(await page.page.locator('#headline').innerText());
  for (const sentence of sentencesOf(cascade.headline)) expect(told).toContain(sentence);
  const most = [...printed.waterfall].sort((a, b) => b.lossUsd - a.lossUsd).slice(0, 4);
  expect(most.length).toBeGreaterThan(0);
  for (const { venue, lossUsd } of most) {
    const bearer = page.page.locator('.bearers li').filter({ has: page.page.locator(`[title="${venue}"]`) });
    expectDollars(await bearer.locator('b').innerText(), lossUsd, venue);
  }
  const watched = page.page.locator('.tile').filter({ hasText: 'Debt watched' }).locator('.value');
  expectDollars(await watched.innerText(), status.coverage.modelledDebtUsd);
  const calls = onOneLine(await page.page.locator('#attention').innerText());
  for (const { id, due } of venues.nodes.filter((venue) => venue.due > 0))
    expect([id, calls]).toEqual([id, expect.stringMatching(new RegExp(`\\b${due} accounts? due at `))]);
  const { symbol, cells } = [...heatmap.rows].sort((a, b) => b.cells[0]!.lossUsd - a.cells[0]!.lossUsd)[0]!;
  const cell = page.page.locator(`.small-map a[aria-label^="${moveInWords(symbol, -0.3)}:"]`);
  expect(dollars((await cell.textContent()) ?? '')).toBeGreaterThan(0);
  expectDollars((await cell.textContent()) ?? '', cells[0]!.lossUsd, symbol);
  await cell.click();
  await page.loss.filter({ hasText: moveInWords(symbol, -0.3) }).waitFor();
  expectDollars(await page.page.locator('#result .figures dd').first().innerText(), cells[0]!.lossUsd);
}, 60_000);
