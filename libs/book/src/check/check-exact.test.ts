import { createHash } from 'node:crypto';
import { BadDataError } from '@undertow/units';
import { roleCode } from '../book.ts';
import { exportBook } from '../file/canonical.ts';
import { importBook } from '../file/import-book.ts';
import { bookOfAllMechanisms } from '../fixtures/book-of-all-mechanisms.ts';
import { isDue } from '../is-due.ts';
import type { AccountRow } from '../rows.ts';
import { ownValues } from '../value-account.ts';

const book = bookOfAllMechanisms();
const text = exportBook(book);

interface Exported {
  hash: string;
  content: object;
}

/** The exported text with fields changed, each named by its path, such as `legs.amount.0`. */
function tampered(changes: Readonly<Record<string, unknown>>): Exported {
  const file = JSON.parse(text) as Exported;
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.');
    const last = names.pop()!;
    const holder = names.reduce((at, name) => (at as Record<string, object>)[name]!, file.content);
    Object.assign(holder, { [last]: value });
  }
  return file;
}

/** The text with the hash of what it is now, as one who wants to be believed writes it. */
function rehashed(file: Exported): string {
  const hash = createHash('sha256').update(JSON.stringify(file.content)).digest('hex');
  return JSON.stringify({ ...file, hash });
}

const VENUS = 'exact.marketState.7';
const OPTION = 'exact.marketState.6';
const [DEBT, SUPPLY, CASH] = (['debt', 'supply', 'cash'] as const).map(roleCode);
const penalty = (name: string) => `instruments.0.penalty.${name}`;

/** What is changed, to what, and how the refusal names it. */
const REFUSED: [string, unknown, RegExp][] = [
  // States of markets.
  ['exact.marketState.0', ['1'], /marketState\[0\] must have as many .* writes, 0, but has 1/],
  ['exact.marketState.1', [], /marketState\[1\] must have as many .* writes, 1, but has 0/],
  ['exact.marketState.1.0', '0', /marketState\[1\]\[0\] \(scale of its price\) must be from 1/],
  ['exact.marketState.2', [], /marketState\[2\] must have as many .* writes, 2, but has 0/],
  ['exact.marketState.2.1', '0', /marketState\[2\]\[1\] \(scale of an answer\)/],
  ['exact.marketState.3', [], /marketState\[3\] must have 10 integers, as it is the market of cash/],
  ['exact.marketState.3.1', '-1', /marketState\[3\]\[1\] \(initial margin\)/],
  ['exact.marketState.3.6', String(2n ** 256n), /marketState\[3\]\[6\] \(debt threshold\)/],
  [
    'exact.marketState.4',
    ['1', '18', '8'],
    /marketState\[4\] must have 0 integers, as it is the market of base/,
  ],
  ['exact.marketState.4', ['7'], /marketState\[4\] must have as many/],
  ['exact.marketState.3.0', `1${'0'.repeat(400)}`, /marketState\[3\]\[0\] must be an integer of at most 155/],
  ['exact.marketState.5.1', '19', /marketState\[5\]\[1\] \(decimals of the price\) must be from 0 to 18/],
  ['exact.marketState.5.2', '1000000', /marketState\[5\]\[2\] \(discount\)/],
  [OPTION, [], /marketState\[6\] must have as many .* writes, 12, but has 0/],
  [`${OPTION}.0`, '0', /marketState\[6\]\[0\] \(strike\)/],
  [`${OPTION}.1`, '1700000000', /marketState\[6\]\[1\] \(expiry\) must be from 1700000001/],
  [`${OPTION}.2`, '-9000000000000000000000', /marketState\[6\]\[2\] \(interest\)/],
  [`${OPTION}.10`, '0', /marketState\[6\]\[10\] \(price shock of a call\)/],
  [VENUS, [], /marketState\[7\] must have as many .* writes, 2, but has 0/],
  [`${VENUS}.1`, '0', /marketState\[7\]\[1\] \(scale of an answer\) must be from 1/],
  // States of accounts.
  ['exact.accountState.0', ['1'], /accountState\[0\] must have .* 0, but has 1/],
  ['exact.accountState.4', [], /accountState\[4\] must have .* 1, but has 0/],
  [
    'exact.accountState.4.0',
    '9'.repeat(300),
    /accountState\[4\]\[0\] must be an integer of at most 155 digits/,
  ],
  ['exact.accountState.4.0', '9', /accountState\[4\]\[0\] \(type\) must be from 2 to 4/],
  ['exact.accountState.4.0', '0', /accountState\[4\]\[0\] \(type\)/],
  ['exact.accountState.5', ['500000000'], /accountState\[5\] must have .* 2, but has 1/],
  ['exact.accountState.5.1', '7', /accountState\[5\]\[1\] \(tokens of a debt\)/],
  // Legs where the mechanism looks for them.
  ['legs.market.0', 7, /legs\.market\[0\] and its terms must be of the account's own venue/],
  ['legs.termsMarket.0', 7, /legs\.market\[0\] and its terms must be of the account's own venue/],
  ['legs.role.0', DEBT, /legs\.side\[0\] must be -1, as a debt is owed/],
  ['legs.role.0', CASH, /legs\.role\[0\] must be one that an account of pooled-lending has, not cash/],
  ['legs.role.2', SUPPLY, /accounts\[1\] must have one debt and at most one collateral/],
  ['legs.role.4', SUPPLY, /accounts\[2\] must have one collateral and one debt/],
  ['legs.side.6', -1, /accounts\[3\] must not have two legs of one part/],
  ['legs.role.8', CASH, /exact\.marketState\[4\] must have 10 integers/],
  ['legs.instrument.12', -1, /legs\.instrument\[12\] must name a series of the account's own venue/],
  // Rules.
  ['venues.0.rule', null, /accounts\[0\] is at a venue without a rule/],
  [
    'venues.0.rule',
    { kernel: 'buy-back' },
    /venues\[0\]\.rule must be one of repay-and-seize, as the venue is/,
  ],
  ['venues.0.rule.closeFactor', 1.5, /venues\[0\]\.rule\.closeFactor must be from 0 to 1/],
  ['venues.0.rule.smallPositionUsd', -1, /venues\[0\]\.rule\.smallPositionUsd must be from 0/],
  ['venues.0.rule.fullCloseHealthFactor', 1e300, /venues\[0\]\.rule\.fullCloseHealthFactor must be from 0/],
  ['venues.0.version', '1.0', /release 1\.0, which has no maths here/],
  // Bounds.
  ['chainId', -1, /chainId must not be below 0/],
  ['time', 1e15, /time must be at most/],
  ['instruments.0.expiry', -5, /instruments\[0\]\.expiry must be from 0/],
  ['instruments.0.expiry', 1e15, /instruments\[0\]\.expiry must be/],
  [penalty('share'), 1e300, /instruments\[0\]\.penalty\.share must be from 0 to 1/],
  [penalty('leastUsd'), -1e300, /instruments\[0\]\.penalty\.leastUsd must be from 0/],
  [penalty('leastUsd'), 1e300, /instruments\[0\]\.penalty\.leastUsd must be from 0/],
  [penalty('liquidatorShare'), 50, /instruments\[0\]\.penalty\.liquidatorShare must be/],
  [penalty('exchangeFee'), -7, /instruments\[0\]\.penalty\.exchangeFee must be/],
  ['instruments.0.leastMargin.mostPerContract', -1, /tables of instruments\[0\]/],
  ['assets.0.marketPriceUsd', 1e300, /assets\[0\]\.marketPriceUsd must be a price/],
  ['depth.0.startSqrtPrice', 1e50, /depth\[0\]\.startSqrtPrice must lie on its curve/],
  ['depth.0.startSqrtPrice', 0.5, /depth\[0\]\.startSqrtPrice must lie on its curve/],
  ['accounts.stake.2', -1, /accounts\.stake\[2\] must be from 0/],
  ['legs.loanToValue.0', 1.5, /legs\.loanToValue\[0\] must be from 0 to 1/],
  ['markets.0.supplyCap', -1, /markets\[0\]\.supplyCap must be from 0/],
  // What prices are made of.
  ['references.0.priceUsd', 0, /references\[0\]\.priceUsd must be above 0/],
  ['references.1.symbol', 'USD', /references\[1\] must not be references\[0\] once more/],
  ['references.1.symbol', 'E\u202eTH', /references\[1\]\.symbol must be readable text/],
  ['assets.0.reference', 2, /assets\.reference\[0\] names row 2 of 2/],
  [
    'assets.0.tie.ratio',
    2,
    /assets\[0\]\.tie\.ratio must be its price ÷ that of what it is tied to, 1, but is 2/,
  ],
  ['assets.0.tie.to', 0, /assets\[0\] must not be tied to itself/],
  ['assets.1.tie.to', 0, /assets\[1\]\.reference must be that of what it is tied to/],
  ['assets.1.tie.redeemedFor', 0, /assets\[1\]\.tie\.redeemedFor must be above 0/],
  ['assets.1.tie.capacity', -1, /assets\[1\]\.tie\.capacity must be from 0/],
  ['assets.0.oraclePriceUsd', 2_001, /assets\[0\]\.oraclePriceUsd must be the first of its oracles/],
  ['feeds.0.answer', 0, /feeds\[0\]\.answer must be above 0/],
  ['feeds.0.over.row', 2, /feeds\.over\[0\] names row 2 of 2/],
  ['feeds.0.under', { kind: 'asset', row: 2 }, /feeds\.under\[0\] names row 2 of 2/],
  ['feeds.0.least', 3_000, /feeds\[0\]\.answer must be from its least to its greatest/],
  ['feeds.0.greatest', 1_000, /feeds\[0\]\.answer must be from its least to its greatest/],
  ['feeds.1.policy.deviation', -1, /feeds\[1\]\.policy must have numbers from 0/],
  ['feeds.1.id', 'eth', /feeds\[1\] must not be feeds\[0\] once more/],
  ['oracles.0.formula.terms.0.feed', 2, /oracles\.formula\[0\] names row 2 of 2/],
  [
    'oracles.0.formula.multiplier',
    2,
    /oracles\[0\]\.priceUsd must be what its formula gives, 4000, but is 2000/,
  ],
  ['oracles.0.formula.greatest', 1_000, /oracles\[0\]\.priceUsd must be what its formula gives, 1000/],
  ['exact.feedAnswer.0', '200000000001', /exact\.feedAnswer\[0\] must have the digits of feeds\[0\]\.answer/],
  [
    'exact.source.0',
    { form: 'feed', feed: 'dai' },
    /exact\.source\[0\] names the feed dai, which the book lacks/,
  ],
  [
    'exact.source.0',
    { form: 'pair', ratio: { form: 'ratio', base: [], quote: [], scaleFactor: '1' }, debt: 0 },
    /exact\.source\[0\] must have a debt whose price is no pair's/,
  ],
  ['exact.source', [null], /exact\.source has 1 entries, but there must be 3/],
  // What names a row twice.
  ['assets.1.address', book.assets[0]!.address, /assets\[1\] must not be assets\[0\] once more/],
  ['venues.3.id', book.venues[1]!.id, /venues\[3\] must not be venues\[1\] once more/],
  ['markets.4.id', 'cash', /markets\[4\] must not be markets\[3\] once more/],
  ['accounts.venue.5', 0, /accounts\[5\] must not be accounts\[0\] once more/],
  ['oracles.2.id', 'usdc', /oracles\[2\] must not be oracles\[1\] once more/],
  ['funds.1.asset', 0, /funds\[1\] must not be funds\[0\] once more/],
  ['instruments.1.id', 'strike:1 call', /instruments\[1\] must not be instruments\[0\] once more/],
  // Coverage.
  ['coverage.gaps', [], /coverage\.gaps must say where the debt is/],
  ['coverage.gaps.0.debtUsd', -5e9, /coverage\.gaps\[0\]\.debtUsd must be from 0/],
  ['coverage.gaps.0.debtUsd', 1e308, /coverage\.gaps\[0\]\.debtUsd must be from 0/],
];

/** Integers that a typed array would wrap to what the book says, so that even the hash stays. */
const WRAPPED: [string, number, RegExp][] = [
  ['accounts.venue.0', 65_536, /accounts\.venue\[0\] must be an integer from 0 to 65535, but is 65536/],
  ['accounts.legStart.0', 2 ** 32, /accounts\.legStart\[0\] must be an integer from 0 to 4294967295/],
  ['legs.market.0', 2 ** 32, /legs\.market\[0\] must be an integer from 0 to/],
  ['legs.asset.0', 2 ** 32, /legs\.asset\[0\] must be an integer from 0 to/],
  ['legs.oracle.0', 2 ** 32, /legs\.oracle\[0\] must be an integer from 0 to/],
  ['legs.termsMarket.0', 2 ** 32, /legs\.termsMarket\[0\] must be an integer from 0 to/],
  ['legs.role.0', 256, /legs\.role\[0\] must be an integer from 0 to 6, but is 256/],
  ['legs.side.0', 257, /legs\.side\[0\] must be an integer from -1 to 1, but is 257/],
  ['legs.instrument.12', 2 ** 32, /legs\.instrument\[12\] must be an integer from -1 to/],
];

function refusal(of: string): unknown {
  try {
    return importBook(of);
  } catch (error) {
    return error;
  }
}

describe('a book of every mechanism', () => {
  test('is read back as it was written, and every account can be decided', () => {
    const back = importBook(text);
    expect(exportBook(back)).toBe(text);
    const values = ownValues(back);
    const due = back.accounts.owner.map((_, account) => isDue(values, account as AccountRow));
    expect(due).toEqual([false, false, false, false, false, false]);
    expect(rehashed(tampered({}))).toBe(text);
  });

  test.each(REFUSED)('is refused with %s = %j though the hash fits', (path, value, message) => {
    const error = refusal(rehashed(tampered({ [path]: value })));
    expect(error).toBeInstanceOf(BadDataError);
    expect((error as Error).message).toMatch(message);
  });

  test('is refused with a known debt that nobody can owe, though its share fits', () => {
    const share = book.coverage.modelledDebtUsd / 1e308;
    const error = refusal(rehashed(tampered({ 'coverage.knownDebtUsd': 1e308, 'coverage.share': share })));
    expect(error).toBeInstanceOf(BadDataError);
    expect((error as Error).message).toMatch(/coverage\.knownDebtUsd must be at most/);
  });

  test.each(WRAPPED)(
    'is refused with %s = %d, which wraps to what its hash is of',
    (path, value, message) => {
      const error = refusal(JSON.stringify(tampered({ [path]: value })));
      expect(error).toBeInstanceOf(BadDataError);
      expect((error as Error).message).toMatch(message);
    },
  );
});
