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
  rounds: [{ ...losses, index: 1, badDebtUsd: 7_000 }],
  byVenue: [venue('insured@test', 5_000), venue('shared@test', 2_000)],
  byAsset: [],
  funds: [],
  contagion: [],
  waterfall: [
    { venue: 'insured@test', lossUsd: 5_000, fundUsd: 4_250, socialisedUsd: 0, leftUsd: 750 },
    { venue: 'shared@test', lossUsd: 2_000, fundUsd: 0, socialisedUsd: 1_900, leftUsd: 100 },
  ],
  liquidatorProfitUsd: 0,
  amplification: 1,
  coverage: { share: 1, knownDebtUsd: 0, gaps: [] },
} as unknown as CascadeResult;
const text = cascadeText({ chainId: 1, assets: [] } as unknown as Book, result);

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
});
