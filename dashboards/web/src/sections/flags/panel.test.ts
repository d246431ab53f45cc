import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { loadedAt, toyState } from '../../../test-server/toy-state.ts';
import type { FlagsAnswer } from '../../graph/answers.ts';
import { withAnswer } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { toHtml } from '../../markup/to-html.ts';
import { itemsOf } from '../attention/items.ts';
import { oracles } from '../oracles/asked.ts';
import { ORACLES, type Oracles } from '../oracles/load.ts';
import { pairsPanel } from '../oracles/pairs-panel.ts';
import { flags } from './asked.ts';
import { FLAGS, flagsOf, type Flag } from './load.ts';
import { flagsPanel } from './panel.ts';

const NOW = 1_795_175_400;
const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

async function stateWith(
  change: (nodes: readonly Flag[]) => readonly Flag[] = (nodes) => nodes,
): Promise<State> {
  const answer = flagsOf(await toyAnswer<FlagsAnswer>(FLAGS, { first: 100 }));
  const value = { ...answer, nodes: change(answer.nodes) };
  const state = await toyState(NOW);
  return { ...state, ...withAnswer(state, flags, loadedAt(value, NOW)) };
}

test('flags that stand come first with their reason, those that are over after them, and the lines of all rules', async () => {
  const html = toHtml(flagsPanel(await stateWith()));
  const shown = text(html);
  expect(shown).toContain('critical: overdue');
  expect(shown).toContain('Age ÷ heartbeat: 3.1. Raised from 1.5 on, critical from 2.');
  expect(shown).toMatch(/Over \(1\).*at its cap/);
  expect(shown.indexOf('overdue')).toBeLessThan(shown.indexOf('Over (1)'));
  expect(shown).toMatch(/By which lines.*distance from the market 0\.02 0\.05 0\.01 from there on/);
  expect(html).toContain('href="/assets/WETH"');
  expect(shown).not.toMatch(/NaN|undefined|null/);
  const none = text(toHtml(flagsPanel(await stateWith(() => []))));
  expect(none).toContain('No flag stands.');
  expect(none).not.toContain('Over (');
});

test('what to act on names the worst flags that stand, and counts the others', async () => {
  const wordsOf = async (change: (nodes: readonly Flag[]) => readonly Flag[]) =>
    itemsOf(await stateWith(change))
      .filter(({ path }) => path === '/oracles#flags')
      .map(({ words, level }) => `${level}: ${words}`);
  expect(await wordsOf((nodes) => nodes)).toEqual(['bad: ETH / USD: overdue']);
  expect(await wordsOf(() => [])).toEqual([]);
  const many = (nodes: readonly Flag[]) =>
    Array.from({ length: 6 }, (_, i): Flag => ({
      ...nodes[0]!,
      subject: `feed ${i}`,
      severity: i === 0 ? 'critical' : 'warning',
    }));
  const items = await wordsOf(many);
  expect(items).toHaveLength(5);
  expect(items[0]).toBe('bad: ETH / USD: overdue');
  expect(items.at(-1)).toBe('warn: 2 more flags');
});

test('pairs and assets with several prices are shown with how far they are apart', async () => {
  const state = await toyState(NOW);
  const { oracles: report } = await toyAnswer<{ oracles: Oracles }>(ORACLES);
  const shownOf = (value: Oracles) =>
    text(toHtml(pairsPanel({ ...state, ...withAnswer(state, oracles, loadedAt(value, NOW)) })));
  const asset = { address: '0x12', symbol: 'WETH' };
  const pairs = [
    {
      ...{ venue: 'aave-v3', market: '', collateral: asset, debt: { ...asset, symbol: 'WBTC' } },
      ...{ collateralFeeds: ['a'], debtFeeds: ['b'], debtUsd: 5e6, splitLegs: 0.0312, apartSeconds: 5_400 },
      warnings: [{ kind: 'split_legs', severity: 'warning', value: 0.0312 }] as const,
    },
  ];
  const shown = shownOf({ ...report, pairs });
  expect(shown).toMatch(/WETH \/ WBTC.*3\.1.*90.min.*the pair is 3\.1.% from the ratio of its markets/);
  expect(shownOf({ ...report, pairs: [], assets: [] })).toMatch(
    /No account holds one feed against another.*No asset has more than one price/,
  );
});
