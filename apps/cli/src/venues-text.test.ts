import type { Book, VenueSummary } from '@undertow/book';
import { venuesText } from './venues-text.ts';

const gap = (reason: string, count: number, unit: 'account' | 'asset') => ({
  ...({ kind: 'venue', source: 'lend@test', reason, count, unit, debtUsd: undefined } as const),
});
const gaps = [gap('no price of its oracle', 283, 'account'), gap('holds 1 % less TAXED', 1, 'asset')];
const venue: VenueSummary = {
  ...{ id: 'lend@test', protocol: 'lend', version: '1.0', mechanism: 'isolated-pair', rule: undefined },
  ...{
    accounts: 5,
    collateralUsd: 9,
    largestCollateralUsd: 9,
    debtUsd: 4,
    due: 0,
    funds: [],
    leftOut: 283,
    gaps,
  },
};
const stranger = { ...gap('no pool', 7, 'account'), kind: 'asset', source: 'lend@test' } as const;
const coverage = { accounts: 5, modelledDebtUsd: 4, knownDebtUsd: 4, share: 1, gaps: [...gaps, stranger] };
const text = venuesText({ chainId: 1, block: 2, coverage } as unknown as Book, [
  venue,
  { ...venue, id: 'whole@test', leftOut: 0, gaps: [] },
]);

describe('venuesText', () => {
  it('counts the accounts left out, not the reasons, and says the reasons in words', () => {
    expect(text).toMatch(/^lend@test +isolated-pair 1\.0 +5 +– +9 +4 +283$/m);
    expect(text).toMatch(/^whole@test .* 4 +–$/m);
  });

  it('has every fund that holds or owes something', () => {
    const fund = { kind: 'insurance-fund', asset: '0x1', symbol: 'USDC', valueUsd: 1 } as const;
    const funds = [
      { ...fund, amount: 335_446.27 },
      { ...fund, kind: 'deficit' as const, amount: -7, valueUsd: -5 },
      { ...fund, amount: 0, valueUsd: 0 },
    ];
    const shown = venuesText({ chainId: 1, block: 2, coverage } as unknown as Book, [{ ...venue, funds }]);
    expect(shown).toMatch(/^lend@test +insurance-fund +USDC +335\.4K +1\nlend@test +deficit +USDC +−7 +−5$/m);
    expect(text).not.toContain('Shared funds');
  });

  it('says what a gap counts, and what kind of thing is called like a venue', () => {
    expect(text).toContain('  lend@test: no price of its oracle (283 accounts)');
    expect(text).toContain('  lend@test: holds 1 % less TAXED (1 asset)');
    expect(text).toContain('  asset lend@test: no pool (7 accounts)');
  });
});
