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
  pollPrices: true,
};
const at = { chainId: 1, block: 9, time: 2000 };

type Answers = Record<string, Record<string, unknown>>;

const BALANCE_OF = toFunctionSelector('function balanceOf(address)');

/** Contracts by address and view; a view that is not there reverts, and so do balances. */
function readerOf(answers: Answers): CallReader {
  return {
    calls: async (calls) =>
      calls.map(({ to, data }) => {
        if (data.startsWith(BALANCE_OF)) return undefined;
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
  test('reads what a Chainlink oracle is made of, vault included, and describes tokens and feeds', async () => {
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
    expect(reference.feeds).toMatchObject([
      { id: vaultFeed },
      { id: feed, description: 'ETH / USD', decimals: 8 },
    ]);
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

describe('poll', () => {
  test('tells every answer once, again when it changes, and all anew after a restore', async () => {
    const source = openMorphoBlue(deployment);
    const before = [...source.decode(created()).facts, ...(await enriched(source, chainlinkOracle)).facts];
    const first = await source.poll!(readerOf(chainlinkOracle), at);
    expect(first).toMatchObject([
      { kind: 'PricePosted', feed: vaultFeed, answer: 12n, updatedAt: 2000, part: 0 },
      { kind: 'PricePosted', feed, answer: 3000n, round: 5n, updatedAt: 1900, part: 1 },
    ]);
    expect(await source.poll!(readerOf(chainlinkOracle), { ...at, block: 10 })).toEqual([]);
    const moved = { ...chainlinkOracle, [feed]: { latestRoundData: [6n, 2900n, 1n, 2100n, 6n] } };
    expect(await source.poll!(readerOf(moved), { ...at, block: 11 })).toMatchObject([
      { feed, answer: 2900n, part: 0 },
    ]);
    source.restore!(before);
    expect(await source.poll!(readerOf(moved), { ...at, block: 11 })).toHaveLength(2);
  });

  test('an answer of zero and a call that fails are quarantined, not prices', async () => {
    const source = openMorphoBlue(deployment);
    await enriched(source, chainlinkOracle);
    const broken = { ...chainlinkOracle, [feed]: { latestRoundData: [6n, 0n, 1n, 2100n, 6n] }, [vault]: {} };
    const facts: readonly Fact[] = await source.poll!(readerOf(broken), at);
    expect(facts).toMatchObject([
      { kind: 'PricePosted', feed: vaultFeed, answer: 0n },
      { kind: 'Quarantined', reason: `${vaultFeed} gives no answer` },
      { kind: 'PricePosted', feed, answer: 0n },
      { kind: 'Quarantined', reason: `answer 0 of ${feed} is not positive`, part: 3 },
    ]);
  });

  test('is absent where feeds are followed by their logs', () => {
    const { pollPrices: _, ...logged } = deployment;
    expect(openMorphoBlue(logged).poll).toBeUndefined();
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
