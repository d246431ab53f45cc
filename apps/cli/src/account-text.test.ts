import type { Book, OwnerAccount } from '@undertow/book';
import { accountText } from './account-text.ts';
import { decimal, units } from './text-table.ts';

const coverage = { accounts: 1, modelledDebtUsd: 1, knownDebtUsd: 1, share: 1, gaps: [] };
const book = { chainId: 1, block: 7, venues: [], coverage } as unknown as Book;
const account: OwnerAccount = {
  venue: { id: 'lend@x', protocol: 'lend', version: '1.0', mechanism: 'pooled-lending', rule: undefined },
  market: '',
  summary: undefined,
  exact: {
    market: '',
    healthFactorWad: 1_050_000_000_000_000_001n,
    figures: [{ view: 'Pool.debtOf()', label: 'debt', value: 123_456_789n, decimals: 6, unit: 'USDC' }],
    liquidationPrices: [
      {
        ...{ asset: '0xe1', feed: 'eth', symbol: 'WETH', description: 'ETH / USD' },
        ...{ answer: 2_400_00000001n, decimals: 8, presentAnswer: 3_000_00000000n, move: -0.2 },
      },
    ],
  },
  reason: undefined,
};

describe('accountText', () => {
  it('shows every integer whole, with the name of the view and its decimals applied', () => {
    const text = accountText({ address: '0xaa', book, accounts: [account] });
    expect(text).toContain('own measure 1.050000000000000001, liquidatable below 1');
    expect(text).toMatch(/Pool\.debtOf\(\) +debt +123\.456789 USDC +123456789$/m);
    expect(text).toMatch(/ETH \/ USD +2,400\.00000001 +3,000 +-20\.0 %$/m);
    expect(text).toContain('1 account at 1 venue, none with debt in the model.');
  });

  it('does not round a health factor up to the line', () => {
    const summary = { healthFactor: 0.999999999, collateralUsd: 1, debtUsd: 1, legs: [] };
    const due = { ...account, summary } as unknown as OwnerAccount;
    const text = accountText({ address: '0xaa', book, accounts: [due] });
    expect(text).toContain('health factor 0.9999');
    expect(text).not.toContain('1.0000');
  });

  it('says which prices nothing moves', () => {
    const leg = { kind: 'debt', amount: 5, symbol: 'vUSD', priceUsd: 1, valueUsd: 5 };
    const legs = [
      { ...leg, isFixed: true },
      { ...leg, symbol: 'USDC', isFixed: false },
    ];
    const summary = { healthFactor: 2, collateralUsd: 9, debtUsd: 10, legs };
    const text = accountText({
      address: '0xaa',
      book,
      accounts: [{ ...account, summary } as unknown as OwnerAccount],
    });
    expect(text).toMatch(/owes +5 +vUSD +1, constant +5/);
    expect(text).toMatch(/owes +5 +USDC +1 +5/);
  });

  it('says why there are none', () => {
    const reason = 'the feed is silent';
    const text = accountText({ address: '0xaa', book, accounts: [{ ...account, exact: undefined, reason }] });
    expect(text).toContain('No exact figures: the feed is silent.');
  });
});

describe('numbers', () => {
  it('keep every digit of an integer', () => {
    expect([decimal(-1n, 18), decimal(1_234_567n, 0), decimal(10n ** 77n, 77), decimal(0n, 6)]).toEqual([
      '-0.000000000000000001',
      '1,234,567',
      '1',
      '0',
    ]);
    expect([units(0.000123456), units(12.345), units(0)]).toEqual(['0.0001235', '12.35', '0']);
  });
});
