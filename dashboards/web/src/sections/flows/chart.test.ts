import type { Cascade } from '../cascade/load.ts';
import { venueColours } from '../../chart/venue-colours.ts';
import { CASCADE } from '../cascade/load.ts';
import type { CascadeAnswer } from '../../graph/answers.ts';
import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { DEFAULT_SETTINGS, scenarioVariables } from '../../scenario/scenario.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { flowChart } from './chart.ts';
import { flowGraph } from './graph.ts';

let cascade: Cascade;
beforeAll(async () => {
  const scenario = { moves: [{ what: 'ETH', move: -0.2 }], settings: DEFAULT_SETTINGS, overrides: [] };
  const variables = { ...scenarioVariables(scenario), accounts: 5 };
  ({ cascade } = await toyAnswer<CascadeAnswer>(CASCADE, variables));
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the graph', () => {
  test('keeps every dollar: what is liquidated by the shock, sold, and liquidated by sales', () => {
    const { nodes, links } = flowGraph(cascade);
    const columnOf = new Map(nodes.map(({ id, column }) => [id, column]));
    const between = (from: number) =>
      sum(links.filter(({ source }) => columnOf.get(source) === from).map(({ value }) => value));
    const liquidated = (byShock: boolean) =>
      sum(
        cascade.contagion
          .filter(({ cause }) => (cause === 'shock') === byShock)
          .map((row) => row.liquidatedUsd),
      );
    const hurtBy = new Set(
      cascade.contagion.flatMap(({ cause, asset }) => (cause === 'shock' ? [] : asset.address)),
    );
    expect(between(0)).toBeCloseTo(liquidated(true), 4);
    expect(between(1)).toBeCloseTo(
      sum(
        cascade.flows.map(
          ({ asset, soldUsd, boughtUsd }) => soldUsd + (hurtBy.has(asset.address) ? boughtUsd : 0),
        ),
      ),
      4,
    );
    expect(between(2)).toBeCloseTo(liquidated(false), 4);
    expect(liquidated(false)).toBeGreaterThan(0);
    expect(links.every(({ source, target }) => columnOf.has(source) && columnOf.has(target))).toBe(true);
  });

  const row = (cause: string, asset: string, venue: string) => ({
    ...{
      cause,
      venue,
      asset: { address: asset, symbol: asset.toUpperCase() },
      liquidatedUsd: 10,
      badDebtUsd: 0,
    },
  });

  test('an asset that its cause did not trade is drawn through the one that it follows', () => {
    const flows = [{ venue: 'a', asset: { address: 'weth', symbol: 'WETH' }, soldUsd: 5, boughtUsd: 0 }];
    const follows = new Map([['steth', { address: 'weth', symbol: 'WETH' }]]);
    const contagion = [row('a', 'steth', 'b'), row('a', 'other', 'b')];
    const { links } = flowGraph({ contagion, flows }, follows);
    expect(links.filter(({ target }) => target === 'to b').map(({ source }) => source)).toEqual([
      'weth',
      'other',
    ]);
  });

  test('what is bought back counts only where it moved a price that hurt', () => {
    const flow = (asset: string) => ({
      venue: 'a',
      asset: { address: asset, symbol: asset },
      soldUsd: 0,
      boughtUsd: 7,
    });
    const { links } = flowGraph({ contagion: [row('a', 'weth', 'b')], flows: [flow('weth'), flow('usdc')] });
    expect(links.map(({ source, target, value }) => [source, target, value])).toEqual([
      ['weth', 'to b', 10],
      ['from a', 'weth', 7],
    ]);
  });
});

describe('the picture', () => {
  const venues = () => cascade.byVenue.map(({ venue }) => venue);

  function paths(markup: Markup): Markup[] {
    const inside = markup.children
      .filter((child): child is Markup => typeof child !== 'string')
      .flatMap(paths);
    return markup.tag === 'path' ? [markup] : inside;
  }

  test('widths of bands are USD, all to one scale', () => {
    const graph = flowGraph(cascade);
    const bands = paths(
      flowChart({ graph, colourOf: venueColours(venues(), 'light'), theme: 'light', width: 700 }),
    );
    expect(bands).toHaveLength(graph.links.length);
    const widths = bands.map(({ attributes }) => Number(attributes['stroke-width']));
    const scale = Math.max(...widths) / Math.max(...graph.links.map(({ value }) => value));
    graph.links.forEach(({ value }, i) => expect(widths[i]).toBeCloseTo(Math.max(1, value * scale), 6));
  });

  test('any width draws without NaN, the same twice, and leaves the graph as it was', () => {
    const graph = flowGraph(cascade);
    const before = JSON.stringify(graph);
    for (const width of [280, 700, 1_400]) {
      const drawn = toHtml(
        flowChart({ graph, colourOf: venueColours(venues(), 'dark'), theme: 'dark', width }),
      );
      expect(drawn).toBe(
        toHtml(flowChart({ graph, colourOf: venueColours(venues(), 'dark'), theme: 'dark', width })),
      );
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
    expect(JSON.stringify(graph)).toBe(before);
  });

  test('a shock that nobody sells after, and nothing at all', () => {
    const shockOnly = { contagion: cascade.contagion.filter(({ cause }) => cause === 'shock'), flows: [] };
    for (const flowing of [shockOnly, { contagion: [], flows: [] }]) {
      const graph = flowGraph(flowing);
      expect(
        toHtml(flowChart({ graph, colourOf: venueColours(venues(), 'light'), theme: 'light', width: 600 })),
      ).not.toMatch(/NaN|undefined/);
    }
    expect(flowGraph(shockOnly).links.length).toBeGreaterThan(1);
  });
});
