import type { CascadeResult } from '@undertow/cascade';
import type { OnChainCrash } from '@undertow/devnet';
import { compare, LEAST_SCALE_USD, row } from './compare.ts';

describe('row', () => {
  it('gives the error relative to the chain', () => {
    expect(row('x', 99, 100).relativeError).toBeCloseTo(0.01, 12);
    expect(row('x', 101, 100).relativeError).toBeCloseTo(0.01, 12);
    expect(row('x', -99, -100).relativeError).toBeCloseTo(0.01, 12);
  });

  it('is 0 when nothing was predicted and nothing happened', () => {
    expect(row('x', 0, 0, { limit: 0.01 })).toMatchObject({ relativeError: 0, isBeyond: false });
  });

  it('is 0 for a difference of less than half a cent in nothing', () => {
    expect(row('x', 0.001, 0).relativeError).toBe(0);
    expect(row('x', -0.001, 0.002).relativeError).toBe(0);
    expect(row('x', 0.01, 0.001).relativeError).toBeCloseTo(9, 6);
  });

  it('has no ratio, but a note, when something was predicted and nothing happened', () => {
    const made = row('x', 5, 0, { limit: 0.01 });
    expect(made).toMatchObject({ relativeError: null, note: expect.any(String), isBeyond: true });
  });

  it('is beyond its limit from more than the share of the chain’s figure on', () => {
    const limited = (predicted: number, onChain: number) => row('x', predicted, onChain, { limit: 0.01 });
    expect(limited(1_009.9, 1_000).isBeyond).toBe(false);
    expect(limited(1_010.1, 1_000).isBeyond).toBe(true);
    expect(limited(-989.9, -1_000).isBeyond).toBe(true);
    expect(row('x', 5_000, 1_000).isBeyond).toBe(false);
    expect(limited(NaN, 1_000).isBeyond).toBe(true);
  });

  it('holds less than the least scale against that, where one is not told otherwise', () => {
    const most = 0.01 * LEAST_SCALE_USD;
    expect(row('x', 0.9 * most, 0, { limit: 0.01 }).isBeyond).toBe(false);
    expect(row('x', 1.1 * most, 0, { limit: 0.01 }).isBeyond).toBe(true);
    expect(row('x', 0.11, 0.1, { limit: 0.01, least: 0 }).isBeyond).toBe(true);
  });
});

/** One venue that liquidated one account, and a fund. */
const losses = {
  ...{ accounts: 1, liquidatedUsd: 10_000, repaidUsd: 9_000, badDebtUsd: 500 },
  ...{ shortfallUsd: 300, stuckUsd: 2_000 },
};
const account = { venue: 'a@test', owner: '0x1', market: '' };
const prediction = {
  ...losses,
  converged: true,
  rounds: [{}],
  byVenue: [{ venue: 'a@test', ...losses }],
  byAccount: [{ ...account, ...losses, firstRound: 1 }],
  byAsset: [{ symbol: 'WETH', oracleAfterUsd: 1_000 }],
  funds: [{ venue: 'a@test', fund: 'insurance-fund', drawnUsd: 500 }],
} as unknown as CascadeResult;
const done = {
  ...{ liquidations: 1, liquidatedUsd: 10_000, repaidUsd: 9_000, protocolFeeUsd: 0, badDebtUsd: 500 },
  ...{ shortfallUsd: 300, stuckUsd: 2_000, stuckAccounts: 1 },
};
const venue = { ...done, venue: 'a@test', accounts: 1, fundUseUsd: { 'insurance-fund': 500 } };
const crash = {
  ...done,
  firstRound: [account],
  rounds: [{}],
  byVenue: [venue],
  finalPriceUsd: { WETH: 1_000 },
  converged: true,
  notes: [],
} as unknown as OnChainCrash;

describe('compare', () => {
  it('has nothing beyond a limit when all is the same', () => {
    expect(compare(prediction, crash).beyond).toEqual([]);
  });

  it.each([
    ['liquidatedUsd a@test', 0.5, { byVenue: [{ ...venue, liquidatedUsd: 10_000 / 1.0051 }] }],
    ['badDebtUsd a@test', 1, { byVenue: [{ ...venue, badDebtUsd: 500 / 1.011 }] }],
    ['shortfallUsd a@test', 1, { byVenue: [{ ...venue, shortfallUsd: 300 / 1.011 }] }],
    ['stuckUsd a@test', 1, { byVenue: [{ ...venue, stuckUsd: 2_000 / 1.011 }] }],
    [
      'fundUseUsd a@test insurance-fund',
      1,
      { byVenue: [{ ...venue, fundUseUsd: { 'insurance-fund': 494 } }] },
    ],
    ['finalPriceUsd WETH', 0.5, { finalPriceUsd: { WETH: 994.9 } }],
    ['accounts of the first round a@test', 0, { firstRound: [] }],
  ])('says that %s is beyond %d %%', (measure, limit, changed) => {
    const { beyond } = compare(prediction, { ...crash, ...changed } as OnChainCrash);
    expect(beyond).toHaveLength(1);
    expect(beyond[0]).toMatch(new RegExp(`^${measure}: .*limit ${limit}`));
  });

  it('lets pass what is just within', () => {
    const near = { ...venue, liquidatedUsd: 10_000 / 1.0049, badDebtUsd: 500 / 1.0099 };
    const fundUseUsd = { 'insurance-fund': 500 / 1.0099 };
    const changed = { byVenue: [{ ...near, fundUseUsd }], finalPriceUsd: { WETH: 1_000 / 1.0049 } };
    expect(compare(prediction, { ...crash, ...changed } as unknown as OnChainCrash).beyond).toEqual([]);
  });

  it('says when only one of the two came to an end', () => {
    expect(compare(prediction, { ...crash, converged: false }).beyond).toEqual([
      'only one of the two came to an end',
    ]);
  });
});
