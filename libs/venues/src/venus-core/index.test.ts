import type { CallReader, RawLog } from '@undertow/chain';
import type { Hex } from '@undertow/market';
import { encodeAbiParameters, toEventSelector, toFunctionSelector } from 'viem/utils';
import { venusCoreEvents } from './abi.ts';
import { deployment, known } from './fixtures/example.ts';
import { openVenusCore } from './index.ts';

const silent: CallReader = { calls: async (calls) => calls.map(() => undefined) };
const market = `0x${'7'.repeat(40)}` as const;

/** A log of an event without indexed inputs, all of whose inputs are words. */
function logOf(
  address: Hex,
  event: { readonly inputs: readonly unknown[] },
  values: readonly unknown[],
): RawLog {
  return {
    ...{ chainId: 1, address, topics: [toEventSelector(event as never)] },
    data: encodeAbiParameters(event.inputs as never, values as never),
    ...{ block: 10, blockHash: `0x${'ee'.repeat(32)}`, time: 1_000, logIndex: 3 },
  };
}

test('a market that is listed is watched from then on, and after a restart', async () => {
  const source = openVenusCore(deployment);
  const borrowed = logOf(market, venusCoreEvents.borrow, [`0x${'5'.repeat(40)}`, 3n, 5n, 9n]);
  expect(source.decode(borrowed).facts).toEqual([]);
  const listed = source.decode(logOf(deployment.comptroller, venusCoreEvents.marketListed, [market]));
  expect(listed.discovered).toEqual([market]);
  expect(source.addresses()).toContain(market);
  const said = source.decode(borrowed).facts;
  expect(said).toMatchObject([
    { kind: 'GrowthAccrued', market, growth: { said: 'moved', cashDelta: -3n, borrows: 9n } },
    { kind: 'PositionChanged', market, change: { form: 'indexed-debt', principal: 5n } },
  ]);
  source.restore!(known);
  expect(source.addresses()).not.toContain(market);
  source.restore!([...known, ...listed.facts]);
  expect(source.decode(borrowed).facts).toEqual(said);
  // A market whose contract answers nothing keeps what the logs said.
  const { facts } = await source.enrich(listed.facts, silent, 10);
  expect(facts).toMatchObject([{ market, patch: { form: 'money-market' } }]);
  expect(Object.keys((facts[0] as { patch: object }).patch)).toEqual(['form']);
});

test('a liquidation in the range in which its market is listed is told once the asset is known', async () => {
  const source = openVenusCore(deployment);
  const [asset, owner, liquidator, other] = ['5', '6', '8', '9'].map((digit): Hex => `0x${digit.repeat(40)}`);
  const listed = source.decode(logOf(deployment.comptroller, venusCoreEvents.marketListed, [market]));
  const values = [liquidator, owner, 30n, other, 40n];
  const liquidated = { ...logOf(market, venusCoreEvents.liquidateBorrow, values), block: 12, logIndex: 5 };
  expect(source.decode(liquidated).facts).toEqual([]);
  const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;
  const answers = new Map([
    [toFunctionSelector('function underlying()'), word(BigInt(asset!))],
    [toFunctionSelector('function decimals()'), word(18n)],
  ]);
  const reader: CallReader = {
    calls: async (calls) => calls.map(({ data }) => answers.get(data.slice(0, 10) as Hex)),
  };
  const { facts } = await source.enrich(listed.facts, reader, 12);
  const told = facts.filter(({ kind }) => kind === 'Liquidated');
  expect(told).toMatchObject([
    {
      block: 12,
      logIndex: 5,
      part: 0,
      market,
      owner,
      liquidator,
      debtAsset: asset,
      repaid: 30n,
      seized: 40n,
    },
  ]);
  expect(source.decode(liquidated).facts).toEqual(told);
  expect((await source.enrich([], reader, 13)).facts).toEqual([]);
});

test('a liquidation in a market whose asset is never known is quarantined, in its own range and in later ones', async () => {
  const source = openVenusCore(deployment);
  const listed = source.decode(logOf(deployment.comptroller, venusCoreEvents.marketListed, [market]));
  const [owner, liquidator, other] = ['6', '8', '9'].map((digit): Hex => `0x${digit.repeat(40)}`);
  const liquidated = logOf(market, venusCoreEvents.liquidateBorrow, [liquidator, owner, 30n, other, 40n]);
  const expected = {
    ...{ kind: 'Quarantined', block: 10, logIndex: 3, part: 0, topics: liquidated.topics },
    reason: expect.stringContaining('whose asset is not known'),
  };
  source.decode(liquidated);
  const { facts } = await source.enrich(listed.facts, silent, 12);
  expect(facts.slice(1)).toMatchObject([expected]);
  source.decode(liquidated);
  expect((await source.enrich([], silent, 13)).facts).toMatchObject([expected]);
  expect((await source.enrich([], silent, 14)).facts).toEqual([]);
});

test('a feed that is replaced, and a price set by hand, change the markets of their asset alone', () => {
  const source = openVenusCore(deployment);
  source.restore!(known);
  const [first] = known.filter((fact) => fact.kind === 'TermsChanged' && fact.patch.form === 'money-market');
  const feed = `0x${'6'.repeat(40)}` as const;
  const set = logOf(deployment.oracle, venusCoreEvents.feedSet, [feed, 'T1']);
  const changed = (oracle: object) => [
    {
      kind: 'TermsChanged',
      market: (first as { market: string }).market,
      patch: { form: 'money-market', oracle },
    },
  ];
  expect(source.decode(set).facts).toMatchObject(changed({ form: 'feed', feed }));
  const { asset } = (first as { patch: { asset: Hex } }).patch;
  const byHand = (price: bigint) =>
    logOf(deployment.oracle, venusCoreEvents.pricePosted, [asset, 0n, price, price]);
  expect(source.decode(byHand(7n)).facts).toMatchObject(changed({ form: 'constant', usdWad: 7n }));
  expect(source.decode(byHand(0n)).facts).toMatchObject(changed({ form: 'feed', feed }));
});

test('another oracle and debts in another coin are said to be unknown', () => {
  const source = openVenusCore(deployment);
  source.restore!(known);
  const other = `0x${'8'.repeat(40)}` as const;
  const nobody = `0x${'0'.repeat(40)}` as const;
  const replaced = logOf(deployment.comptroller, venusCoreEvents.newPriceOracle, [nobody, other]);
  const { facts } = source.decode(replaced);
  expect(facts).toHaveLength(3);
  expect(facts[0]).toMatchObject({ kind: 'Quarantined', reason: expect.stringMatching(/^another oracle/) });
  expect(facts[1]).toMatchObject({ patch: { oracle: { form: 'constant' } } });
  const vai = (to: Hex) => logOf(deployment.comptroller, venusCoreEvents.newVaiController, [nobody, to]);
  expect(source.decode(vai(other)).facts).toMatchObject([{ reason: expect.stringMatching(/VAI/) }]);
  expect(source.decode(vai(nobody)).facts).toEqual([]);
});
