import type { Liquidated } from '@undertow/market';
import { MemoryFacts } from '../../test-server/memory-facts.ts';
import { recordDevnet, type Recording } from '../../test-server/record-devnet.ts';
import { pageOf, pagesFromEnd, pagesOf } from '../../test-server/pages.ts';
import { serveFacts, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
let recording: Recording;
let said: readonly Liquidated[];

beforeAll(async () => {
  recording = await recordDevnet(24);
  said = liquidationsOf(recording);
  const facts = [...recording.facts, ...said].sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
  source = new MemoryFacts({ ...recording, facts });
  source.moveTo(source.newest);
  api = await serveFacts(source);
}, 120_000);

afterAll(() => api.close());

const TRANSACTION = `0x${'ab'.repeat(32)}` as const;
const LIQUIDATOR = `0x${'77'.repeat(20)}` as const;

const addressIn = ({ assets }: Recording['reference'], symbol: string) =>
  assets.find((asset) => asset.symbol === symbol)!.address;

/** Liquidations at two venues in the last blocks, beside what the recording has. */
function liquidationsOf({ chainId, blocks, facts, reference }: Recording): Liquidated[] {
  const address = (symbol: string) => addressIn(reference, symbol);
  const owners = facts.flatMap((fact) => (fact.kind === 'LegChanged' ? fact.owner : [])).slice(0, 3);
  return blocks.slice(-9).flatMap(({ block, time }, i) =>
    owners.slice(0, 1 + (i % 3)).map((owner, j): Liquidated => ({
      ...{ kind: 'Liquidated', chainId, block, time, logIndex: 50_000 + j, part: 0, owner },
      ...{ venue: i % 2 === 0 ? 'aave-v3@devnet' : 'venus-core@devnet', market: address('USDC') },
      ...{ liquidator: j === 0 ? LIQUIDATOR : `0x${'0'.repeat(40)}` },
      ...{ collateralAsset: address(j === 1 ? 'WBTC' : 'WETH'), debtAsset: address('USDC') },
      ...{ repaid: 1_500_000_000n, seized: 10n ** 18n, badDebt: 0n },
      ...(j === 0 && { transaction: TRANSACTION }),
    })),
  );
}

const LIQUIDATION =
  'venue owner liquidator transaction block logIndex collateral { symbol } debt { symbol } seized repaid seizedUsd repaidUsd unpricedBecause';
interface Seen {
  readonly venue: string;
  readonly owner: string;
  readonly liquidator: string | null;
  readonly block: number;
  readonly logIndex: number;
  readonly transaction: string | null;
  readonly collateral: { readonly symbol: string };
  readonly debt: { readonly symbol: string };
  readonly seizedUsd: number | null;
  readonly repaidUsd: number | null;
  readonly unpricedBecause: string | null;
}

const liquidations = (given: string) =>
  pageOf<Seen>(api, { list: 'liquidations', given, fields: LIQUIDATION });

describe('pages of liquidations', () => {
  it('give every liquidation once, newest first, while new blocks come', async () => {
    const expected = said.filter(({ block }) => block <= source.newest - 4);
    for (const [walk, given] of [
      [pagesOf, 'first: 2'],
      [pagesFromEnd, 'last: 2'],
    ] as const) {
      source.moveTo(source.newest - 4);
      const pages = await walk<Seen>(api, { list: 'liquidations', given, fields: LIQUIDATION }, () =>
        source.moveTo(source.newest),
      );
      const ours = pages.flatMap(({ nodes }) => nodes).filter(({ logIndex }) => logIndex >= 50_000);
      expect(ours.map(({ block, logIndex }) => [block, logIndex])).toEqual(
        expected.toReversed().map(({ block, logIndex }) => [block, logIndex]),
      );
      expect(new Set(pages.map(({ totalCount }) => totalCount)).size).toBe(1);
      expect(pages[0]?.totalCount).toBe(pages.flatMap(({ nodes }) => nodes).length);
    }
  });

  it('are those that all conditions hold for', async () => {
    const { nodes: all } = await liquidations('first: 500');
    const time = said.at(-1)!.time;
    const conditions: [string, (one: Seen) => boolean][] = [
      ['venue: "venus-core@devnet"', ({ venue }) => venue === 'venus-core@devnet'],
      [`owner: "${said[0]!.owner}"`, ({ owner }) => owner === said[0]!.owner],
      [`liquidator: "${LIQUIDATOR}"`, ({ liquidator }) => liquidator === LIQUIDATOR],
      [`from: ${time}`, ({ block }) => block === said.at(-1)!.block],
      [`to: ${time}`, ({ block }) => block < said.at(-1)!.block],
      ...['USDC', 'WETH', 'WBTC'].map((symbol): [string, (one: Seen) => boolean] => [
        `venue: "aave-v3@devnet", market: "${symbol}"`,
        // Whose debt was repaid, or whose collateral was taken: markets go by assets there.
        ({ venue, debt, collateral }) =>
          venue === 'aave-v3@devnet' && [debt.symbol, collateral.symbol].includes(symbol),
      ]),
      [
        `venue: "aave-v3@devnet", market: "${addressIn(recording.reference, 'WBTC')}"`,
        ({ venue, collateral }) => venue === 'aave-v3@devnet' && collateral.symbol === 'WBTC',
      ],
    ];
    for (const [where, holds] of conditions) {
      const { nodes, totalCount } = await liquidations(`first: 500, where: { ${where} }`);
      expect([where, nodes]).toEqual([where, all.filter(holds)]);
      expect([totalCount, nodes.length > 0]).toEqual([nodes.length, true]);
    }
  });

  it('name nobody where the log does, and have the value that their venue saw then', async () => {
    const given = 'first: 500, where: { asset: "WETH", venue: "aave-v3@devnet" }';
    const { nodes } = await liquidations(given);
    const ours = nodes.filter(({ logIndex }) => logIndex >= 50_000);
    expect(new Set(ours.map(({ liquidator }) => liquidator))).toEqual(new Set([LIQUIDATOR, null]));
    expect(new Set(ours.map(({ transaction }) => transaction))).toEqual(new Set([TRANSACTION, null]));
    for (const { block, seizedUsd, repaidUsd, unpricedBecause } of ours) {
      const { data } = await api.ask(
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

describe('pages of incidents', () => {
  it('give every incident once, newest first, of those that match', async () => {
    const of = (given: string) => ({ list: 'incidents', given, fields: 'id' }) as const;
    const forwards = await pagesOf<{ id: number }>(api, of('first: 1'));
    const back = await pagesFromEnd<{ id: number }>(api, of('last: 1'));
    for (const pages of [forwards, back])
      expect(pages.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([[3], [2], [1]]);
    const found = await pageOf<{ id: number }>(api, of('where: { kind: endpoint, resolved: true }'));
    expect(found).toMatchObject({ totalCount: 1, nodes: [{ id: 1 }] });
  });
});

it('a cursor of a block that the chain went back behind is refused, and says what to do', async () => {
  for (const [list, name] of [
    ['accounts', 'after'],
    ['liquidations', 'after'],
    ['accounts', 'before'],
  ] as const) {
    const { pageInfo } = await pageOf(api, { list, given: 'first: 2', fields: 'owner' });
    const onward = `{ ${list}(${name}: "${pageInfo.endCursor}") { totalCount } }`;
    expect((await api.ask(onward)).errors).toBeUndefined();
    source.fork(source.newest - 2, source.newest);
    let error = (await api.ask(onward)).errors?.[0];
    // What is true now is being made ready.
    while (error?.extensions['code'] === 'REORGANISED') error = (await api.ask(onward)).errors?.[0];
    expect(error).toMatchObject({
      message: expect.stringMatching(new RegExp(`Begin again without ${name}`)),
      extensions: { code: 'CURSOR_GONE' },
    });
  }
});
