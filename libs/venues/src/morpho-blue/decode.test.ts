import type { RawLog } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { encodeAbiParameters, encodeEventTopics } from 'viem';
import { morphoEvents } from './abi.ts';
import { morphoDecoder } from './decode.ts';
import type { MorphoBlueDeployment } from './deployments.ts';
import { noMarkets } from './learned-markets.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const deployment: MorphoBlueDeployment = {
  adapter: 'morpho-blue',
  id: 'morpho-blue@test',
  version: '1.0',
  morpho: address('1'),
  adaptiveCurveIrm: address('2'),
};
const id: Hex = `0x${'ab'.repeat(32)}`;
const [loan, collateral, owner, liquidator] = ['3', '4', '5', '6'].map(address) as [
  Address,
  Address,
  Address,
  Address,
];

const rawLog = (topics: readonly unknown[], data: Hex, from: Address = deployment.morpho): RawLog => ({
  ...{ chainId: 1, address: from, topics: topics as Hex[], data, block: 7 },
  ...{ blockHash: id, time: 1000, logIndex: 3 },
});
const uints = (...values: bigint[]): Hex =>
  encodeAbiParameters(
    values.map(() => ({ type: 'uint256' })),
    values,
  );

const createMarket = (irm: Address): RawLog => {
  const topics = encodeEventTopics({ abi: [morphoEvents.createMarket], args: { id } });
  const tuple = [loan, collateral, address('7'), irm, 860n].map((value) => BigInt(value));
  return rawLog(topics, uints(...tuple));
};
const liquidate = (): RawLog => {
  const topics = encodeEventTopics({
    abi: [morphoEvents.liquidate],
    args: { id, caller: liquidator, borrower: owner },
  });
  return rawLog(topics, uints(100n, 200n, 50n, 30n, 60n));
};

describe('morphoDecoder', () => {
  test('a market tells its terms, its rate model by address, and from when interest counts', () => {
    const learned = noMarkets();
    const [terms, totals] = morphoDecoder(deployment, learned)(createMarket(address('2')));
    expect(terms).toMatchObject({ kind: 'TermsChanged', market: id, block: 7, logIndex: 3, part: 0 });
    expect(terms).toHaveProperty('patch', {
      form: 'pair',
      collateralAsset: collateral,
      debtAsset: loan,
      liquidationThresholdWad: 860n,
      rateModel: { address: address('2'), form: 'adaptive-curve' },
    });
    expect(totals).toMatchObject({ part: 1, accrual: { form: 'totals', assetsDelta: 0n, accrued: true } });
    expect(learned.markets.get(id)?.oracleAddress).toBe(address('7'));
  });

  test.each([
    [address('0'), 'none'],
    [address('9'), 'unknown'],
  ])('a rate model at %s is %s', (irm, form) => {
    const [terms] = morphoDecoder(deployment, noMarkets())(createMarket(irm));
    expect(terms).toHaveProperty('patch.rateModel.form', form);
  });

  test('a liquidation takes seized collateral, repaid and written-off debt, and the loss off lenders', () => {
    const decode = morphoDecoder(deployment, noMarkets());
    decode(createMarket(address('2')));
    const facts = decode(liquidate());
    expect(facts.map((fact) => fact.part)).toEqual([0, 1, 2, 3, 4]);
    expect(facts).toMatchObject([
      { kind: 'LegChanged', owner, side: 'collateral', sharesDelta: -50n },
      { kind: 'LegChanged', owner, side: 'debt', sharesDelta: -260n },
      { accrual: { side: 'debt', assetsDelta: -130n, sharesDelta: -260n } },
      { accrual: { side: 'supply', assetsDelta: -30n, sharesDelta: 0n } },
      {
        kind: 'Liquidated',
        owner,
        liquidator,
        collateralAsset: collateral,
        debtAsset: loan,
        repaid: 100n,
        seized: 50n,
        badDebt: 30n,
      },
    ]);
  });

  test('a log seen twice says the same', () => {
    const decode = morphoDecoder(deployment, noMarkets());
    expect(decode(createMarket(address('2')))).toEqual(decode(createMarket(address('2'))));
    expect(decode(liquidate())).toEqual(decode(liquidate()));
  });

  test('a liquidation in a market not read keeps its legs and is quarantined', () => {
    const facts = morphoDecoder(deployment, noMarkets())(liquidate());
    expect(facts.filter((fact) => fact.kind === 'LegChanged')).toHaveLength(2);
    expect(facts.at(-1)).toMatchObject({ kind: 'Quarantined', source: deployment.id });
  });

  test('a log cut short is quarantined with what it held; other contracts and events say nothing', () => {
    const decode = morphoDecoder(deployment, noMarkets());
    const whole = liquidate();
    const cut = { ...whole, data: whole.data.slice(0, -64) as Hex };
    expect(decode(cut)).toMatchObject([{ kind: 'Quarantined', topics: cut.topics, data: cut.data }]);
    expect(decode({ ...whole, address: address('8') })).toEqual([]);
    expect(decode({ ...whole, topics: [id] })).toEqual([]);
    expect(decode({ ...whole, topics: [] })).toEqual([]);
  });

  test('the rate model speaks only from its own address', () => {
    const topics = encodeEventTopics({ abi: [morphoEvents.borrowRateUpdate], args: { id } });
    const decode = morphoDecoder(deployment, noMarkets());
    const said = decode(rawLog(topics, uints(5n, 6n), deployment.adaptiveCurveIrm));
    expect(said).toMatchObject([{ accrual: { form: 'rateAtTarget', rateAtTargetWad: 6n } }]);
    expect(decode(rawLog(topics, uints(5n, 6n)))).toEqual([]);
  });
});
