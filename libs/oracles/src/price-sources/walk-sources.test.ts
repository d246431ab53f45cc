import { formulaAnswer, priceFeedId, vaultFeedId, type Address, type FeedId } from '@undertow/market';
import { contractAt, proxy, readerOf, type Views } from './fixtures/contracts.ts';
import type { Identity } from './identify.ts';
import { walkSources } from './walk-sources.ts';

const [eth, usdc, eur, adapter, other] = [1, 2, 3, 4, 5].map(contractAt) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const word = (address: Address) => BigInt(address);
const WAD = 10n ** 18n;
const ETH = 300_000_000_000n;
const NOW = 1_700_000_000;
const at = { chainId: 1, block: 100, time: NOW };
const world = {
  [eth]: proxy('ETH / USD', ETH),
  [usdc]: proxy('USDC / USD', 100_010_000n),
  [eur]: proxy('EUR / USD', 117_000_000n),
};

async function walk(contracts: Readonly<Record<Address, Views>>, feed: FeedId = adapter) {
  return walkSources(readerOf({ ...world, ...contracts }), at, [feed], new Map());
}

const rateCap: Views = {
  ...{ decimals: 8n, description: 'Capped wstETH / stETH(ETH) / USD', ACL_MANAGER: 9n, DECIMALS: 8n },
  ...{ BASE_TO_USD_AGGREGATOR: word(eth), RATIO_DECIMALS: 18n },
  ...{ getRatio: (WAD * 12n) / 10n, getSnapshotRatio: (WAD * 119n) / 100n },
  ...{ getSnapshotTimestamp: BigInt(NOW - 1_000), getMaxRatioGrowthPerSecond: 3n },
  getMaxRatioGrowthPerSecondScaled: 10n ** 19n,
};

const cappedRate = (WAD * 119n) / 100n + 10n ** 16n;

/** By what the adapter is: its views but for the answer, the answer as its contract computes it, and its bases. */
const kinds: readonly (readonly [string, Views, bigint, readonly Address[]])[] = [
  ['PriceCapAdapterBase', rateCap, (ETH * cappedRate) / WAD, [eth]],
  [
    'PriceCapAdapterBase before its scaling',
    { ...omit(rateCap, 'getMaxRatioGrowthPerSecondScaled'), getMaxRatioGrowthPerSecond: 10n ** 12n },
    (ETH * ((WAD * 119n) / 100n + 10n ** 15n)) / WAD,
    [eth],
  ],
  [
    'PriceCapAdapterStable',
    { decimals: 8n, ASSET_TO_USD_AGGREGATOR: word(usdc), getPriceCap: 100_000_000n, ACL_MANAGER: 9n },
    100_000_000n,
    [usdc],
  ],
  [
    'EURPriceCapAdapterStable',
    {
      ...{ decimals: 8n, ASSET_TO_USD_AGGREGATOR: word(usdc), BASE_TO_USD_AGGREGATOR: word(eur) },
      ...{ RATIO_DECIMALS: 8n, getPriceCapRatio: 80_000_000n },
    },
    93_600_000n,
    [usdc, eur],
  ],
  [
    'PendlePriceCapAdapter',
    {
      ...{
        decimals: 8n,
        ASSET_TO_USD_AGGREGATOR: word(usdc),
        MATURITY: BigInt(NOW) + 15_768_000n,
        DECIMALS: 8n,
      },
      ...{ discountRatePerYear: WAD / 10n, ACL_MANAGER: 9n },
    },
    (100_010_000n * 95n) / 100n,
    [usdc],
  ],
  [
    'CLSynchronicityPriceAdapterPegToBase',
    {
      ...{ decimals: 8n, DECIMALS: 8n, DENOMINATOR: 10n ** 16n },
      ...{ ASSET_TO_PEG: word(eur), PEG_TO_BASE: word(eth) },
    },
    351_000_000_000n,
    [eur, eth],
  ],
  [
    'CLSynchronicityPriceAdapterBaseToPeg',
    { decimals: 18n, DECIMALS: 18n, ASSET_TO_PEG: word(eur), BASE_TO_PEG: word(eth) },
    (117_000_000n * WAD) / ETH,
    [eur, eth],
  ],
  [
    'FixedRatioSynchronicityPriceAdapterBaseToPeg',
    { decimals: 18n, DECIMALS: 18n, BASE_TO_PEG: word(eth), PRICE_RATIO: 9_500n, MULTIPLIER: 10n ** 26n },
    (9_500n * 10n ** 26n) / (10_000n * ETH),
    [eth],
  ],
  [
    'DiscountedMKRSKYAdapter',
    { decimals: 8n, DECIMALS: 8n, REFERENCE_FEED: word(usdc), EXCHANGE_RATE: 24_000n, discount: WAD / 100n },
    (100_010_000n * 24_000n * 99n) / 100n,
    [usdc],
  ],
  ['FixedPriceAdapter', { decimals: 8n, ACL_MANAGER: 9n, DECIMALS: 8n, price: 123n }, 123n, []],
  ['OneUSDFixedAdapter', { decimals: 8n, DECIMALS: 8n, ONE_USD: 100_000_000n }, 100_000_000n, []],
  ['GhoOracle', { decimals: 8n, GHO_PRICE: 100_000_000n }, 100_000_000n, []],
  [
    'PendleSparkLinearDiscountOracle',
    { decimals: 18n, PT: 9n, maturity: BigInt(NOW) + 15_768_000n, baseDiscountPerYear: WAD / 5n },
    (9n * WAD) / 10n,
    [],
  ],
  ['WstEthStEthExchangeRateChainlinkAdapter', { decimals: 18n, ST_ETH: 9n }, 123n * WAD, []],
];

function omit(views: Views, name: string): Views {
  return Object.fromEntries(Object.entries(views).filter(([view]) => view !== name));
}

test.each(kinds)(
  '%s is read from its own views, down to its base feeds',
  async (_name, views, answer, bases) => {
    const found = await walk({ [adapter]: { ...views, latestAnswer: answer } });
    expect([...found.keys()]).toEqual([adapter, ...bases]);
    const { formula, answer: said, row } = found.get(adapter)!;
    expect(said).toBe(answer);
    expect(row?.decimals).toBe(Number(views['decimals']));
    expect(formula?.form).not.toBe('unknown');
    expect(formulaAnswer(formula!, (feed) => found.get(feed)?.answer, NOW)).toBe(answer);
    for (const base of bases)
      expect(found.get(base)).toMatchObject({ formula: undefined, round: 7n, updatedAt: 1_600n });
  },
);

test('an adapter over an adapter is walked through both', async () => {
  const stable: Views = { decimals: 8n, ASSET_TO_USD_AGGREGATOR: word(other), getPriceCap: 10n ** 12n };
  const answer = (ETH * cappedRate) / WAD;
  const found = await walk({
    [adapter]: { ...stable, latestAnswer: answer },
    [other]: { ...rateCap, latestAnswer: answer },
  });
  expect([...found].map(([feed, { formula }]) => [feed, formula?.form])).toEqual([
    [adapter, 'capped'],
    [other, 'rate'],
    [eth, undefined],
  ]);
});

test('a vault is a rate, and an oracle of pairs that is asked itself is not understood', async () => {
  const vault = vaultFeedId('m', other, WAD);
  expect((await walk({ [other]: { [`convertToAssets(${WAD})`]: 11n } }, vault)).get(vault)).toMatchObject({
    ...{ answer: 11n, formula: { form: 'rate', rate: 11n, rateDecimals: 0 }, row: { decimals: 0 } },
  });
  const own = priceFeedId('m', other);
  expect((await walk({ [other]: { price: 5n } }, own)).get(own)).toMatchObject({
    ...{
      answer: 5n,
      formula: { form: 'unknown', reason: `the oracle ${other} is of a kind that is not known` },
    },
  });
});

const reasonOf = async (views: Views, feed: FeedId = adapter) => {
  const { formula } = (await walk({ [adapter]: views }, feed)).get(feed)!;
  return formula?.form === 'unknown' ? formula.reason : formula?.form;
};

describe('what cannot be walked is named', () => {
  test('a contract of no known kind', async () => {
    const views = { latestAnswer: 1n, decimals: 8n, description: 'XYZ / USD' };
    expect(await reasonOf(views)).toBe('XYZ / USD is a contract of a kind that is not known');
  });

  test('a stable cap of the first release, which does not say its cap', async () => {
    const views = { latestAnswer: 100_010_000n, decimals: 8n, ASSET_TO_USD_AGGREGATOR: word(usdc) };
    expect(await reasonOf(views)).toBe(
      `${adapter} is a PriceCapAdapterStable that does not say what it is made of`,
    );
  });

  test('an adapter that answers something else than its views say', async () => {
    expect(await reasonOf({ ...rateCap, latestAnswer: 1n })).toMatch(
      /answers 1, but what it is made of says 3\d+$/,
    );
    expect(await reasonOf(rateCap)).toMatch(/answers nothing, but/);
  });

  test('a contract that answers two things', async () => {
    const views = { ...proxy('ETH / USD', 5n), latestAnswer: 6n };
    expect(await reasonOf(views)).toBe(`${adapter} answers 6 to latestAnswer, but 5 to latestRoundData`);
  });

  test('decimals beyond what a word holds make it of no kind', async () => {
    const views = {
      latestAnswer: 1n,
      ASSET_TO_PEG: 1n,
      PEG_TO_BASE: 2n,
      DENOMINATOR: 1n,
      DECIMALS: 2n ** 200n,
    };
    expect(await reasonOf(views)).toMatch(/kind that is not known$/);
  });

  test('a circle ends', async () => {
    const views = (to: Address) => ({ latestAnswer: 7n, ASSET_TO_USD_AGGREGATOR: word(to), getPriceCap: 9n });
    const found = await walk({ [adapter]: views(other), [other]: views(adapter) });
    expect([...found.keys()]).toEqual([adapter, other]);
  });

  test('an id that no contract stands behind', async () => {
    expect(await reasonOf({}, 'aave-v3@ethereum:0x12')).toMatch(/no price source that can be asked/);
  });
});

test('what a contract is is read once, unless it is not what it seemed', async () => {
  const identities = new Map<Address, Identity>();
  const good = readerOf({ ...world, [adapter]: { ...rateCap, latestAnswer: (ETH * cappedRate) / WAD } });
  await walkSources(good, at, [adapter], identities);
  expect([...identities.keys()]).toEqual([adapter, eth]);
  const first = good.asked();
  await walkSources(good, at, [adapter], identities);
  expect(good.asked() - first).toBe(2 + 5 + 2);
  await walkSources(
    readerOf({ ...world, [adapter]: { ...rateCap, latestAnswer: 1n } }),
    at,
    [adapter],
    identities,
  );
  expect([...identities.keys()]).toEqual([eth]);
});

test('a base feed says the bounds of its aggregator, where they are some', async () => {
  const rowOf = async (least: bigint, greatest: bigint) => {
    const aggregator = { minAnswer: least, maxAnswer: greatest };
    const found = await walk({ [contractAt(0xa66)]: aggregator }, eth);
    return found.get(eth)!.row;
  };
  expect(await rowOf(10_000_000n, 10n ** 12n)).toMatchObject({ least: 10_000_000n, greatest: 10n ** 12n });
  for (const [least, greatest] of [
    [0n, 0n],
    [-1n, 5n],
  ] as const)
    expect(await rowOf(least, greatest)).not.toHaveProperty('greatest');
});
