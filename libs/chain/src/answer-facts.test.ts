import type { FactKey } from '@undertow/market';
import fc from 'fast-check';
import { answerFacts } from './answer-facts.ts';

const key: FactKey = { chainId: 1, block: 5, logIndex: 3, part: 2, time: 1_700_000_000 };
const said = { source: 'feeds', feed: '0x01', name: 'ETH / USD', round: 7n, updatedAt: 1_699_999_000n };

describe('answerFacts', () => {
  it('makes a price of an answer, however old', () => {
    expect(answerFacts(key, { ...said, answer: 42n, updatedAt: 5n })).toEqual([
      { ...key, kind: 'PricePosted', feed: '0x01', answer: 42n, round: 7n, updatedAt: 5 },
    ]);
  });

  it.each([
    [0n, 0n, 'answer 0 of ETH / USD is not positive'],
    [-3n, -3n, 'answer -3 of ETH / USD is not positive'],
    [undefined, 0n, 'ETH / USD gives no answer'],
  ])('posts %s as no price and says why', (answer, posted, reason) => {
    expect(answerFacts(key, { ...said, answer })).toMatchObject([
      { kind: 'PricePosted', answer: posted, part: 2 },
      { kind: 'Quarantined', source: 'feeds', reason, part: 3 },
    ]);
  });

  it('keeps the price and not the time of a feed whose clock is broken', () => {
    const facts = answerFacts(key, { ...said, answer: 42n, updatedAt: 2n ** 256n - 1n });
    expect(facts).toMatchObject([
      { answer: 42n, updatedAt: key.time },
      { kind: 'Quarantined', reason: 'ETH / USD states a time that is none' },
    ]);
  });

  it('gives a time that can be stored whatever a feed says', () => {
    const uint = fc.bigInt(0n, 2n ** 256n - 1n);
    const int = fc.bigInt(-(2n ** 255n), 2n ** 255n - 1n);
    fc.assert(
      fc.property(int, uint, uint, (answer, round, updatedAt) => {
        const [price, doubt] = answerFacts(key, { ...said, answer, round, updatedAt });
        if (price?.kind !== 'PricePosted') throw new Error('no price');
        expect(new Date(price.updatedAt * 1000).getUTCFullYear()).toBeLessThan(10_000);
        expect(price.answer).toBe(answer);
        if (answer <= 0n) expect(doubt?.kind).toBe('Quarantined');
      }),
    );
  });
});
