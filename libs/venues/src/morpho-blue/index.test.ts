import type { CallReader, LogSource, RawLog } from '@undertow/chain';
import type { Address, Fact, Hex } from '@undertow/market';
import {
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  toFunctionSelector,
} from 'viem';
import { compositionViews, morphoEvents } from './abi.ts';
import { openMorphoBlue } from './index.ts';
import type { MorphoBlueDeployment } from './index.ts';
import { knownMorphoBlue } from './known.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const id: Hex = `0x${'ab'.repeat(32)}`;
const [loan, collateral, oracle, feed, vault, morpho] = ['3', '4', '7', 'a', 'b', '1'].map(address) as [
  ...Address[],
] as [Address, Address, Address, Address, Address, Address];
const zero = address('0');
const deployment: MorphoBlueDeployment = {
  adapter: 'morpho-blue',
  id: 'morpho@test',
  version: '1.0',
  morpho,
};
const at = { chainId: 1, block: 9, time: 2000 };

type Answers = Record<string, Record<string, unknown>>;

const BALANCE_OF = toFunctionSelector('function balanceOf(address)');
const BALANCE: Hex = `0x${'7'.padStart(64, '0')}`;
const PARAMS_OF = toFunctionSelector('function idToMarketParams(bytes32)');
const MARKET_OF = toFunctionSelector('function market(bytes32)');
/** What Morpho says of the market; the oracle is the third word. */
const params = encodeAbiParameters(
  Array.from({ length: 5 }, () => ({ type: 'uint256' })),
  [loan, collateral, oracle, zero, 860n].map((value) => BigInt(value)),
);

/** Contracts by address and view; a view that is not there reverts, and so do balances. */
function readerOf(answers: Answers): CallReader {
  return {
    calls: async (calls) =>
      calls.map(({ to, data }) => {
        if (data.startsWith(BALANCE_OF) || data.startsWith(MARKET_OF)) return undefined;
        if (data.startsWith(PARAMS_OF)) return params;
        const { functionName } = decodeFunctionData({ abi: compositionViews, data });
        const result = answers[to]?.[functionName];
        return result === undefined
          ? undefined
          : encodeFunctionResult({ abi: compositionViews, functionName, result: result as never });
      }),
  };
}

const tokens: Answers = {
  [loan]: { symbol: 'USDC', decimals: 6 },
  [collateral]: { symbol: 'wstETH', decimals: 18 },
};
/** Vault rate 1.2 (sample 10^18), feed 3000 with 8 decimals; scale so that the ratio is plain to see. */
const chainlinkOracle: Answers = {
  ...tokens,
  [oracle]: {
    SCALE_FACTOR: 1000n,
    BASE_FEED_1: feed,
    BASE_FEED_2: zero,
    QUOTE_FEED_1: zero,
    QUOTE_FEED_2: zero,
    BASE_VAULT: vault,
    BASE_VAULT_CONVERSION_SAMPLE: 10n,
    QUOTE_VAULT: zero,
    QUOTE_VAULT_CONVERSION_SAMPLE: 1n,
    price: 1000n * 12n * 3000n,
  },
  [feed]: { latestRoundData: [5n, 3000n, 1n, 1900n, 5n], decimals: 8, description: 'ETH / USD' },
  [vault]: { convertToAssets: 12n, decimals: 18 },
};
const vaultFeed = `morpho@test:vault:${vault}:10`;
const priceFeed = `morpho@test:price:${oracle}`;

const created = (): RawLog => {
  const topics = encodeEventTopics({ abi: [morphoEvents.createMarket], args: { id } }) as Hex[];
  const words = [loan, collateral, oracle, zero, 860n].map((value) => BigInt(value));
  const data = encodeAbiParameters(
    words.map(() => ({ type: 'uint256' })),
    words,
  );
  return { chainId: 1, address: morpho, topics, data, block: 7, blockHash: id, time: 1000, logIndex: 3 };
};
const enriched = (source: LogSource, answers: Answers) =>
  source.enrich(source.decode(created()).facts, readerOf(answers), 9);

describe('enrich', () => {
  test('reads what a Chainlink oracle is made of, vault included, and describes tokens', async () => {
    const { facts, reference } = await enriched(openMorphoBlue(deployment), chainlinkOracle);
    const patch = {
      form: 'pair',
      oracle: { form: 'ratio', base: [vaultFeed, feed], quote: [], scaleFactor: 1000n },
    };
    expect(facts).toMatchObject([{ kind: 'TermsChanged', block: 7, logIndex: 3, part: 2, patch }]);
    expect(reference.assets).toEqual([
      { chainId: 1, address: collateral, symbol: 'wstETH', decimals: 18 },
      { chainId: 1, address: loan, symbol: 'USDC', decimals: 6 },
    ]);
    expect(reference.feeds).toBeUndefined();
    expect(reference.venues).toMatchObject([{ id: 'morpho@test', mechanism: 'isolated-pair' }]);
  });

  test('an oracle whose price is not that of its parts is polled as a whole', async () => {
    const lying = { ...chainlinkOracle, [oracle]: { ...chainlinkOracle[oracle], price: 1n } };
    const { facts } = await enriched(openMorphoBlue(deployment), lying);
    expect(facts[0]).toHaveProperty('patch.oracle', {
      form: 'ratio',
      base: [priceFeed],
      quote: [],
      scaleFactor: 1n,
      isRefuted: true,
    });
  });

  test('so is an oracle of unknown make, and one that is no contract', async () => {
    const polled = { form: 'ratio', base: [priceFeed], quote: [], scaleFactor: 1n };
    for (const answers of [{ ...tokens, [oracle]: { price: 5n } }, tokens]) {
      const { facts } = await enriched(openMorphoBlue(deployment), answers);
      expect(facts[0]).toHaveProperty('patch.oracle', polled);
    }
  });

  test('facts without a new market call for nothing', async () => {
    const source = openMorphoBlue(deployment);
    const reader: CallReader = { calls: () => Promise.reject(new Error('no call is needed')) };
    expect(await source.enrich([], reader, 9)).toEqual({ facts: [], reference: {} });
  });
});

test('what Morpho holds is read where the deployment asks for it', async () => {
  const source = openMorphoBlue({ ...deployment, readsHoldings: true });
  await enriched(source, chainlinkOracle);
  const { calls } = readerOf(chainlinkOracle);
  const reader: CallReader = {
    calls: async (some, block) => {
      const answers = await calls(some, block);
      return some.map(({ data }, i) => (data.startsWith(BALANCE_OF) ? BALANCE : answers[i]));
    },
  };
  const held = (asset: Address) => ({ kind: 'HoldingRead', venue: 'morpho@test', asset, amount: 7n });
  expect((await source.poll!(reader, at)).facts).toMatchObject([held(collateral), held(loan)]);
  expect((await openMorphoBlue(deployment).poll!(reader, at)).facts).toEqual([]);
});

describe('an oracle that was composed', () => {
  const composition = { form: 'ratio', base: [vaultFeed, feed], quote: [], scaleFactor: 1000n };
  const own = { form: 'ratio', base: [priceFeed], quote: [], scaleFactor: 1n, isRefuted: true };
  const turned = { ...chainlinkOracle, [oracle]: { ...chainlinkOracle[oracle], price: 1n } };
  const termsAt = (block: number, answered: object) => [
    {
      ...{ kind: 'TermsChanged', chainId: 1, block, time: 2000, logIndex: 2_147_483_647, part: 0 },
      ...{ venue: 'morpho@test', market: id, patch: { form: 'pair', oracle: answered } },
    },
  ];

  test('is believed only while it answers what its feeds say', async () => {
    const source = openMorphoBlue(deployment);
    await enriched(source, chainlinkOracle);
    const poll = async (answers: Answers, block: number) =>
      (await source.poll!(readerOf(answers), { ...at, block })).facts;
    expect(await poll(chainlinkOracle, 9)).toEqual([]);
    expect(await poll(turned, 10)).toEqual(termsAt(10, own));
    expect(await poll(turned, 11)).toEqual([]);
    expect(await poll(chainlinkOracle, 12)).toEqual(termsAt(12, composition));
    expect(await poll(chainlinkOracle, 13)).toEqual([]);
  });

  test('is refuted too when it reverts while its feeds answer, but not when it reverts with them', async () => {
    const source = openMorphoBlue(deployment);
    await enriched(source, chainlinkOracle);
    const { price: _price, ...views } = chainlinkOracle[oracle]!;
    const silent = { ...chainlinkOracle, [oracle]: views };
    expect((await source.poll!(readerOf({ ...silent, [feed]: {} }), at)).facts).toEqual([]);
    expect((await source.poll!(readerOf(silent), { ...at, block: 10 })).facts).toEqual(termsAt(10, own));
  });

  test('is compared again by a process that knows it from stored facts alone, refuted or not', async () => {
    const first = openMorphoBlue(deployment);
    const stored: Fact[] = [
      ...first.decode(created()).facts,
      ...(await enriched(first, chainlinkOracle)).facts,
    ];
    const second = openMorphoBlue(deployment);
    second.restore!(stored);
    const refuted = (await second.poll!(readerOf(turned), at)).facts;
    expect(refuted).toEqual(termsAt(9, own));
    const third = openMorphoBlue(deployment);
    third.restore!([...stored, ...refuted]);
    expect((await third.poll!(readerOf(turned), { ...at, block: 10 })).facts).toEqual([]);
    expect((await third.poll!(readerOf(chainlinkOracle), { ...at, block: 11 })).facts).toEqual(
      termsAt(11, composition),
    );
  });

  test('is what a snapshot says at the same block', async () => {
    const source = openMorphoBlue(deployment);
    await enriched(source, chainlinkOracle);
    for (const [answers, expected] of [
      [turned, own],
      [chainlinkOracle, composition],
    ] as const) {
      await source.poll!(readerOf(answers), at);
      const { facts } = await source.snapshot(readerOf(answers), at, []);
      expect(facts.find(({ kind }) => kind === 'TermsChanged')).toHaveProperty('patch.oracle', expected);
    }
  });

  test('has its turn among many, a few at each poll', async () => {
    const source = openMorphoBlue(deployment);
    const { facts } = await enriched(source, chainlinkOracle);
    const terms = [...source.decode(created()).facts, ...facts].filter(({ kind }) => kind === 'TermsChanged');
    const many = Array.from({ length: 80 }, (_market, i) =>
      terms.map((fact) => ({ ...fact, market: `0x${i.toString(16).padStart(64, '0')}` }) as Fact),
    );
    source.restore!(many.flat());
    const changed = async (block: number) =>
      (await source.poll!(readerOf(turned), { ...at, block })).facts.length;
    expect([await changed(3), await changed(4), await changed(5), await changed(6)]).toEqual([32, 32, 16, 0]);
  });
});

test('Ethereum, Base and Arbitrum are known, with addresses as we write them', () => {
  for (const chainId of [1, 8453, 42161]) {
    const { morpho: contract, adaptiveCurveIrm, id: venue } = knownMorphoBlue.get(chainId)!;
    expect(contract).toMatch(/^0x[0-9a-f]{40}$/);
    expect(adaptiveCurveIrm).toMatch(/^0x[0-9a-f]{40}$/);
    expect(venue).toMatch(/^morpho-blue@[a-z]+$/);
  }
});
