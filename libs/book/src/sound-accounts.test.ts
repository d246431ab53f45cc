import { fixedPrice } from './draft-price.ts';
import type { DraftAccount, DraftLeg } from './draft.ts';
import { soundAccounts } from './sound-accounts.ts';

const price = fixedPrice('eth', 3_000n * 10n ** 8n, 3_000);
const debt: DraftLeg = {
  ...{ market: 'm', asset: '0x01', price, role: 'debt', side: -1, amount: 5n, threshold: 0n },
  ...{ liquidationThreshold: 0, liquidationBonus: 0, liquidationProtocolFee: 0 },
};
const account = (legs: readonly DraftLeg[], owner = '0x0a'): DraftAccount => ({
  ...{ venue: 'v', owner: owner as `0x${string}`, market: '', legs },
});

describe('soundAccounts', () => {
  it('keeps what can be, at its ends too', () => {
    const collateral: DraftLeg = {
      ...debt,
      role: 'collateral',
      side: 1,
      liquidationThreshold: 1,
      liquidationBonus: 0.5,
    };
    const all = [account([debt]), account([collateral, { ...debt, amount: 2n ** 256n - 1n }])];
    expect(soundAccounts(all, () => 77)).toEqual({ accounts: all, gaps: [] });
  });

  it.each<[string, Partial<DraftLeg>, RegExp]>([
    ['a negative amount', { amount: -1n }, /amount below zero/],
    ['a price of zero', { price: { ...price, usd: 0 } }, /no number/],
    ['a price that is no number', { price: { ...price, usd: Number.NaN } }, /no number/],
    ['a value that is not finite', { price: { ...price, usd: 1e300 }, amount: 10n ** 20n }, /no number/],
    ['a value beyond all money', { amount: 4n * 10n ** 38n }, /no number/],
    ['a threshold above one', { liquidationThreshold: 1.01 }, /out of range/],
    ['a negative bonus', { liquidationBonus: -0.99 }, /out of range/],
    ['a fee above all', { liquidationProtocolFee: 2 }, /out of range/],
    ['a margin without end', { maintenanceMargin: Infinity }, /out of range/],
  ])('leaves out an account with %s, and only that one', (_what, flaw, reason) => {
    const good = account([debt]);
    const { accounts, gaps } = soundAccounts([good, account([debt, { ...debt, ...flaw }], '0x0b')], () => 18);
    expect(accounts).toEqual([good]);
    expect(gaps).toEqual([
      { source: 'v', reason: expect.stringMatching(reason), count: 1, debtUsd: undefined },
    ]);
  });

  it('leaves out the accounts of a market whose state cannot be', () => {
    const good = account([debt]);
    const bad = account([debt, { ...debt, market: 'n' }], '0x0b');
    const { accounts, gaps } = soundAccounts(
      [good, bad],
      () => 18,
      (venue, market) => `${venue} ${market}` !== 'v n',
    );
    expect(accounts).toEqual([good]);
    expect(gaps).toEqual([
      { source: 'v', reason: expect.stringMatching(/out of range/), count: 1, debtUsd: undefined },
    ]);
  });
});
