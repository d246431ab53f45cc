import type { Book } from '@undertow/book';
import type { CascadeResult } from '@undertow/cascade';
import { cascadeText } from './cascade-text.ts';

const losses = { accounts: 1, liquidatedUsd: 900_000, repaidUsd: 800_000 };
const venue = (name: string, badDebtUsd: number) => ({ venue: name, ...losses, badDebtUsd });
const result = {
  ...losses,
  badDebtUsd: 7_000,
  block: 5,
  converged: true,
  scenario: { shocks: {} },
  rounds: [1, 2].map((index) => ({ ...losses, index, badDebtUsd: 3_500 })),
  byVenue: [venue('insured@test', 5_000), venue('shared@test', 2_000)],
  byAsset: [
    { symbol: 'WETH', priceBeforeUsd: 2, priceAfterUsd: 1, seized: 11, sold: 12, bought: 13, unsold: 14 },
  ],
  funds: [
    {
      ...{ venue: 'insured@test', fund: 'insurance-fund', symbol: 'USDC', before: 9_000, after: 4_761 },
      ...{ paidUsd: 4_250, receivedUsd: 11, drawnUsd: 4_239, lossUsd: 4_250 },
    },
    {
      ...{ venue: 'shared@test', fund: 'deficit', symbol: 'USDC', before: 0, after: -100 },
      ...{ paidUsd: 0, receivedUsd: 0, drawnUsd: 100, lossUsd: 0 },
    },
  ],
  contagion: [],
  waterfall: [
    { venue: 'insured@test', lossUsd: 5_000, fundUsd: 4_250, socialisedUsd: 0, leftUsd: 750 },
    { venue: 'shared@test', lossUsd: 2_000, fundUsd: 0, socialisedUsd: 1_900, leftUsd: 100 },
  ],
  liquidatorProfitUsd: -39_268,
  amplification: 1,
  coverage: { share: 1, knownDebtUsd: 0, gaps: [] },
} as unknown as CascadeResult;
const text = cascadeText(
  {
    ...{ chainId: 1, assets: [] },
    venues: [
      { id: 'insured@test', mechanism: 'perpetual' },
      { id: 'shared@test', mechanism: 'isolated-pair' },
    ],
  } as unknown as Book,
  result,
);

describe('cascadeText', () => {
  it('says of every bad debt whether it is before or after funds', () => {
    expect(text).toContain('Bad debt before funds 7,000 USD, after funds 2,750 USD.');
    const headers = text.match(/Bad debt.*/g)!;
    expect(headers).toHaveLength(4);
    for (const header of text.split('\n').filter((line) => line.includes('Bad debt USD,'))) {
      expect(text.split('\n')[text.split('\n').indexOf(header) + 1]).toMatch(/(before|after) funds/);
    }
  });

  it('has both for each venue', () => {
    expect(text).toMatch(/insured@test .*5,000 .* 750 /);
    expect(text).toMatch(/shared@test .*2,000 .* 2,000 /);
  });

  it('says that some accounts are hit in several rounds, and who loses', () => {
    expect(text).toContain(
      '1 accounts liquidated in 2 rounds, some of them in several: 2 with each round counted.',
    );
    expect(text).toContain('; liquidators lose 39,268 USD.');
    const pool = { ...result, funds: [{ fund: 'stability-pool' }] } as unknown as CascadeResult;
    expect(
      cascadeText({ chainId: 1, assets: [], venues: [] } as unknown as Book, { ...pool, accounts: 0 }),
    ).toContain('liquidators and stability-pool depositors lose 39,268 USD');
  });

  it('says what is liquidated where, and what was bought beside what was sold', () => {
    expect(text).toMatch(/insured@test .* notional closed, /);
    expect(text).toMatch(/shared@test .* collateral seized /);
    expect(text).toMatch(/Seized │ +Sold │ Bought │ Unsold/);
    expect(text).toMatch(/11 │ +12 │ +13 │ +14 /);
  });

  it('has losses of funds that are those of the waterfall; a deficit paid nothing', () => {
    expect(text).toMatch(/insurance-fund │ +9,000 USDC │ 4,761 USDC │ +4,250 │ +11 │ +4,250 /);
    expect(text).toMatch(/insured@test │ +5,000 │ +4,250 │ +0 │ +750 /);
    expect(text).toMatch(/deficit │ +0 USDC │ +-100 USDC │ +0 │ +0 │ +0 /);
    expect(text).toMatch(/deficit: debt written off and recorded; no fund paid it/);
  });
});
