import { toBook, type Book } from '@undertow/book';
import { moveNamed, simulate } from '@undertow/cascade';
import {
  crashOnChain,
  revert,
  snapshot,
  startAgent,
  startDevnet,
  type AssetSymbol,
  type Devnet,
} from '@undertow/devnet';
import type { Hex } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { followChain } from './follow-chain.ts';

/** Largest relative errors: of values and prices, and of losses. */
const TOLERANCE = { value: 0.005, loss: 0.01 };

describe.each([1, 2, 3, 4])('crashes of a chain of seed %p', (seed) => {
  test.each([-0.05, -0.1, -0.2, -0.35])(
    'a shock of %p is predicted',
    async (shock) => {
      const lived = await livedInChain(seed);
      const { devnet, book, before } = lived;
      expect(book.coverage.gaps).toEqual([]);
      expect(book.coverage.share).toBeCloseTo(1, 6);
      const shocked = ['WETH', 'WBTC'] as const;
      const predicted = simulate(book, { moves: shocked.map((symbol) => moveNamed(book, symbol, shock)) });
      const onChain = await crashOnChain(devnet, { moves: { WETH: shock, WBTC: shock } });
      await revert(devnet, before);
      lived.before = await snapshot(devnet);
      const first = predicted.byAccount
        .filter(({ firstRound }) => firstRound === 1)
        .map(({ owner }) => owner);
      expect(first.toSorted()).toEqual(onChain.firstRound.map(({ owner }) => owner).toSorted());
      const [inFirst, onChainInFirst] = [predicted, onChain].map(({ rounds }) => rounds[0]!.liquidatedUsd);
      expect(Math.abs(inFirst! / onChainInFirst! - 1)).toBeLessThan(1e-5);
      expect(onChain.notes).toEqual([]);
      expect(onChain.converged).toBe(predicted.converged);
      expect(onChain.rounds.length).toBe(predicted.rounds.length);
      const [there] = onChain.byVenue;
      const [here] = predicted.byVenue;
      expect(Math.abs(here!.liquidatedUsd / there!.liquidatedUsd - 1)).toBeLessThan(TOLERANCE.value);
      const lossScale = Math.max(there!.badDebtUsd, there!.liquidatedUsd / 1_000);
      expect(Math.abs(here!.badDebtUsd - there!.badDebtUsd) / lossScale).toBeLessThan(TOLERANCE.loss);
      expect(predicted.byAsset.map(({ symbol }) => symbol).sort()).toEqual(['LINK', 'USDC', 'WBTC', 'WETH']);
      for (const { symbol, oracleAfterUsd } of predicted.byAsset) {
        const price = onChain.finalPriceUsd[symbol as AssetSymbol];
        expect(Math.abs(oracleAfterUsd / price - 1)).toBeLessThan(TOLERANCE.value);
      }
    },
    60_000,
  );
});

interface LivedIn {
  readonly devnet: Devnet;
  readonly book: Book;
  before: Hex;
}

const chains = new Map<number, LivedIn>();

/** A chain on which owners have acted and been liquidated for a while, and the book of it. */
async function livedInChain(seed: number): Promise<LivedIn> {
  const known = chains.get(seed);
  if (known) return known;
  const devnet = await startDevnet({ seed, accounts: 300, venues: ['venusCore'] });
  await startAgent(devnet, { seed, everyMs: 0, ticks: 40 }).done;
  const chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
  chain.close();
  const book = toBook(chain.ledger, { time: chain.head().time });
  const lived = { devnet, book, before: await snapshot(devnet) };
  chains.set(seed, lived);
  return lived;
}

afterAll(async () => {
  for (const { devnet } of chains.values()) await devnet.stop();
});
