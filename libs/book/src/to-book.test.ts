import { isPairLiquidatable, pooledAccountData, SNAPSHOT_LOG_INDEX, type Fact } from '@undertow/market';
import { RAY } from '@undertow/units';
import fc from 'fast-check';
import { applyFacts } from './apply-facts.ts';
import type { Book } from './book.ts';
import {
  accountsSaid,
  allSaid,
  index,
  keyed,
  marketsSaid,
  owner,
  PAIR,
  pairPosition,
  pooledLeg,
  poolSaid,
  price,
  reference,
  START,
  switched,
  USDC,
  WETH,
} from './fixtures/hand-made-facts.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { pairAccount } from './isolated-pair/account.ts';
import { pooledAccount } from './pooled-lending/account.ts';
import { isDue } from './is-due.ts';
import { formulaPriceUsd } from './oracle-formula.ts';
import type { AccountRow } from './rows.ts';
import { toBook } from './to-book.ts';
import { bookValues, type BookValues } from './value-account.ts';

type Said = (typeof allSaid)[number];

const ledgerOf = (facts: readonly Fact[]): Ledger => {
  const ledger = emptyLedger(reference);
  applyFacts(ledger, facts);
  return ledger;
};
const bookOf = (said: readonly Said[], options = {}) => toBook(ledgerOf(keyed(said)), options);

/** Legs of an account, readable. */
function legsOf(book: Book, name: { venue: string; owner: string }) {
  const row = book.accounts.owner.findIndex(
    (own, i) => own === name.owner && book.venues[book.accounts.venue[i]!]!.id === name.venue,
  );
  const rows = Array.from(
    { length: book.accounts.legStart[row + 1]! - book.accounts.legStart[row]! },
    (_, i) => book.accounts.legStart[row]! + i,
  );
  return rows.map((leg) => ({
    asset: book.assets[book.legs.asset[leg]!]!.symbol,
    amount: book.legs.side[leg]! * book.legs.amount[leg]!,
    threshold: book.legs.liquidationThreshold[leg]!,
    feed: book.oracles[book.legs.oracle[leg]!]!.id,
  }));
}

/** A book at its own amounts while some feeds, by id, answer otherwise. */
function movedValues(book: Book, answers: Readonly<Record<string, number>>): BookValues {
  const feedAnswer = Float64Array.from(book.feeds, ({ id, answer }) => answers[id] ?? answer);
  return bookValues(book, {
    amount: book.legs.amount,
    prices: {
      feedAnswer,
      oracleFactor: new Float64Array(book.oracles.length).fill(1),
      oraclePriceUsd: Float64Array.from(book.oracles, ({ formula }) => formulaPriceUsd(formula, feedAnswer)),
    },
    volatilityFactor: 1,
    isTouched: new Uint8Array(book.accounts.count),
  });
}

/** The hand-made world has no pool of WBTC. */
const cannotSellWbtc = {
  source: 'WBTC',
  reason: 'no known market: nobody buys what is seized of it',
  count: 1,
  debtUsd: undefined,
};

const WITH_CATEGORY: readonly Said[] = [
  {
    kind: 'TermsChanged',
    venue: 'aave',
    market: 'category:1',
    patch: {
      form: 'category',
      label: 'majors',
      loanToValueBps: 9_000n,
      liquidationThresholdBps: 9_300n,
      liquidationBonusBps: 100n,
      oracle: { form: 'feed', feed: 'majors-feed' },
    },
  },
  { kind: 'TermsChanged', venue: 'aave', market: WETH, patch: { form: 'reserve', category: 1 } },
  price('majors-feed', 2_900n),
  { kind: 'CategoryChosen', venue: 'aave', owner: owner(1), category: 1 },
];

describe('toBook', () => {
  test('holds accounts with debt only, in USD and whole units', () => {
    const book = bookOf(allSaid);
    expect(book.accounts.owner).toEqual([owner(1), owner(2), owner(1)]);
    expect([...book.accounts.venue]).toEqual([0, 0, 1]);
    expect(legsOf(book, { venue: 'aave', owner: owner(1) })).toEqual([
      { asset: 'USDC', amount: -20_000, threshold: 0, feed: 'usdc-feed' },
      { asset: 'WETH', amount: 10, threshold: 0.825, feed: 'eth-feed' },
    ]);
    expect(book.coverage).toMatchObject({ accounts: 3, share: 1, gaps: [cannotSellWbtc] });
    expect(book.coverage.modelledDebtUsd).toBeCloseTo(20_000 + 30_000 + 6_000 + 9_000, 6);
  });

  test('supply that its owner does not let count has threshold 0', () => {
    const legs = legsOf(bookOf(allSaid), { venue: 'aave', owner: owner(2) });
    expect(legs.map(({ asset, amount, threshold }) => [asset, amount, threshold])).toEqual([
      ['WBTC', 1, 0.825],
      ['WBTC', -0.1, 0],
      ['USDC', -30_000, 0],
      ['WETH', 1, 0],
    ]);
  });

  test('venues that ask the same feed share an oracle row', () => {
    const book = bookOf(allSaid);
    expect(legsOf(book, { venue: 'morpho', owner: owner(1) })).toEqual([
      { asset: 'WETH', amount: 5, threshold: 0.86, feed: 'eth-feed' },
      { asset: 'USDC', amount: -9_000, threshold: 0, feed: 'usdc-feed' },
    ]);
    expect(book.oracles).toHaveLength(3);
    expect(book.markets.map(({ label }) => label).sort()).toEqual(['USDC', 'WBTC', 'WETH', 'WETH/USDC 86 %']);
  });

  test('an e-mode replaces threshold, bonus and price of the reserves in it', () => {
    const book = bookOf([...allSaid, ...WITH_CATEGORY]);
    const legs = legsOf(book, { venue: 'aave', owner: owner(1) });
    expect(legs.find(({ asset }) => asset === 'WETH')).toMatchObject({
      threshold: 0.93,
      feed: 'majors-feed',
    });
    expect(legsOf(book, { venue: 'morpho', owner: owner(1) })[0]).toMatchObject({ feed: 'eth-feed' });
    // The shock applies to the first feed of the asset, by id.
    expect(book.assets.find(({ symbol }) => symbol === 'WETH')!.oraclePriceUsd).toBe(3_000);
  });

  test('interest grows to the time asked for', () => {
    const said = [...allSaid, index(USDC, 'debt', RAY / 10n)];
    const year = 365 * 24 * 3_600;
    const later = bookOf(said, { time: START + year });
    const debt = legsOf(later, { venue: 'aave', owner: owner(1) }).find(({ asset }) => asset === 'USDC')!;
    expect(-debt.amount / 20_000).toBeGreaterThan(1.1);
    expect(-debt.amount / 20_000).toBeLessThan(Math.exp(0.1));
  });

  test('depth comes from the pool, and its mid price is the market price', () => {
    const book = bookOf(allSaid);
    const weth = book.assets.findIndex(({ symbol }) => symbol === 'WETH');
    expect(book.depth[weth]).toMatchObject({ feeRatio: 0.003 });
    expect(book.assets[weth]!.marketPriceUsd).toBeCloseTo(3_000, 0);
    // USDC is what WETH is quoted in, so it is cash and has no curve; WBTC has no pool.
    expect(book.depth.filter((curve) => curve !== undefined)).toHaveLength(1);
  });

  describe('a pair whose oracle is not one USD feed over another', () => {
    const vaultPair = (base: readonly string[], quote: readonly string[], scaleFactor: bigint): Said => ({
      kind: 'TermsChanged',
      venue: 'morpho',
      market: PAIR,
      patch: { form: 'pair', oracle: { form: 'ratio', base, quote, scaleFactor } },
    });

    test('gets a row of its own: the ratio times the price of what is owed', () => {
      const book = bookOf([...allSaid, vaultPair(['eth-feed'], ['usdc-feed'], (10n ** 24n * 11n) / 10n)]);
      const [collateral] = legsOf(book, { venue: 'morpho', owner: owner(1) });
      expect(collateral!.feed).toBe(`morpho:${PAIR}`);
      expect(book.oracles.find(({ id }) => id === collateral!.feed)!.priceUsd).toBeCloseTo(3_300, 9);
      expect(book.assets.find(({ symbol }) => symbol === 'WETH')!.oraclePriceUsd).toBe(3_000);
    });

    test('moves in the exact decision as it does in floats', () => {
      const book = bookOf([...allSaid, vaultPair(['eth-feed'], [], 10n ** 16n)]);
      const dueAt = (factor: number) =>
        isDue(movedValues(book, { 'eth-feed': 3_000 * factor }), 2 as AccountRow);
      // 5 WETH × 3,000 × 0.86 = 12,900 against 9,000: healthy down to a factor of 0.6977.
      expect([dueAt(0.698), dueAt(0.697)]).toEqual([false, true]);
    });
  });

  describe('coverage', () => {
    test('counts the debt of accounts that a snapshot did not read, and only that', () => {
      // 30,000 USDC in all, of which a snapshot reads 20,000; then someone who was not read repays 4,000.
      const key = { chainId: 1, block: 1_000, logIndex: SNAPSHOT_LOG_INDEX, time: START };
      const sharesDelta = 30_000n * 10n ** 6n;
      const accrual = { form: 'totals', side: 'debt', assetsDelta: 0n, sharesDelta, accrued: false } as const;
      const read = [
        { kind: 'IndexAccrued', venue: 'aave', market: USDC, accrual } as const,
        pooledLeg(1, WETH, 'collateral', 10n * 10n ** 18n),
        switched(1, WETH),
        pooledLeg(1, USDC, 'debt', 20_000n * 10n ** 6n),
      ];
      const ledger = ledgerOf(keyed([...marketsSaid, ...poolSaid]));
      applyFacts(
        ledger,
        read.map((fact, part): Fact => ({ ...key, part, ...fact })),
      );
      applyFacts(ledger, keyed([pooledLeg(7, USDC, 'debt', -4_000n * 10n ** 6n)], 1_001));
      const { coverage } = toBook(ledger, { time: START });
      expect(coverage.accounts).toBe(1);
      expect(coverage.knownDebtUsd).toBeCloseTo(26_000, 6);
      expect(coverage.gaps).toContainEqual({
        ...{
          kind: 'venue',
          source: `aave ${USDC}`,
          reason: 'accounts that were not read',
          count: 1,
          unit: 'market',
        },
        debtUsd: 10_000,
      });
    });

    test('names what has no price, with the debt that hangs on it where that can be said', () => {
      const silent = marketsSaid.filter((fact) => !(fact.kind === 'PricePosted' && fact.feed === 'btc-feed'));
      const { coverage, accounts } = bookOf([...silent, ...poolSaid, ...accountsSaid]);
      expect(accounts.count).toBe(2);
      // Owner 2 owes WBTC too, which has no price.
      expect(coverage.gaps).toEqual([
        {
          kind: 'venue',
          source: 'aave',
          reason: 'feed btc-feed has not answered',
          count: 1,
          unit: 'account',
          debtUsd: undefined,
        },
      ]);
      expect(coverage.knownDebtUsd).toBeCloseTo(59_000, 6);
      expect(coverage.share).toBeCloseTo(29 / 59, 9);
    });

    test('names a rate model without maths, a release without maths and a venue without reference', () => {
      const said: Said[] = [
        ...allSaid,
        {
          kind: 'TermsChanged',
          venue: 'morpho',
          market: PAIR,
          patch: { form: 'pair', rateModel: { address: '0xdd', form: 'unknown' } },
        },
        { kind: 'LegChanged', venue: 'nowhere', market: 'x', owner: owner(5), side: 'debt', sharesDelta: 1n },
      ];
      const ledger = ledgerOf(keyed(said));
      const [aave] = reference.venues;
      ledger.reference.venues.set('aave', { ...aave!, version: '9.9' });
      // A minute on, so that the pair has interest to accrue.
      const { gaps } = toBook(ledger, { time: ledger.at!.time + 60 }).coverage;
      expect(gaps.map(({ source, reason, count }) => `${source}: ${reason}: ${count}`)).toEqual([
        'aave: release 9.9 of aave-v3 has no maths here: 2',
        `morpho ${PAIR}: interest-rate model 0xdd is not known: 1`,
        'nowhere: the venue is not in the reference: 1',
      ]);
    });

    test('names missing history, accounts that were not read, logs that were not, and feeds that are silent', () => {
      const said: Said[] = [
        ...allSaid,
        pooledLeg(4, USDC, 'debt', 10n ** 6n),
        pooledLeg(4, WETH, 'collateral', -1n),
        ...pairPosition(6, 10n ** 18n, 10n ** 9n).slice(2),
        { kind: 'Quarantined', source: 'aave', reason: 'no such event', topics: [], data: '0x' },
      ];
      const book = bookOf(said, { time: START + 30 * 3_600 });
      expect(book.coverage.gaps.map(({ source, reason }) => `${source}: ${reason}`)).toEqual([
        'BTC / USD (btc-feed): newest answer is 30 hours old',
        'ETH / USD (eth-feed): newest answer is 30 hours old',
        'USDC / USD (usdc-feed): newest answer is 30 hours old',
        'WBTC: no known market: nobody buys what is seized of it',
        'aave: no such event',
        'aave: shares below zero: facts before the first block read are missing',
        `morpho ${PAIR}: accounts that were not read`,
      ]);
      expect(book.coverage.gaps.at(-1)!.debtUsd).toBeCloseTo(1_000, 3);
    });

    test('names collateral that cannot be sold', () => {
      const { gaps } = bookOf([...marketsSaid, ...accountsSaid]).coverage;
      expect(gaps.map(({ source }) => source)).toEqual(
        ['USDC', 'WBTC', 'WETH'].filter((symbol) => symbol !== 'USDC'),
      );
      expect(gaps[0]!.reason).toMatch(/no known market/);
    });

    test('an empty ledger is an empty book that misses nothing', () => {
      expect(toBook(emptyLedger())).toMatchObject({
        block: 0,
        accounts: { count: 0 },
        coverage: { share: 1, gaps: [] },
      });
    });
  });

  test('equal facts give equal hashes, in whatever order they and the reference came', () => {
    const facts = keyed(allSaid);
    const { hash } = toBook(ledgerOf(facts));
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        const ledger = emptyLedger({
          venues: reference.venues.toReversed(),
          assets: reference.assets.toReversed(),
          feeds: reference.feeds.toReversed(),
          pools: reference.pools,
        });
        applyFacts(ledger, shuffled);
        expect(toBook(ledger).hash).toBe(hash);
      }),
      { numRuns: 20 },
    );
    expect(bookOf([...allSaid, price('eth-feed', 3_001n)]).hash).not.toBe(hash);
  });

  test('accounts that came in another order give the same book', () => {
    const said = [...marketsSaid, ...poolSaid];
    const keys = keyed([...said, ...accountsSaid]);
    const swapped = [
      ...said,
      ...accountsSaid.slice(3, 8),
      ...accountsSaid.slice(0, 3),
      ...accountsSaid.slice(8),
    ];
    const renamed = keyed(swapped);
    expect(toBook(ledgerOf(renamed)).hash).toBe(toBook(ledgerOf(keys)).hash);
  });
});

describe('isDue', () => {
  test('decides as the ledger’s own accounts do, at any price, and after a structured clone', () => {
    const ledger = ledgerOf(keyed([...allSaid, ...WITH_CATEGORY]));
    const book = structuredClone(toBook(ledger));
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 6_000n * 10n ** 8n }), (answer) => {
        const feeds = ['eth-feed', 'majors-feed'];
        const usd = Number(answer) / 1e8;
        const values = movedValues(book, { 'eth-feed': usd, 'majors-feed': usd });
        for (const feed of feeds) ledger.prices.set(feed, { answer, round: 2n, updatedAt: START });
        const time = book.time;
        for (let row = 0; row < book.accounts.count; row++) {
          const name = { owner: book.accounts.owner[row]!, time };
          const decided = isDue(values, row as AccountRow);
          if (book.venues[book.accounts.venue[row]!]!.id === 'aave') {
            const read = pooledAccount(ledger, { venue: 'aave', ...name });
            if ('reason' in read) throw new Error(read.reason);
            expect(decided).toBe(pooledAccountData(read.account).healthFactorWad! < 10n ** 18n);
          } else {
            const read = pairAccount(ledger, { venue: 'morpho', market: PAIR, ...name });
            if ('reason' in read) throw new Error(read.reason);
            expect(decided).toBe(isPairLiquidatable(read.account.position, read.account.market));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('an account without a position is healthy, one at an unknown venue has a reason', () => {
  const ledger = ledgerOf(keyed(allSaid));
  const read = pooledAccount(ledger, { venue: 'aave', owner: owner(9), time: START });
  expect(read).toMatchObject({ account: { positions: [] } });
  expect(pooledAccount(ledger, { venue: 'nowhere', owner: owner(1), time: START })).toMatchObject({
    reason: /nowhere/,
  });
  expect(
    pairAccount(ledger, { venue: 'morpho', market: '0xother', owner: owner(1), time: START }),
  ).toHaveProperty('reason');
});
