import { applyFacts } from '../apply-facts.ts';
import { allSaid, keyed, owner, PAIR, pairPosition, reference } from '../fixtures/hand-made-facts.ts';
import { emptyLedger } from '../ledger.ts';
import { toBook } from '../to-book.ts';

type Said = (typeof allSaid)[number];

function coverageOf(said: readonly Said[]) {
  const ledger = emptyLedger(reference);
  applyFacts(ledger, keyed([...allSaid, ...said]));
  const { coverage } = toBook(ledger);
  return { ...coverage, gaps: coverage.gaps.filter(({ source }) => source.startsWith('morpho')) };
}

const oracle = (patch: object): Said => ({
  ...{ kind: 'TermsChanged', venue: 'morpho', market: PAIR },
  patch: { form: 'pair', oracle: { form: 'ratio', base: ['own'], quote: [], scaleFactor: 1n, ...patch } },
});
const answers = (feed: string, answer: bigint): Said => ({
  ...{ kind: 'PricePosted', feed, answer, round: 9n, updatedAt: 1_700_000_000 },
});
/** Of the hand-made world: 20,000 + 30,000 + 6,000 at the pooled venue, 9,000 in the pair. */
const [ALL, IN_PAIR] = [65_000, 9_000];

describe('a pair without a price of its collateral', () => {
  test.each([
    ['is not read', [oracle({})], `the price of the oracle of ${PAIR} is not read: own`],
    [
      'contradicts the feeds that it names',
      [oracle({ isRefuted: true })],
      `the oracle of ${PAIR} answers something else than its feeds say, and its own price is not read`,
    ],
    [
      'asks a feed that answers zero',
      [oracle({ base: ['other-feed'], quote: ['usdc-feed'] }), answers('other-feed', 0n)],
      `the oracle of ${PAIR} has no price: feed other-feed answers 0`,
    ],
    [
      'answers less than one',
      [oracle({ base: ['usdc-feed'], quote: ['eth-feed'] })],
      `the price of the oracle of ${PAIR} rounds down to zero`,
    ],
  ])('whose oracle %s is left out with its debt, which is still known', (_what, said, reason) => {
    const { gaps, knownDebtUsd, share } = coverageOf(said);
    expect(gaps).toMatchObject([
      { source: `morpho ${PAIR}`, reason, count: 1, debtUsd: expect.closeTo(IN_PAIR, 6) },
    ]);
    expect(knownDebtUsd).toBeCloseTo(ALL, 6);
    expect(share).toBeCloseTo(1 - IN_PAIR / ALL, 9);
  });

  test('tells apart the accounts that were not read', () => {
    const { gaps, knownDebtUsd } = coverageOf([
      oracle({}),
      ...pairPosition(6, 10n ** 18n, 10n ** 9n).slice(2),
    ]);
    expect(gaps.map(({ reason, debtUsd }) => [reason, Math.round(debtUsd!)])).toEqual([
      ['accounts that were not read', 1_000],
      [`the price of the oracle of ${PAIR} is not read: own`, IN_PAIR],
    ]);
    expect(knownDebtUsd).toBeCloseTo(ALL + 1_000, 6);
  });

  test('has a debt of unknown worth where nobody prices the debt asset', () => {
    const silent = answers('usdc-feed', 0n);
    const { gaps } = coverageOf([oracle({}), silent]);
    expect(gaps).toMatchObject([{ source: `morpho ${PAIR}`, debtUsd: undefined }]);
  });

  test('counts the debt of accounts whose facts are missing', () => {
    const below: Said = {
      ...{ kind: 'LegChanged', venue: 'morpho', market: PAIR, owner: owner(1) },
      ...{ side: 'collateral', sharesDelta: -(10n ** 20n) },
    };
    const { gaps } = coverageOf([below]);
    expect(gaps).toMatchObject([{ source: 'morpho', debtUsd: expect.closeTo(IN_PAIR, 6) }]);
  });
});
