import { applyFacts } from './apply-facts.ts';
import { feedPrice, priceAnswer } from './feed-price.ts';
import { allSaid, keyed, owner, reference } from './fixtures/hand-made-facts.ts';
import { emptyLedger } from './ledger.ts';
import { toBook } from './to-book.ts';

type Said = (typeof allSaid)[number];

/** The hand-made world, in which the price of WBTC is a multiple of that of WETH. */
function ledgerOf(said: readonly Said[]) {
  const ledger = emptyLedger(reference);
  const twenty = { form: 'product', times: ['eth-feed'], over: [], multiplier: 20n, divisor: 1n } as const;
  const formula: Said = { kind: 'FormulaPosted', feed: 'btc-feed', formula: twenty };
  applyFacts(ledger, keyed([...allSaid, formula, ...said]));
  return ledger;
}

const answers = (feed: string, answer: bigint): Said => ({
  ...{ kind: 'PricePosted', feed, answer, round: 9n, updatedAt: 1_700_000_000 },
});

test('a feed without an answer, or with one of zero or less, has no price', () => {
  const ledger = ledgerOf([answers('usdc-feed', -3n)]);
  expect(feedPrice(ledger, 'eth-feed')).toEqual({ answer: 3_000n * 10n ** 8n });
  expect(feedPrice(ledger, 'usdc-feed')).toEqual({ reason: 'feed usdc-feed answers -3' });
  expect(feedPrice(ledger, 'other')).toEqual({ reason: 'feed other has not answered' });
  expect(priceAnswer(ledger, 'usdc-feed')).toBeUndefined();
});

test('a feed that is made of one without a price has none, though its last answer was one', () => {
  const ledger = ledgerOf([answers('eth-feed', 0n)]);
  const reason = 'feed btc-feed is made of eth-feed, which answers 0';
  expect(feedPrice(ledger, 'btc-feed')).toEqual({ reason });
  const { accounts, coverage } = toBook(ledger);
  expect(accounts.owner).not.toContain(owner(2));
  expect(coverage.gaps).toContainEqual(expect.objectContaining({ source: 'aave', reason, count: 1 }));
  applyFacts(ledger, keyed([answers('eth-feed', 1n)], 100));
  expect(feedPrice(ledger, 'btc-feed')).toEqual({ answer: 60_000n * 10n ** 8n });
});

test('a base that nobody reads says nothing against a feed', () => {
  const ledger = ledgerOf([]);
  ledger.prices.delete('eth-feed');
  expect(priceAnswer(ledger, 'btc-feed')).toBe(60_000n * 10n ** 8n);
});
