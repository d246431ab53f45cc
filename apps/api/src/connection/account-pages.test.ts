import type { MemoryFacts } from '../../test-server/memory-facts.ts';
import { pageOf, pagesFromEnd, pagesOf, type Page } from '../../test-server/pages.ts';
import { serveDevnet, type ServedFacts } from '../../test-server/serve-facts.ts';

// Whoever goes on from a cursor sees one list, whatever the chain does meanwhile.

let api: ServedFacts;
let source: MemoryFacts;

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

const FIELDS = 'venue owner market healthFactor debtUsd legs { market asset { symbol } amount }';
interface Account {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  readonly healthFactor: number;
  readonly debtUsd: number;
  readonly legs: readonly {
    readonly market: string;
    readonly asset: { readonly symbol: string };
    readonly amount: number;
  }[];
}
const page = (given: string) => pageOf<Account>(api, { list: 'accounts', given, fields: FIELDS });
const refused = async (given: string) => (await api.ask(`{ accounts(${given}) { bookHash } }`)).errors?.[0];

/** That pages are one list at one block, and say where they lie in it. */
function expectOneList(pages: readonly Page<Account>[], whole: Page<Account>): void {
  expect(pages.flatMap(({ nodes }) => nodes)).toEqual(whole.nodes);
  expect(whole.nodes.length).toBeGreaterThan(20);
  for (const [i, { head, totalCount, pageInfo, edges, nodes }] of pages.entries()) {
    expect([head?.block, totalCount]).toEqual([source.newest - 4, whole.nodes.length]);
    expect(pageInfo.hasPreviousPage).toBe(i > 0);
    expect(pageInfo.hasNextPage).toBe(i < pages.length - 1);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
    expect(edges.map(({ node }) => node)).toEqual(nodes);
  }
}

describe('pages of accounts', () => {
  it.each(['health', 'debt'])('give every account once by %s, while new blocks come', async (orderBy) => {
    const whole = await page(`first: 500, orderBy: ${orderBy}, block: ${source.newest - 4}`);
    const onward = () => source.moveTo(source.newest);
    for (const [walk, length] of [
      [pagesOf, 'first: 7'],
      [pagesFromEnd, 'last: 7'],
    ] as const) {
      source.moveTo(source.newest - 4);
      const given = `${length}, orderBy: ${orderBy}`;
      const pages = await walk<Account>(api, { list: 'accounts', given, fields: FIELDS }, onward);
      expectOneList(pages, whole);
      expect(pages[length === 'first: 7' ? 0 : pages.length - 1]!.nodes).toHaveLength(7);
    }
  });

  it('may lie between two cursors, and count from either end of what is left', async () => {
    const { nodes, edges } = await page('first: 500');
    const between = `after: "${edges[2]!.cursor}", before: "${edges[9]!.cursor}"`;
    const inner = nodes.slice(3, 9);
    for (const [length, expected] of [
      ['first: 500', inner],
      ['last: 500', inner],
      ['first: 2', inner.slice(0, 2)],
      ['last: 2', inner.slice(-2)],
    ] as const) {
      const found = await page(`${length}, ${between}`);
      expect([length, found.nodes]).toEqual([length, expected]);
      // What a cursor names lies beyond the page.
      expect([found.pageInfo.hasPreviousPage, found.pageInfo.hasNextPage]).toEqual([true, true]);
    }
    const none = await page(`first: 5, after: "${edges[2]!.cursor}", before: "${edges[3]!.cursor}"`);
    expect([none.nodes, none.pageInfo.startCursor]).toEqual([[], null]);
    expect((await page('last: 1')).nodes).toEqual(nodes.slice(-1));
    expect((await page('orderBy: health')).nodes).toEqual(nodes.slice(0, 50));
  });

  it('are of those that all conditions hold for', async () => {
    const { nodes: all } = await page('first: 500');
    const { owner } = all[0]!;
    const upper = owner.replace(/[a-f]/g, (letter) => letter.toUpperCase());
    for (const [where, holds] of [
      ['venue: "aave-v3@devnet"', (one) => one.venue === 'aave-v3@devnet'],
      [`owner: "${upper}"`, (one) => one.owner === owner],
      ['maxHealthFactor: 1.5', (one) => one.healthFactor <= 1.5],
      ['minDebtUsd: 5000', (one) => one.debtUsd >= 5_000],
      ['asset: "wbtc"', ({ legs }) => legs.some(({ asset }) => asset.symbol === 'WBTC')],
      [
        'minDebtUsd: 5000, asset: "WETH"',
        (one) => one.debtUsd >= 5_000 && one.legs.some(({ asset }) => asset.symbol === 'WETH'),
      ],
      ['venue: null', () => true],
    ] as [string, (one: Account) => boolean][]) {
      const found = await page(`first: 500, where: { ${where} }`);
      const expected = all.filter(holds);
      expect([where, found.nodes.map((one) => one.owner)]).toEqual([where, expected.map((one) => one.owner)]);
      expect(found.totalCount).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it('of a market are those with something in it, by its id and by its name', async () => {
    const { data } = await api.ask('{ markets { nodes { venue id name label debtUsd collateralUsd } } }');
    const { nodes: markets } = data!['markets'] as {
      nodes: {
        venue: string;
        id: string;
        name: string;
        label: string;
        debtUsd: number;
        collateralUsd: number;
      }[];
    };
    const { nodes: all } = await page('first: 500');
    let several = 0;
    for (const { venue, id, name, label, debtUsd, collateralUsd } of markets) {
      const of = (market: string) =>
        page(`first: 500, where: { venue: "${venue}", market: ${JSON.stringify(market)} }`);
      const found = await of(id);
      expect((await of(name)).nodes).toEqual(found.nodes);
      if (debtUsd + collateralUsd > 0) expect(found.nodes.length).toBeGreaterThan(0);
      const own = all.filter((one) => one.venue === venue);
      const inIt = own.filter(({ legs }) => legs.some((leg) => leg.market === label && leg.amount !== 0));
      // Labels may be those of several markets, and a category's terms apply to legs of other markets.
      for (const one of found.nodes) expect(own).toContainEqual(one);
      if (markets.filter((other) => other.venue === venue && other.label === label).length === 1)
        for (const one of inIt) expect(found.nodes).toContainEqual(one);
      if (found.nodes.length > 0 && found.nodes.length < own.length) several += 1;
    }
    expect(several).toBeGreaterThan(3);
  });

  it('are not gone on with from a cursor of another question, block or branch', async () => {
    const { pageInfo } = await page('first: 2, where: { minDebtUsd: 1 }');
    for (const [name, cursor] of [
      ['after', pageInfo.endCursor],
      ['before', pageInfo.startCursor],
    ] as const) {
      const given = `${name}: "${cursor}"`;
      const message = (pattern: RegExp) => ({ message: expect.stringMatching(pattern) });
      expect(await refused(given)).toMatchObject(message(/where and orderBy/));
      expect(await refused(`${given}, where: { minDebtUsd: 1 }, orderBy: debt`)).toBeDefined();
      expect(await refused(`${given}, where: { minDebtUsd: 1 }, block: ${source.newest - 5}`)).toMatchObject(
        message(new RegExp(`^${name} is of block .*leave block out`)),
      );
      expect(await refused(`${given}, where: { minDebtUsd: 1 }, block: ${source.newest}`)).toBeUndefined();
    }
  });

  it('do not lie between cursors of two blocks', async () => {
    const old = await page(`first: 2, block: ${source.newest - 3}`);
    const { pageInfo } = await page('first: 9');
    expect(
      await refused(`after: "${old.pageInfo.endCursor}", before: "${pageInfo.endCursor}"`),
    ).toMatchObject({ message: expect.stringMatching(/both must be cursors of one list/) });
  });
});
