import type { AssetRow } from '@undertow/book';
import type { CapUpdateEffect } from '@undertow/lag';
import { capUpdateText } from './cap-update-text.ts';

const book = { block: 7, chainId: 1, assets: [{ symbol: 'wstETH' }] } as unknown as Parameters<
  typeof capUpdateText
>[0];
const nothing: CapUpdateEffect = {
  feed: '0xcap',
  label: 'Capped wstETH',
  rate: 1.2285,
  ratio: 1.25,
  isHeldBack: false,
  headroomBefore: 0.02,
  headroomAfter: 0.0175,
  latestSince: undefined,
  prices: [],
  madeDue: [],
};

it('says that an update with room changes nothing', () => {
  const text = capUpdateText(book, nothing);
  expect(text).toMatch(
    /^The update alone would make nobody liquidatable\.\nBlock 7 of chain 1\. Capped wstETH \(0xcap\)\./,
  );
  expect(text).toContain('Room below the cap: 2.00 % now, 1.75 % once the update has landed.');
  expect(text).toContain('No price would change.');
  expect(text).not.toMatch(/held back|at the latest|binds/);
});

it('says first whom it would let be liquidated, and then why', () => {
  const madeDue = Array.from({ length: 21 }, (_, i) => ({
    ...{ venue: 'aave', owner: `0x${i}` as const, market: '' },
    ...{ debtUsd: 1_000, healthBefore: 1.02, healthAfter: 0.99123 },
  }));
  const text = capUpdateText(book, {
    ...{
      ...nothing,
      madeDue,
      isHeldBack: true,
      ratio: 1.1912,
      headroomAfter: -0.0285,
      latestSince: 1_772_539_200,
    },
    prices: [{ id: '0xoracle', asset: 0 as AssetRow, beforeUsd: 2_500, afterUsd: 2_428.75 }],
  });
  expect(text).toMatch(/^!! The update alone would make 21 accounts with 21K USD of debt liquidatable\./);
  expect(text).toContain('the cap would grow from 1.1912, held back from what was asked');
  expect(text).toContain('2.00 % now, −2.85 %, it binds once');
  expect(text).toContain('name 2026-03-03 12:00 UTC at the latest');
  expect(text).toMatch(/wstETH +0xoracle +2,500 +2,428\.75 +−2\.85 %/);
  expect(text).toMatch(/aave +0x0 +1,000 +1\.0200 +0\.9912/);
  expect(text).toMatch(/and 1 more with less debt/);
});
