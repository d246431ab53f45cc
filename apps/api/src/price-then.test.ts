import type { Book, OracleRow } from '@undertow/book';
import { bookOfAllMechanisms } from '../../../libs/book/src/fixtures/book-of-all-mechanisms.ts';
import { LiveBook } from './live-book.ts';
import { feedsOfOracle, oracleFinder, priceThen, type AnswersThen } from './price-then.ts';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet } from '../test-server/record-devnet.ts';

let book: Book;
let now: AnswersThen;
beforeAll(async () => {
  const source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  const live = new LiveBook(source);
  await live.update();
  await live.look((at) => {
    ({ book } = at);
    now = (feed) => at.ledger.prices.get(feed)?.answer;
  });
}, 120_000);

const rows = (of: Book) => of.oracles.map((_, row) => row as OracleRow);

test('at the answers of now, every oracle that follows feeds gives the price of now', () => {
  const found = rows(book).map((row) => [row, feedsOfOracle(book, row), priceThen(book, row, now)] as const);
  // A perpetual's mark price is the venue's own, and no feed's.
  const following = found.filter(
    ([, feeds]) => feeds !== undefined && feeds.length > 0 && feeds.every((feed) => now(feed) !== undefined),
  );
  expect(following.length).toBeGreaterThan(5);
  // Pairs multiply the answers of several feeds.
  expect(following.some(([, feeds]) => feeds!.length > 1)).toBe(true);
  for (const [row, , price] of following) {
    if (!('usd' in price)) throw new Error(price.reason);
    expect(price.usd / book.oracles[row]!.priceUsd).toBeCloseTo(1, 9);
  }
});

test('where a feed answered half as much then, so was the price, and where it had not answered there is none', () => {
  const row = rows(book).find((one) => feedsOfOracle(book, one)?.length === 1)!;
  const half = priceThen(book, row, (feed) => (now(feed) ?? 0n) / 2n);
  expect('usd' in half && half.usd / book.oracles[row]!.priceUsd).toBeCloseTo(0.5, 6);
  expect(priceThen(book, row, () => undefined)).toEqual({
    reason: expect.stringMatching(/^No stored answer of .* gives a price of .* by then\.$/),
  });
});

test('a constant price needs no feed', () => {
  const constant = rows(book).filter((row) => feedsOfOracle(book, row)?.length === 0);
  expect(constant.length).toBeGreaterThan(0);
  for (const row of constant)
    expect(priceThen(book, row, () => undefined)).toEqual({ usd: book.oracles[row]!.priceUsd });
});

test('the oracle is the one that values accounts in that market; one that nobody uses is not known', () => {
  const of = bookOfAllMechanisms();
  const find = oracleFinder(of);
  for (let leg = 0; leg < of.legs.count; leg++) {
    const { venue, id } = of.markets[of.legs.market[leg]!]!;
    const asset = of.assets[of.legs.asset[leg]!]!.address;
    const found = find({ venue: of.venues[venue]!.id, market: id, asset });
    if ('oracle' in found) expect(of.oracles[found.oracle]!.asset).toBe(of.legs.asset[leg]);
    else expect(found.reason).toMatch(/several prices/);
  }
  const elsewhere = find({ venue: 'nowhere', market: '', asset: of.assets[0]!.address });
  expect(elsewhere).toEqual({ reason: expect.stringMatching(/^Nobody has .* at nowhere now/) });
});
