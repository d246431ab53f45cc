import { toBook, type Book } from '@undertow/book';
import { moveNamed, simulate, type CascadeResult } from '@undertow/cascade';
import {
  crashOnChain,
  revert,
  snapshot,
  startAgent,
  startDevnet,
  type Devnet,
  type OnChainCrash,
} from '@undertow/devnet';
import { openSource } from '@undertow/sources';
import { compare } from '../../apps/cli/src/validate/compare.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';

// The first of the seeds of bench/prediction.bench.ts, as many as a minute of a core bears, each with half of the shocks. All of both:
// SEEDS=1,2,3,4,5,6,7,8,9,10 SHOCKS=-0.1,-0.2,-0.35,0.2 npm test -- test/devnet/prediction
const numbers = (name: string, usual: string) => (process.env[name] ?? usual).split(',').map(Number);
const SEEDS = numbers('SEEDS', '1,2,3,4');
const shocksOf = (seed: number) => numbers('SHOCKS', seed % 2 === 0 ? '-0.2,0.2' : '-0.1,-0.35');
const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 60);
const SHOCKED = ['WETH', 'WBTC'] as const;

describe.each(SEEDS)('seed %p', (seed) => {
  let devnet: Devnet;
  let chain: FollowedChain;
  let book: Book;

  beforeAll(async () => {
    devnet = await startDevnet({ seed, accounts: ACCOUNTS });
    // A lived-in chain: interest has grown, pools stand beside their feeds, accounts have come and gone.
    await startAgent(devnet, { seed, everyMs: 0, ticks: 40 }).done;
    chain = await followChain(devnet, devnet.network.deployments.map(openSource));
    await chain.follow();
    book = toBook(chain.ledger, { time: chain.head().time });
  }, 300_000);

  afterAll(async () => {
    chain?.close();
    await devnet?.stop();
  });

  test('the book holds the accounts of every venue, and nothing is left out but makers of perpetuals', () => {
    // Told, not left out: its accounts are in the book.
    const isUnsold = ({ source }: { readonly source: string }) => source === 'RWA';
    const isMaker = ({ reason }: { readonly reason: string }) => reason.startsWith('provides liquidity');
    const { gaps, modelledDebtUsd, knownDebtUsd } = book.coverage;
    expect(gaps.filter((gap) => !isMaker(gap) && !isUnsold(gap))).toEqual([]);
    const makersUsd = gaps.filter(isMaker).reduce((sum, { debtUsd }) => sum + (debtUsd ?? NaN), 0);
    expect((modelledDebtUsd + makersUsd) / knownDebtUsd).toBeCloseTo(1, 6);
    expect(book.accounts.count).toBeGreaterThan(ACCOUNTS / 2);
    expect(new Set(book.venues.map(({ id }) => id))).toEqual(new Set(devnet.venues.map(({ id }) => id)));
  });

  describe.each(shocksOf(seed))('a shock of %p', (shock) => {
    let predicted: CascadeResult;
    let onChain: OnChainCrash;

    beforeAll(async () => {
      predicted = simulate(book, { moves: SHOCKED.map((symbol) => moveNamed(book, symbol, shock)) });
      const before = await snapshot(devnet);
      onChain = await crashOnChain(devnet, { moves: { WETH: shock, WBTC: shock } });
      await revert(devnet, before);
    }, 300_000);

    test('liquidates exactly the accounts in the first round that liquidators go for on the chain', () => {
      const { predicted: count, missing, extra } = compare(predicted, onChain).firstRound;
      expect([missing, extra]).toEqual([[], []]);
      expect(count).toBe(onChain.firstRound.length);
    });

    test('comes to the same values at every venue, and to the same prices, within the limits of validate', () => {
      const { rows, beyond } = compare(predicted, onChain);
      expect(beyond).toEqual([]);
      const limited = rows.filter(({ limit }) => limit !== undefined).map(({ measure }) => measure);
      for (const { venue, fundUseUsd } of onChain.byVenue) {
        const funds = Object.keys(fundUseUsd).map((kind) => `fundUseUsd ${venue} ${kind}`);
        const due = [`liquidatedUsd ${venue}`, `badDebtUsd ${venue}`, `shortfallUsd ${venue}`, ...funds];
        expect(limited).toEqual(expect.arrayContaining(due));
      }
      const prices = Object.keys(onChain.finalPriceUsd).map((symbol) => `finalPriceUsd ${symbol}`);
      expect(limited).toEqual(expect.arrayContaining(prices));
    });
  });
});
