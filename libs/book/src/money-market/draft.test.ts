import { MONEY_MARKET_VENUE_ID, type Address } from '@undertow/market';
import { applyFacts } from '../apply-facts.ts';
import {
  btcFeed,
  keyed,
  marketsSaid,
  owner,
  price,
  reference,
  USDC,
  WETH,
} from '../fixtures/hand-made-facts.ts';
import { checkBook } from '../check/check-book.ts';
import { emptyLedger } from '../ledger.ts';
import { toBook } from '../to-book.ts';

type Said = (typeof marketsSaid)[number];

const WAD = 10n ** 18n;
const at = { venue: 'markets' } as const;

const shared: Said = {
  ...{ kind: 'TermsChanged', ...at, market: MONEY_MARKET_VENUE_ID },
  patch: { form: 'money-market-venue', closeFactorWad: WAD / 2n, incentiveWad: (11n * WAD) / 10n },
};
const market = (asset: Address, decimals: number, feed: string): Said => ({
  ...{ kind: 'TermsChanged', ...at, market: asset },
  patch: {
    ...{ form: 'money-market', asset, decimals, collateralFactorWad: (8n * WAD) / 10n, isSeizable: true },
    oracle: { form: 'feed', feed },
  },
});
const holds = (asset: Address, borrows: bigint): Said => ({
  ...{ kind: 'GrowthAccrued', ...at, market: asset },
  growth: {
    ...{ form: 'money-market', said: 'all', cash: 10n ** 24n, borrows, reserves: 0n, supply: 10n ** 24n },
    ...{ borrowIndexWad: WAD, reserveFactorWad: 0n, accruedBlock: 1 },
  },
});
const leg = { ...at, market: WETH, owner: owner(1) } as const;
/** One account: 10 WETH entered, 20,000 USDC owed. */
const said: readonly Said[] = [
  ...[shared, market(WETH, 18, 'eth-feed'), market(USDC, 6, 'usdc-feed')],
  ...[holds(WETH, 0n), holds(USDC, 20_000n * 10n ** 6n)],
  { kind: 'LegChanged', ...leg, side: 'collateral', sharesDelta: 10n * WAD },
  { kind: 'CollateralSwitched', ...leg, enabled: true },
  {
    ...{ kind: 'PositionChanged', ...at, market: USDC, owner: owner(1), position: '' },
    change: { form: 'indexed-debt', principal: 20_000n * 10n ** 6n },
  },
];

/** Another venue that prices the debt by another feed. */
const elsewhere: readonly Said[] = [
  ...marketsSaid.map((fact): Said => {
    if (fact.kind !== 'TermsChanged' || fact.market !== USDC || fact.patch.form !== 'reserve') return fact;
    return { ...fact, patch: { ...fact.patch, oracle: { form: 'feed', feed: btcFeed } } };
  }),
  price(btcFeed, 2n),
];
const byHand = (asset: Address, usdWad: bigint): Said => ({
  ...{ kind: 'TermsChanged', ...at, market: asset },
  patch: { form: 'money-market', oracle: { form: 'constant', usdWad } },
});

function coverageOf(more: readonly Said[], first = said) {
  const ledger = emptyLedger({
    ...reference,
    venues: [
      ...reference.venues,
      {
        ...{ id: 'markets', chainId: 1, protocol: 'compound', version: '2' },
        ...{ mechanism: 'money-market', address: '0xcc' },
      },
    ],
  });
  const prices = marketsSaid.filter(({ kind }) => kind === 'PricePosted');
  applyFacts(ledger, keyed([...prices, ...first, ...more]));
  const book = toBook(ledger);
  checkBook(book);
  const { coverage } = book;
  return { ...coverage, gaps: coverage.gaps.filter(({ source }) => source.startsWith('markets')) };
}

describe('an account whose collateral has no price', () => {
  test('is in the book while it has one', () => {
    expect(coverageOf([])).toMatchObject({ accounts: 1, share: 1, gaps: [] });
  });

  test('leaves a debt that is known', () => {
    const { gaps, knownDebtUsd, share } = coverageOf([price('eth-feed', 0n)]);
    const reason = 'the feed eth-feed has no price';
    expect(gaps).toMatchObject([{ source: 'markets', reason, count: 1, debtUsd: 20_000 }]);
    expect(knownDebtUsd).toBe(20_000);
    expect(share).toBe(0);
  });

  test('leaves one that is not when what it owes has none either', () => {
    const { gaps, knownDebtUsd } = coverageOf([price('eth-feed', 0n), price('usdc-feed', 0n)]);
    expect(gaps).toMatchObject([{ source: 'markets', debtUsd: undefined }]);
    expect(knownDebtUsd).toBe(0);
  });
});

describe('a venue whose logs say terms that no contract has', () => {
  test.each([(11n * WAD) / 10n, 10n ** 40n])(
    'with a close factor of %d is left out, and its book fits together',
    (closeFactorWad) => {
      const patch = { form: 'money-market-venue', closeFactorWad } as const;
      const coverage = coverageOf([{ ...shared, patch } as Said]);
      expect(coverage).toMatchObject({ accounts: 0, knownDebtUsd: 20_000, share: 0 });
      expect(coverage.gaps).toMatchObject([
        { reason: 'liquidation terms out of range: facts are wrong', count: 1 },
      ]);
    },
  );
});

describe('the debt of accounts that are left out', () => {
  const reason: unknown = expect.stringMatching(/is not of a feed|are not known|has no price/);
  const all = (coverage: ReturnType<typeof coverageOf>, debtUsd: number) => {
    expect(coverage.gaps).toMatchObject([{ source: 'markets', reason, count: 1, debtUsd }]);
    expect(coverage).toMatchObject({ accounts: 0, knownDebtUsd: debtUsd, share: 0 });
  };

  test('has the price of another venue when the oracle of all markets is replaced', () => {
    all(coverageOf([...elsewhere, byHand(WETH, 0n), byHand(USDC, 0n)]), 40_000);
  });

  test('has the price of another venue when its own feed is silent, or a price is set by hand', () => {
    all(coverageOf([...elsewhere, price('usdc-feed', 0n)]), 40_000);
    all(coverageOf([...elsewhere, byHand(USDC, 3n * WAD)]), 40_000);
  });

  test('has the price that was set by hand when no other is known, and none when that is 0', () => {
    all(coverageOf([byHand(USDC, 3n * WAD)]), 60_000);
    const { gaps, knownDebtUsd } = coverageOf([byHand(USDC, 0n)]);
    expect(gaps).toMatchObject([{ source: 'markets', count: 1, debtUsd: undefined }]);
    expect(knownDebtUsd).toBe(0);
  });

  test('keeps the price of its own feed when only the collateral is not modelled', () => {
    all(coverageOf([...elsewhere, byHand(WETH, 7n * WAD)]), 20_000);
  });

  test('is known without the terms that markets share', () => {
    all(
      coverageOf(
        [],
        said.filter((fact) => fact !== shared),
      ),
      20_000,
    );
  });

  test('does not hide debt that nobody known has', () => {
    const { gaps, knownDebtUsd } = coverageOf([holds(USDC, 25_000n * 10n ** 6n), price('eth-feed', 0n)]);
    expect(gaps).toMatchObject([
      { source: 'markets', count: 1, debtUsd: 20_000 },
      { source: `markets ${USDC}`, reason: 'accounts that were not read', debtUsd: 5_000 },
    ]);
    expect(knownDebtUsd).toBe(25_000);
  });
});
