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
import { openSource } from '@undertow/sources';
import { followChain, type FollowedChain } from './follow-chain.ts';

// Ten seeds × four shocks on small chains; larger ones: ACCOUNTS=1000 npm test -- test/devnet/prediction
const numbers = (name: string, usual: string) => (process.env[name] ?? usual).split(',').map(Number);
const SEEDS = numbers('SEEDS', '1,2,3,4,5,6,7,8,9,10');
const SHOCKS = numbers('SHOCKS', '-0.05,-0.1,-0.2,-0.35');
const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 100);
const SHOCKED = ['WETH', 'WBTC'] as const;

/** Largest relative errors. */
const TOLERANCE = { value: 0.005, price: 0.005, loss: 0.01 };

/** A loss is held against at least this share of what its venue liquidated: a few dollars lost are not to the cent. */
const LEAST_LOSS_SHARE = 0.001;

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
    book = toBook(chain.ledger, { time: chain.head().time, depth: { depthCurve, aggregateDepth } });
  }, 300_000);

  afterAll(async () => {
    chain?.close();
    await devnet?.stop();
  });

  test('the book holds the accounts of every venue, and nothing is left out', () => {
    // The bank, who makes the perpetuals' pools.
    const unmodelled = book.coverage.gaps.filter(({ reason }) => !reason.startsWith('provides liquidity'));
    expect(unmodelled).toEqual([]);
    expect(book.coverage.share).toBeCloseTo(1, 6);
    expect(book.accounts.count).toBeGreaterThan(ACCOUNTS / 2);
    expect(new Set(book.venues.map(({ id }) => id))).toEqual(new Set(devnet.venues.map(({ id }) => id)));
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
    }, 300_000);

    test('liquidates exactly the accounts in the first round that the contracts let be liquidated', () => {
      const names = predicted.byAccount
        .filter(({ firstRound }) => firstRound === 1)
        .map(({ venue, owner, market }) => `${venue} ${owner} ${market}`);
      const expected = onChain.firstRound.map(({ venue, owner, market }) => `${venue} ${owner} ${market}`);
      expect(names.sort()).toEqual(expected.sort());
    });

    test('comes to the same values at every venue, and to the same prices', () => {
      expect(onChain.converged).toBe(predicted.converged);
      const errors: Measured[] = [];
      for (const { venue, liquidatedUsd, badDebtUsd, fundUseUsd } of onChain.byVenue) {
        const same = predicted.byVenue.find((candidate) => candidate.venue === venue);
        const lossScale = Math.max(badDebtUsd, LEAST_LOSS_SHARE * liquidatedUsd);
        errors.push(
          measure(`liquidated at ${venue}`, same?.liquidatedUsd ?? 0, liquidatedUsd, TOLERANCE.value),
          measure(`bad debt of ${venue}`, same?.badDebtUsd ?? 0, badDebtUsd, TOLERANCE.loss, lossScale),
        );
        for (const [kind, drawnUsd] of Object.entries(fundUseUsd)) {
          const used = predicted.funds.filter((fund) => fund.venue === venue && fund.fund === kind);
          const total = used.reduce((sum, fund) => sum + fund.drawnUsd, 0);
          // A fund that pays bad debt out of what liquidations bring it may use next to nothing on balance.
          const scale = Math.max(Math.abs(drawnUsd), lossScale);
          errors.push(measure(`use of the ${kind} of ${venue}`, total, drawnUsd, TOLERANCE.loss, scale));
        }
      }
      for (const [symbol, price] of Object.entries(onChain.finalPriceUsd)) {
        const path = predicted.byAsset.find((candidate) => candidate.symbol === symbol);
        errors.push(measure(`final price of ${symbol}`, path?.priceAfterUsd ?? NaN, price, TOLERANCE.price));
      }
      expect(errors.filter(({ error, tolerance }) => !(error <= tolerance))).toEqual([]);
    });
  });
});

interface Measured {
  readonly what: string;
  readonly predicted: number;
  readonly onChain: number;
  /** Relative to `scale`, or to one dollar when there is (nearly) nothing. */
  readonly error: number;
  readonly tolerance: number;
}

function measure(
  what: string,
  predicted: number,
  onChain: number,
  tolerance: number,
  scale = Math.abs(onChain),
): Measured {
  const error = Math.abs(predicted - onChain) / Math.max(scale, 1);
  return { what, predicted, onChain, error, tolerance };
}
