import { OPTION_MARKET_ID, type Address, type OptionMarketTerms, type Venue } from '@undertow/market';
import { applyFacts } from '../apply-facts.ts';
import { allSaid, keyed, owner, price, reference, USDC, WETH } from '../fixtures/hand-made-facts.ts';
import { emptyLedger } from '../ledger.ts';
import { toBook } from '../to-book.ts';

type Said = (typeof allSaid)[number];

const BASE: Address = '0x00000000000000000000000000000000000000ba';

/** A market whose own feed is not the one that others price what its base stands for with. */
const market = {
  ...{ form: 'option-market', quoteAsset: USDC, baseAsset: BASE, baseFollows: WETH },
  ...{ oracle: { form: 'feed', feed: 'own-feed' }, averaging: {}, margin: {}, closing: {}, fees: {} },
  ...{ varianceFee: {}, limits: {}, penalty: {}, exchangeFeeWad: 0n },
} as unknown as OptionMarketTerms;

function coverageOf(said: readonly Said[]) {
  const venue: Venue = {
    ...{ id: 'options', chainId: 1, protocol: 'lyra', version: '1', mechanism: 'option', address: '0xdd' },
  };
  const ledger = emptyLedger({ ...reference, venues: [...reference.venues, venue] });
  const terms: Said = { kind: 'TermsChanged', venue: 'options', market: OPTION_MARKET_ID, patch: market };
  const written: Said = {
    ...{ kind: 'PositionChanged', venue: 'options', owner: owner(1), market: 'strike:1', position: '1' },
    change: { form: 'option', type: 'short-call-quote', amountWad: 2n * 10n ** 18n, collateral: 1n },
  };
  applyFacts(ledger, keyed([...allSaid, terms, written, ...said]));
  const { coverage } = toBook(ledger);
  return { ...coverage, gaps: coverage.gaps.filter(({ source }) => source === 'options') };
}

describe('options whose venue has no price', () => {
  test.each(['own-feed', 'eth-feed'])('owe what nobody knows: no answer of %s', (feed) => {
    const { gaps, knownDebtUsd } = coverageOf([price(feed, 0n)]);
    const reason = expect.stringMatching(feed === 'own-feed' ? `no USD price of ${BASE}` : '');
    expect(gaps).toMatchObject([{ source: 'options', reason, count: 1, debtUsd: undefined }]);
    if (feed === 'own-feed') expect(knownDebtUsd).toBeCloseTo(65_000, 6);
  });
});
