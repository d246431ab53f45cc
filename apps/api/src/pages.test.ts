import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Liquidated } from '@undertow/market';
import { MemoryFacts, recordDevnet, type Recording } from '../test-server/memory-facts.ts';
import { startApi, type RunningApi } from './start-api.ts';

// Lists in pages: whoever goes on from a cursor sees one list, whatever the chain does meanwhile.

let api: RunningApi;
let source: MemoryFacts;
let page: string;
let said: readonly Liquidated[];

beforeAll(async () => {
  const recording = await recordDevnet(24);
  said = liquidationsOf(recording);
  const facts = [...recording.facts, ...said].sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
  source = new MemoryFacts({ ...recording, facts });
  source.moveTo(source.newest);
  page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  api = await startApi({
    ...{ source, pageFolder: page, port: 0, hosts: [], measureSeconds: 0, log: pino({ level: 'silent' }) },
    network: { chainId: source.chainId, name: 'devnet', finalityDepth: 64 },
  });
}, 120_000);

afterAll(async () => {
  await api.close();
  rmSync(page, { recursive: true });
});

const TRANSACTION = `0x${'ab'.repeat(32)}` as const;
const LIQUIDATOR = `0x${'77'.repeat(20)}` as const;

/** Liquidations at two venues in the last blocks, beside what the recording has. */
function liquidationsOf({ chainId, blocks, facts, reference }: Recording): Liquidated[] {
  const address = (symbol: string) => reference.assets.find((asset) => asset.symbol === symbol)!.address;
  const owners = facts.flatMap((fact) => (fact.kind === 'LegChanged' ? fact.owner : [])).slice(0, 3);
  return blocks.slice(-9).flatMap(({ block, time }, i) =>
    owners.slice(0, 1 + (i % 3)).map((owner, j): Liquidated => ({
      ...{ kind: 'Liquidated', chainId, block, time, logIndex: 50_000 + j, part: 0, owner },
      ...{ venue: i % 2 === 0 ? 'aave-v3@devnet' : 'venus-core@devnet', market: address('USDC') },
      ...{ liquidator: j === 0 ? LIQUIDATOR : `0x${'0'.repeat(40)}` },
      ...{ collateralAsset: address('WETH'), debtAsset: address('USDC') },
      ...{ repaid: 1_500_000_000n, seized: 10n ** 18n, badDebt: 0n },
      ...(j === 0 && { transaction: TRANSACTION }),
    })),
  );
}

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function ask(query: string): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

interface Page<Node> {
  readonly head?: { readonly block: number };
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/** One page of a list, with what is asked of its nodes. */
async function pageOf<Node>(list: string, given: string, fields: string): Promise<Page<Node>> {
  const head = list === 'incidents' ? '' : 'head { block }';
  const { data, errors } = await ask(`{ ${list}(${given}) { ${head} totalCount nodes { ${fields} }
    edges { cursor node { ${fields} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`);
  if (errors) throw new Error(errors[0]!.message);
  return data![list] as Page<Node>;
}

/** All pages of a list; `between` is done before each page after the first. */
async function pagesOf<Node>(
  { list, given, fields }: { list: string; given: string; fields: string },
  between: () => void = () => undefined,
): Promise<Page<Node>[]> {
  const pages = [await pageOf<Node>(list, given, fields)];
  while (pages.at(-1)!.pageInfo.hasNextPage) {
    between();
    pages.push(await pageOf<Node>(list, `${given}, after: "${pages.at(-1)!.pageInfo.endCursor}"`, fields));
  }
  return pages;
}

const ACCOUNT = 'venue owner market healthFactor debtUsd';
type Account = { venue: string; owner: string; market: string; healthFactor: number; debtUsd: number };

describe('accounts', () => {
  it.each(['health', 'debt'])('give every account once by %s, while new blocks come', async (orderBy) => {
    const whole = await pageOf<Account>(
      'accounts',
      `first: 500, orderBy: ${orderBy}, block: ${source.newest - 4}`,
      ACCOUNT,
    );
    source.moveTo(source.newest - 4);
    const pages = await pagesOf<Account>(
      { list: 'accounts', given: `first: 7, orderBy: ${orderBy}`, fields: ACCOUNT },
      () => source.moveTo(source.newest),
    );
    expect(pages.flatMap(({ nodes }) => nodes)).toEqual(whole.nodes);
    expect(whole.nodes.length).toBeGreaterThan(20);
    for (const [i, { head, totalCount, pageInfo, edges, nodes }] of pages.entries()) {
      expect([head?.block, totalCount]).toEqual([source.newest - 4, whole.nodes.length]);
      expect(pageInfo.hasPreviousPage).toBe(i > 0);
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
      expect(edges.map(({ node }) => node)).toEqual(nodes);
    }
  });

  it('are those that all conditions hold for', async () => {
    const { nodes: all } = await pageOf<Account & { legs: { asset: { symbol: string } }[] }>(
      'accounts',
      'first: 500',
      `${ACCOUNT} legs { asset { symbol } }`,
    );
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
    ] as [string, (one: (typeof all)[number]) => boolean][]) {
      const found = await pageOf<Account>('accounts', `first: 500, where: { ${where} }`, ACCOUNT);
      const expected = all.filter(holds);
      expect([where, found.nodes.map((one) => one.owner)]).toEqual([where, expected.map((one) => one.owner)]);
      expect(found.totalCount).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it('are not gone on with from a cursor of another question, block or branch', async () => {
    const { pageInfo } = await pageOf('accounts', 'first: 2, where: { minDebtUsd: 1 }', 'owner');
    const after = `after: "${pageInfo.endCursor}"`;
    const refused = async (given: string) => (await ask(`{ accounts(${given}) { bookHash } }`)).errors?.[0];
    expect(await refused(after)).toMatchObject({ message: expect.stringMatching(/where and orderBy/) });
    expect(await refused(`${after}, where: { minDebtUsd: 1 }, orderBy: debt`)).toBeDefined();
    expect(await refused(`${after}, where: { minDebtUsd: 1 }, block: ${source.newest - 5}`)).toMatchObject({
      message: expect.stringMatching(/leave block out/),
    });
    expect(await refused(`${after}, where: { minDebtUsd: 1 }, block: ${source.newest}`)).toBeUndefined();
  });
});

const LIQUIDATION =
  'venue owner liquidator transaction block logIndex seized repaid seizedUsd repaidUsd unpricedBecause';
interface Seen {
  readonly venue: string;
  readonly owner: string;
  readonly liquidator: string | null;
  readonly block: number;
  readonly logIndex: number;
  readonly transaction: string | null;
  readonly seizedUsd: number | null;
  readonly repaidUsd: number | null;
  readonly unpricedBecause: string | null;
}

describe('liquidations', () => {
  it('give every liquidation once, newest first, while new blocks come', async () => {
    source.moveTo(source.newest - 4);
    const pages = await pagesOf<Seen>({ list: 'liquidations', given: 'first: 2', fields: LIQUIDATION }, () =>
      source.moveTo(source.newest),
    );
    const expected = said.filter(({ block }) => block <= source.newest - 4);
    const ours = pages.flatMap(({ nodes }) => nodes).filter(({ logIndex }) => logIndex >= 50_000);
    expect(ours.map(({ block, logIndex }) => [block, logIndex])).toEqual(
      expected.toReversed().map(({ block, logIndex }) => [block, logIndex]),
    );
    expect(new Set(pages.map(({ totalCount }) => totalCount)).size).toBe(1);
    expect(pages[0]?.totalCount).toBe(pages.flatMap(({ nodes }) => nodes).length);
  });

  it('are those that all conditions hold for', async () => {
    const { nodes: all } = await pageOf<Seen>('liquidations', 'first: 500', LIQUIDATION);
    const time = said.at(-1)!.time;
    const conditions: [string, (one: Seen) => boolean][] = [
      ['venue: "venus-core@devnet"', ({ venue }) => venue === 'venus-core@devnet'],
      [`owner: "${said[0]!.owner}"`, ({ owner }) => owner === said[0]!.owner],
      [`liquidator: "${LIQUIDATOR}"`, ({ liquidator }) => liquidator === LIQUIDATOR],
      [`from: ${time}`, ({ block }) => block === said.at(-1)!.block],
      [`to: ${time}`, ({ block }) => block < said.at(-1)!.block],
    ];
    for (const [where, holds] of conditions) {
      const { nodes, totalCount } = await pageOf<Seen>(
        'liquidations',
        `first: 500, where: { ${where} }`,
        LIQUIDATION,
      );
      expect([where, nodes]).toEqual([where, all.filter(holds)]);
      expect([totalCount, nodes.length > 0]).toEqual([nodes.length, true]);
    }
  });

  it('name nobody where the log does, and have the value that their venue saw then', async () => {
    const given = 'first: 500, where: { asset: "WETH", venue: "aave-v3@devnet" }';
    const { nodes } = await pageOf<Seen>('liquidations', given, LIQUIDATION);
    const ours = nodes.filter(({ logIndex }) => logIndex >= 50_000);
    expect(new Set(ours.map(({ liquidator }) => liquidator))).toEqual(new Set([LIQUIDATOR, null]));
    expect(new Set(ours.map(({ transaction }) => transaction))).toEqual(new Set([TRANSACTION, null]));
    for (const { block, seizedUsd, repaidUsd, unpricedBecause } of ours) {
      const { data } = await ask(
        `{ markets(block: ${block}) { nodes { venue prices { asset { symbol } priceUsd } } } }`,
      );
      const { nodes: markets } = data?.['markets'] as {
        nodes: { venue: string; prices: { asset: { symbol: string }; priceUsd: number }[] }[];
      };
      const price = (symbol: string) =>
        markets
          .filter(({ venue }) => venue === 'aave-v3@devnet')
          .flatMap(({ prices }) => prices)
          .find(({ asset }) => asset.symbol === symbol)!.priceUsd;
      expect(unpricedBecause).toBeNull();
      expect(seizedUsd! / price('WETH')).toBeCloseTo(1, 9);
      expect(repaidUsd! / price('USDC')).toBeCloseTo(1_500, 6);
    }
  });
});

describe('incidents', () => {
  it('give every incident once, newest first, of those that match', async () => {
    const pages = await pagesOf<{ id: number }>({ list: 'incidents', given: 'first: 1', fields: 'id' });
    expect(pages.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([[3], [2], [1]]);
    const found = await pageOf<{ id: number }>(
      'incidents',
      'where: { kind: endpoint, resolved: true }',
      'id',
    );
    expect(found).toMatchObject({ totalCount: 1, nodes: [{ id: 1 }] });
  });
});

it('a cursor of a block that the chain went back behind is refused, and says what to do', async () => {
  for (const list of ['accounts', 'liquidations']) {
    const { pageInfo } = await pageOf(list, 'first: 2', 'owner');
    const onward = `{ ${list}(after: "${pageInfo.endCursor}") { totalCount } }`;
    expect((await ask(onward)).errors).toBeUndefined();
    source.fork(source.newest - 2, source.newest);
    let error = (await ask(onward)).errors?.[0];
    // What is true now is being made ready.
    while (error?.extensions.code === 'REORGANISED') error = (await ask(onward)).errors?.[0];
    expect(error).toMatchObject({
      message: expect.stringMatching(/Begin again without after/),
      extensions: { code: 'CURSOR_GONE' },
    });
  }
});
