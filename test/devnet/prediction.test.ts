import { toBook, type Book } from '@undertow/book';
import { simulate, type CascadeResult } from '@undertow/cascade';
import {
  crashOnChain,
  revert,
  snapshot,
  startAgent,
  startDevnet,
  type Devnet,
  type OnChainCrash,
} from '@undertow/devnet';
import { aggregateDepth, depthCurve } from '@undertow/liquidity';
import { openOracle } from '@undertow/oracles';
import { openVenue } from '@undertow/venues';
import { followChain, type FollowedChain } from './follow-chain.ts';

const ACCOUNTS = 200;
const SHOCKS = [-0.05, -0.1, -0.2, -0.35];
const SHOCKED = ['WETH', 'WBTC'] as const;
/** Half a percent is asked for; what is left is a few seconds of interest and the feeds' eight decimals. */
const TOLERANCE = 1e-5;

let devnet: Devnet;
let chain: FollowedChain;
let book: Book;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 7, accounts: ACCOUNTS });
  // A lived-in chain: interest has grown, pools stand beside their feeds, accounts have come and gone.
  await startAgent(devnet, { seed: 7, everyMs: 0, ticks: 40 }).done;
  const sources = devnet.network.deployments.map((deployment) =>
    deployment.adapter === 'chainlink' || deployment.adapter === 'uniswap-v3'
      ? openOracle(deployment)
      : openVenue(deployment),
  );
  chain = await followChain(devnet, sources);
  await chain.follow();
  book = toBook(chain.ledger, { time: chain.head().time, depth: { depthCurve, aggregateDepth } });
}, 120_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

test('the book holds every account with debt, and nothing is left out', () => {
  expect(book.coverage.gaps).toEqual([]);
  expect(book.coverage.share).toBeCloseTo(1, 6);
  expect(book.accounts.count).toBeGreaterThan(ACCOUNTS / 2);
  expect(new Set(book.venues.map(({ id }) => id))).toEqual(new Set(['aave-v3@devnet', 'morpho-blue@devnet']));
});

describe.each(SHOCKS)('a shock of %p', (shock) => {
  let predicted: CascadeResult;
  let onChain: OnChainCrash;

  beforeAll(async () => {
    const shocks = Object.fromEntries(
      SHOCKED.map((symbol) => [devnet.contracts.assets[symbol].token, shock]),
    );
    predicted = simulate(book, { shocks });
    const before = await snapshot(devnet);
    onChain = await crashOnChain(devnet, { shock, assets: SHOCKED });
    await revert(devnet, before);
  }, 120_000);

  test('liquidates exactly the accounts in the first round that the contracts let be liquidated', () => {
    const names = predicted.byAccount
      .filter(({ firstRound }) => firstRound === 1)
      .map(({ venue, owner, market }) => `${venue} ${owner} ${market}`);
    const expected = onChain.firstRound.map(({ venue, owner, market }) => `${venue} ${owner} ${market}`);
    expect(names.sort()).toEqual(expected.sort());
  });

  test('comes to the same values and prices', () => {
    expect(onChain.converged).toBe(predicted.converged);
    expect(predicted.rounds.map(({ accounts }) => accounts)).toEqual(
      onChain.rounds.map(({ liquidations }) => liquidations),
    );
    expectClose('liquidated value', predicted.liquidatedUsd, onChain.liquidatedUsd);
    expectClose('repaid value', predicted.repaidUsd, onChain.repaidUsd);
    expectClose('bad debt', predicted.badDebtUsd, onChain.badDebtUsd);
    for (const { symbol, priceAfterUsd } of predicted.byAsset) {
      const actual = Object.entries(onChain.finalPriceUsd).find(([name]) => name === symbol)?.[1];
      expectClose(`final price of ${symbol}`, priceAfterUsd, actual ?? 0);
    }
  });
});

/** Within the tolerance, and to a thousandth of a cent when there is (nearly) nothing. */
function expectClose(measure: string, predicted: number, actual: number): void {
  const error = Math.abs(predicted - actual) / Math.max(Math.abs(actual), 1);
  expect({ measure, predicted, actual, isClose: error <= TOLERANCE }).toMatchObject({
    measure,
    isClose: true,
  });
}
