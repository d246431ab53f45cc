import type { CascadeResult } from '@undertow/cascade';
import { contagionText } from './contagion-text.ts';

const VENUES = ['aave-v3@ethereum', 'insured@test', 'shared@test', 'morpho-blue@ethereum', 'venus-core@bnb'];
const result = {
  byVenue: VENUES.map((venue) => ({ venue })),
  contagion: VENUES.flatMap((venue) => [
    { cause: 'shock', venue, symbol: 'ETH', liquidatedUsd: 1_000, badDebtUsd: 0 },
    { cause: 'shock', venue, symbol: 'BTC', liquidatedUsd: 500, badDebtUsd: 0 },
    { cause: 'insured@test', venue, symbol: 'ETH', liquidatedUsd: venue === 'shared@test' ? 7 : 0 },
  ]),
  funds: [
    {
      ...{ venue: 'insured@test', fund: 'insurance-fund', symbol: 'USDC', before: 9_000, after: 4_761 },
      ...{ paidUsd: 4_250, receivedUsd: 11, drawnUsd: 4_239, lossUsd: 4_250 },
    },
    {
      ...{ venue: 'shared@test', fund: 'deficit', symbol: 'USDC', before: 0, after: -100 },
      ...{ paidUsd: 0, receivedUsd: 0, drawnUsd: 100, lossUsd: 0 },
    },
    {
      ...{ venue: 'shared@test', fund: 'lending-pool', symbol: 'DAI', before: 5, after: 5 },
      ...{ paidUsd: 0, receivedUsd: 0, drawnUsd: 0, lossUsd: 0 },
    },
  ],
  waterfall: [
    {
      ...{ venue: 'insured@test', lossUsd: 5_000, fundUsd: 4_250, socialisedUsd: 0 },
      ...{ leftUsd: 750, openUsd: 0 },
    },
    {
      ...{ venue: 'shared@test', lossUsd: 9_000, fundUsd: 0, socialisedUsd: 1_900 },
      ...{ leftUsd: 100, openUsd: 7_000 },
    },
  ],
} as unknown as CascadeResult;

describe('contagionText', () => {
  it('is a square where that fits, causes down and venues across', () => {
    const text = contagionText(result, 200);
    expect(text).toMatch(/^Because of +aave-v3@ethereum +insured@test +shared@test .* All$/m);
    expect(text).toMatch(/^the shock +1,500 +1,500 +1,500 +1,500 +1,500 +7,500$/m);
    expect(text).toMatch(/^insured@test +– +– +7 +– +– +7$/m);
  });

  it('is a list in a narrow terminal, with the same sums', () => {
    const text = contagionText(result, 80);
    const hurt = text.slice(0, text.indexOf('\n\n'));
    for (const line of hurt.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^the shock +aave-v3@ethereum +1,500$/m);
    expect(text).toMatch(/^insured@test +shared@test +7$/m);
  });

  it('says who bears the losses, those of open accounts beside what is realised', () => {
    const text = contagionText(result, 100);
    expect(text).toMatch(/^insured@test +5,000 +4,250 +– +750 +–$/m);
    expect(text).toMatch(/^shared@test +9,000 +– +1,900 +100 +7,000$/m);
  });

  it('has the funds that were used; a deficit paid nothing', () => {
    const text = contagionText(result, 100);
    expect(text).toMatch(/^insured@test insurance-fund +USDC +9,000 +4,761 +4,250 +11 +4,250$/m);
    expect(text).toMatch(/^shared@test deficit +USDC +– +−100 +– +– +–$/m);
    expect(text).toMatch(/deficit: debt written off and recorded; no fund paid it/);
    expect(text).not.toMatch(/lending-pool/);
  });

  it('is nothing when nothing happened', () => {
    const quiet = { byVenue: [], contagion: [], funds: [], waterfall: [] } as unknown as CascadeResult;
    expect(contagionText(quiet, 100)).toBe('');
  });
});
