import type { Fact, FeedFormula } from '@undertow/market';
import { BadDataError, RAY } from '@undertow/units';
import fc from 'fast-check';
import { applyFacts } from './apply-facts.ts';
import {
  allSaid,
  index,
  keyed,
  marketsSaid,
  owner,
  PAIR,
  POOL,
  pooledLeg,
  reference,
  START,
  switched,
  USDC,
  WBTC,
  WETH,
} from './fixtures/hand-made-facts.ts';
import { ledgerDigest, ledgerLines } from './ledger-digest.ts';
import { addReference, copyLedger, emptyLedger } from './ledger.ts';

function fold(...batches: readonly (readonly Fact[])[]) {
  const ledger = emptyLedger(reference);
  for (const batch of batches) applyFacts(ledger, batch);
  return ledger;
}

const facts = keyed(allSaid);

describe('applyFacts', () => {
  test('folds every kind of fact', () => {
    const ledger = fold(facts);
    const venue = ledger.venues.get('aave')!;
    expect(venue.accounts.get(owner(1))!.legs.get(WETH)).toEqual({
      collateralShares: 10n * 10n ** 18n,
      debtShares: 0n,
      collateralEnabled: true,
    });
    expect(venue.markets.get(USDC)!.debtShares).toBe(50_000n * 10n ** 6n);
    const pairLeg = ledger.venues.get('morpho')!.accounts.get(owner(1))!.legs.get(PAIR)!;
    expect(pairLeg.debtShares).toBe(ledger.venues.get('morpho')!.markets.get(PAIR)!.debtShares);
    expect(ledger.venues.get('morpho')!.markets.get(PAIR)!.totals.debtAssets).toBe(9_000n * 10n ** 6n);
    expect(ledger.prices.get('eth-feed')!.answer).toBe(3_000n * 10n ** 8n);
    expect([...ledger.pools.get(POOL)!.ticks]).toEqual([
      [-212_400, 10n ** 18n],
      [-180_060, -(10n ** 18n)],
    ]);
    expect(ledger.at).toMatchObject({ chainId: 1, block: facts.at(-1)!.block, time: facts.at(-1)!.time });
  });

  test('merges terms field by field', () => {
    const ledger = fold(
      keyed([
        ...marketsSaid,
        { kind: 'TermsChanged', venue: 'aave', market: WETH, patch: { form: 'reserve', isPaused: true } },
      ]),
    );
    expect(ledger.venues.get('aave')!.markets.get(WETH)!.terms).toMatchObject({
      isPaused: true,
      liquidationThresholdBps: 8_250n,
    });
  });

  test('an account that comes and goes leaves nothing behind', () => {
    const before = fold(keyed(marketsSaid));
    const after = fold(
      keyed([
        ...marketsSaid,
        pooledLeg(1, WETH, 'collateral', 5n),
        switched(1, WETH),
        { kind: 'CategoryChosen', venue: 'aave', owner: owner(1), category: 1 },
        pooledLeg(1, WETH, 'collateral', -5n),
        switched(1, WETH, false),
        { kind: 'CategoryChosen', venue: 'aave', owner: owner(1), category: 0 },
      ]),
    );
    expect(after.venues.get('aave')!.accounts.size).toBe(0);
    expect(ledgerDigest(after)).toBe(ledgerDigest(before));
  });

  test('brings indices up by the venue’s formula when the venue does not say to what', () => {
    const rate = RAY / 10n;
    const said = [
      ...marketsSaid,
      index(WETH, 'collateral', rate),
      index(WETH, 'debt', rate),
      index(USDC, 'debt', rate),
      pooledLeg(1, USDC, 'debt', 10n ** 6n),
    ];
    const accrued = ([WETH, USDC] as const).map((market) => {
      return { kind: 'IndexAccrued', venue: 'aave', market, accrual: { form: 'rayAccrued' } } as const;
    });
    const ledger = fold(keyed(said), keyed(accrued, 101));
    const elapsed = 1_200n;
    const { collateralIndex, debtIndex } = ledger.venues.get('aave')!.markets.get(WETH)!;
    // The seconds between the first index (block 1) and block 101.
    expect(collateralIndex).toEqual({
      indexRay: RAY + (rate * elapsed) / 31_536_000n,
      ratePerYearRay: rate,
      updatedAt: START + 1_200,
    });
    // Nobody owes WETH, so its debt index stands still; USDC's compounds.
    expect(debtIndex).toMatchObject({ indexRay: RAY, updatedAt: START + 1_200 });
    expect(ledger.venues.get('aave')!.markets.get(USDC)!.debtIndex.indexRay).toBeGreaterThan(RAY);
  });

  test('keeps the newest formula of each price source', () => {
    const capped = (greatest: bigint) => ({ form: 'capped', base: 'usdc-feed', greatest }) as const;
    const posted = (formula: FeedFormula | null) =>
      ({ kind: 'FormulaPosted', feed: 'adapter', formula }) as const;
    const ledger = fold(keyed([posted(capped(1n)), posted(capped(2n))]));
    expect([...ledger.formulas]).toEqual([['adapter', capped(2n)]]);
    expect(ledgerLines(ledger)).toContain(
      'formula adapter {"base":"usdc-feed","form":"capped","greatest":2}',
    );
    applyFacts(ledger, keyed([posted(null)], 9));
    expect(ledger.formulas.size).toBe(0);
  });

  test('keeps facts about what the reference does not know yet', () => {
    const late = emptyLedger();
    applyFacts(late, facts);
    addReference(late, reference);
    expect(ledgerDigest(late)).toBe(ledgerDigest(fold(facts)));
  });

  test('counts what could not be read', () => {
    const quarantined = {
      kind: 'Quarantined',
      source: 'aave',
      reason: 'unknown event',
      topics: [],
      data: '0x',
    } as const;
    const ledger = fold(keyed([quarantined, quarantined]));
    expect(ledger.quarantined.get('aave')!.get('unknown event')).toBe(2);
  });

  describe('order', () => {
    test('only keys decide: a shuffled batch, and any split into batches, give the same ledger', () => {
      const whole = ledgerDigest(fold(facts));
      fc.assert(
        fc.property(
          fc.shuffledSubarray(facts, { minLength: facts.length }),
          fc.integer({ min: 0, max: facts.length }),
          (shuffled, cut) => {
            expect(ledgerDigest(fold(shuffled))).toBe(whole);
            expect(ledgerDigest(fold(facts.slice(0, cut), facts.slice(cut)))).toBe(whole);
          },
        ),
      );
    });

    test('folding on and then rebuilding without it is where it was', () => {
      const ledger = fold(facts);
      const fork = copyLedger(ledger);
      applyFacts(fork, keyed([pooledLeg(3, WBTC, 'debt', 7n)], 50));
      expect(ledgerDigest(fork)).not.toBe(ledgerDigest(ledger));
      expect(ledgerDigest(fold(facts))).toBe(ledgerDigest(ledger));
    });

    test('refuses a repeated batch, an older one and another chain, and folds nothing of them', () => {
      const ledger = fold(facts);
      const digest = ledgerDigest(ledger);
      expect(() => applyFacts(ledger, facts)).toThrow(BadDataError);
      expect(() => applyFacts(ledger, keyed([switched(1, USDC)]))).toThrow(/not newer/);
      const [elsewhere] = keyed([switched(1, USDC)], 50);
      expect(() => applyFacts(ledger, [{ ...elsewhere!, chainId: 2 }])).toThrow(/chain 2/);
      expect(ledgerDigest(ledger)).toBe(digest);
    });
  });

  test('lines of two ledgers tell where they differ', () => {
    const one = fold(facts);
    const other = fold(facts, keyed([pooledLeg(3, WBTC, 'debt', 7n)], 50));
    const before = new Set(ledgerLines(one));
    const differing = ledgerLines(other).filter((line) => !before.has(line));
    expect(differing).toHaveLength(2);
    expect(differing.join()).toContain(owner(3));
  });
});
