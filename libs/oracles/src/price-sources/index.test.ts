import type { Address, Fact, FeedId, TermsChanged } from '@undertow/market';
import { openOracle } from '../open-oracle.ts';
import { contractAt, proxy, readerOf, type Views } from './fixtures/contracts.ts';

const [eth, usdc, stable, gone] = [1, 2, 3, 4].map(contractAt) as [Address, Address, Address, Address];
const at = (block: number) => ({ chainId: 1, block, time: 1_000 + block });
const terms = (market: string, feed: FeedId): TermsChanged => ({
  ...{ kind: 'TermsChanged', chainId: 1, block: 1, logIndex: 0, part: 0, time: 0, venue: 'v', market },
  patch: { form: 'reserve', oracle: { form: 'feed', feed } },
});
const cap = (usd: bigint, greatest: bigint): Views => ({
  ...{ decimals: 8n, description: 'Capped USDC / USD', latestAnswer: usd < greatest ? usd : greatest },
  ...{ ASSET_TO_USD_AGGREGATOR: BigInt(usdc), getPriceCap: greatest },
});
const world = (ethUsd: bigint, usd: bigint, greatest = 104_000_000n) =>
  readerOf({
    [eth]: proxy('ETH / USD', ethUsd),
    [usdc]: proxy('USDC / USD', usd),
    [stable]: cap(usd, greatest),
  });
const open = (logged?: readonly FeedId[]) => {
  const source = openOracle({ adapter: 'price-sources', id: 'p', ...(logged && { logged }) });
  source.hear!([terms('weth', eth), terms('usdc', stable)]);
  return source;
};
const kinds = (facts: readonly Fact[]) =>
  facts.map((fact) => [
    fact.kind,
    'feed' in fact ? fact.feed : fact.kind === 'Quarantined' ? fact.reason : '',
  ]);

test('named price sources are told with what they are made of and how they describe themselves', async () => {
  const { facts, reference } = await open().poll!(world(5n, 100_000_000n), at(9));
  expect(kinds(facts)).toEqual([
    ['FormulaPosted', stable],
    ['PricePosted', eth],
    ['PricePosted', stable],
    ['PricePosted', usdc],
  ]);
  expect(facts[0]).toMatchObject({
    formula: { form: 'capped', base: usdc, greatest: 104_000_000n },
    part: 0,
    block: 9,
  });
  expect(facts[1]).toMatchObject({ answer: 5n, round: 7n, updatedAt: 1_600, part: 1 });
  expect(facts[2]).toMatchObject({ answer: 100_000_000n, round: 0n, updatedAt: 0 });
  expect(reference?.feeds?.map(({ id, description }) => [id, description])).toEqual([
    [eth, 'ETH / USD'],
    [stable, 'Capped USDC / USD'],
    [usdc, 'USDC / USD'],
  ]);
});

test('then only what changed, and all again after a reorg and a restore', async () => {
  const source = open();
  const poll = async (block: number, usd: bigint, greatest?: bigint) =>
    kinds((await source.poll!(world(5n, usd, greatest), at(block))).facts).map(([kind]) => kind);
  expect(await poll(7, 100_000_000n)).toHaveLength(4);
  expect(await poll(8, 100_000_000n)).toEqual([]);
  expect(await poll(9, 100_000_001n)).toEqual(['PricePosted', 'PricePosted']);
  expect(await poll(10, 100_000_001n, 105_000_000n)).toEqual(['FormulaPosted']);
  expect(await poll(10, 100_000_001n, 105_000_000n)).toHaveLength(4);
  source.restore!([terms('weth', eth)]);
  expect(await poll(12, 100_000_000n)).toEqual(['PricePosted']);
});

test('all again at the first block of a period, and after a restart only what stored facts do not say', async () => {
  const source = open();
  const said: Fact[] = [];
  const poll = async (block: number, usd: bigint, who = source) => {
    const { facts } = await who.poll!(world(5n, usd), at(block));
    said.push(...facts);
    return kinds(facts).map(([kind]) => kind);
  };
  expect(await poll(48, 100_000_000n)).toHaveLength(4);
  expect(await poll(49, 100_000_000n)).toEqual([]);
  expect(await poll(50, 100_000_000n)).toHaveLength(4);
  expect(await poll(51, 100_000_001n)).toEqual(['PricePosted', 'PricePosted']);
  const again = openOracle({ adapter: 'price-sources', id: 'p' });
  // As stored facts come back: their fields in another order.
  const turned = said
    .filter(({ block }) => block >= 50)
    .map((fact) => ('formula' in fact && fact.formula ? { ...fact, formula: reversed(fact.formula) } : fact));
  again.restore!([terms('weth', eth), terms('usdc', stable), ...turned]);
  expect(await poll(52, 100_000_001n, again)).toEqual([]);
  expect(await poll(52, 100_000_001n)).toEqual([]);
  expect(await poll(53, 100_000_002n, again)).toEqual(['PricePosted', 'PricePosted']);
  expect(await poll(53, 100_000_002n)).toEqual(['PricePosted', 'PricePosted']);
});

const reversed = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;

test('a source that no terms name any more is asked no more', async () => {
  const source = open();
  source.hear!([terms('usdc', eth)]);
  expect(kinds((await source.poll!(world(5n, 100_000_000n), at(7))).facts)).toEqual([['PricePosted', eth]]);
});

test('feeds whose answers come from logs are walked down to and not told again', async () => {
  const { facts, reference } = await open([eth, usdc]).poll!(world(5n, 100_000_000n), at(7));
  expect(kinds(facts)).toEqual([
    ['FormulaPosted', stable],
    ['PricePosted', stable],
  ]);
  expect(reference?.feeds?.map(({ id }) => id)).toEqual([stable]);
});

test('an adapter that becomes a base feed is made of nothing then', async () => {
  const source = open();
  await source.poll!(world(5n, 100_000_000n), at(7));
  // It stops being what it seemed, is looked at anew, and is another contract.
  const turned = readerOf({ [eth]: proxy('ETH / USD', 5n), [stable]: proxy('USDC / USD', 1n), [usdc]: {} });
  await source.poll!(turned, at(8));
  const { facts } = await source.poll!(turned, at(9));
  expect(facts[0]).toMatchObject({ kind: 'FormulaPosted', feed: stable, formula: null });
});

test.each([
  ['nothing', undefined, 0n, 'gives no answer'],
  ['zero', 0n, 0n, 'is not positive'],
  ['less', -5n, -5n, 'is not positive'],
] as const)(
  'a feed that answers %s has no price, and that is told once',
  async (_what, said, answer, reason) => {
    const source = openOracle({ adapter: 'price-sources', id: 'p' });
    source.hear!([terms('x', gone)]);
    const silent = readerOf({ [gone]: said === undefined ? {} : proxy('XYZ / USD', said) });
    const { facts } = await source.poll!(silent, at(7));
    expect(facts.find(({ kind }) => kind === 'PricePosted')).toMatchObject({ answer });
    expect(facts.find(({ kind }) => kind === 'Quarantined')).toMatchObject({
      reason: expect.stringContaining(reason),
    });
    expect((await source.poll!(silent, at(8))).facts).toEqual([]);
  },
);
