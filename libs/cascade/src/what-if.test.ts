import { marketTerms, parseOverride, venueTerms, withTerms, type Book, type VenueRow } from '@undertow/book';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
import { VENUE_RULES } from './fixtures/venue-rules.ts';
import { simulate } from './simulate.ts';
import { whatIf } from './what-if.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1e6 },
  {
    symbol: 'wstETH',
    priceUsd: 1_200,
    decimals: 18,
    liquidity: 1e6,
    quote: 'WETH',
    tie: { to: 'WETH' },
    oracle: 'rate',
  },
  { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant', tie: {} },
];
const held = (asset: string, amount: number) => ({ asset, amount, threshold: 0.8, bonus: 0.05 });
const owed = (amount: number) => ({ asset: 'USDC', amount: -amount });
const accounts: HandMadeAccount[] = [
  { venue: 'aave30', legs: [held('WETH', 10), owed(7_500)] },
  { venue: 'aave36', legs: [held('WETH', 10), owed(7_500)] },
  { venue: 'aave36', legs: [held('WETH', 10), owed(3_000)] },
  { venue: 'aave36', legs: [held('wstETH', 10), owed(9_500)] },
  { venue: 'morpho', legs: [held('WETH', 10), owed(7_500)] },
];
const book = handMadeBook(ASSETS, accounts);
const calm = { moves: [] };
const fall = { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.1 }] } as const;

const asked = (text: string, scenario: Parameters<typeof whatIf>[2] = calm, of: Book = book) =>
  whatIf(of, [parseOverride(of, text)], scenario);

describe('whatIf', () => {
  test('a lower threshold makes accounts due by itself, at that venue and on that market alone', () => {
    const result = asked('aave36 WETH liquidationThreshold=0.74');
    expect(result.madeDue).toMatchObject([
      { venue: 'aave36', owner: handMadeAddress(1_001), debtUsd: 7_500 },
    ]);
    expect(result.madeDue[0]!.healthBefore).toBeCloseTo(0.8 / 0.75, 9);
    expect(result.madeDue[0]!.healthAfter).toBeCloseTo(0.74 / 0.75, 9);
    expect(result.madeDueUsd).toBe(7_500);
    expect(result.before.accounts).toBe(0);
    expect(result.after.accounts).toBe(1);
    expect(result.book.hash).not.toBe(book.hash);
    expect(result.after.bookHash).toBe(result.book.hash);
  });

  test('near the line the integers of the new threshold decide', () => {
    // 10,000 × 0.75 is what is owed: not below 1 until the threshold is a basis point lower.
    expect(asked('aave36 WETH liquidationThreshold=0.75').madeDue).toEqual([]);
    expect(asked('aave36 WETH liquidationThreshold=0.7499').madeDue).toHaveLength(1);
  });

  test('a larger bonus costs borrowers, and the protocol fee takes its part of it', () => {
    const bonus = asked('aave36 WETH liquidationBonus=0.1', fall);
    expect(bonus.after.liquidatedUsd / bonus.after.repaidUsd).not.toBeCloseTo(
      bonus.before.liquidatedUsd / bonus.before.repaidUsd,
      6,
    );
    const fee = asked('aave36 WETH liquidationProtocolFee=50%', fall);
    expect(fee.before.lots).toEqual([]);
    expect(fee.after.lots).toMatchObject([{ venue: 'aave36', symbol: 'WETH', holder: 'protocol' }]);
  });

  test('a close factor of a venue', () => {
    const { before, after } = asked('aave36 closeFactor=1', fall);
    const repaid = (result: typeof before) =>
      result.byVenue.find(({ venue }) => venue === 'aave36')!.repaidUsd;
    expect(repaid(after) - repaid(before)).toBeCloseTo(3_750, 6);
  });

  test('half of the depth', () => {
    const { before, after } = asked('WETH depth=0.5', fall);
    expect(after.byAsset[0]!.marketAfterUsd).toBeLessThan(before.byAsset[0]!.marketAfterUsd);
  });

  describe('how an asset is priced', () => {
    const depeg = { moves: [{ kind: 'asset', asset: handMadeAddress(1), move: -0.05 }] } as const;
    test('by its market instead of its rate, a depeg makes due', () => {
      const { before, after } = asked('aave36 wstETH oracle=market', depeg);
      expect([before.accounts, after.accounts]).toEqual([0, 1]);
    });

    test('by a constant, a fall makes nobody due, and what is lost at market is a shortfall', () => {
      const deep = { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.3 }] } as const;
      const { before, after } = asked('aave36 wstETH oracle=constant', deep);
      const lost = (result: typeof before, field: 'accounts' | 'shortfallUsd') =>
        result.byAccount.find(({ owner }) => owner === handMadeAddress(1_003))?.[field];
      expect(lost(before, 'accounts')).toBe(1);
      expect(lost(after, 'accounts')).toBe(0);
      // 10 × 840 at the fall itself, and a little less once others have sold.
      expect(lost(after, 'shortfallUsd')).toBeGreaterThan(1_100);
      expect(lost(after, 'shortfallUsd')).toBeLessThan(1_130);
    });

    test('at another constant price, the change itself may make due', () => {
      expect(asked('aave36 wstETH oracle=constant(1100)').madeDue).toHaveLength(1);
      expect(asked('aave36 wstETH oracle=cap(1000)').madeDue).toHaveLength(1);
    });

    test('by its rate, it follows what it is tied to', () => {
      const own: HandMadeAsset[] = ASSETS.map(({ oracle: _, ...asset }) => asset);
      const { before, after } = asked('aave36 wstETH oracle=rate', depeg, handMadeBook(own, accounts));
      expect([before.accounts, after.accounts]).toEqual([1, 0]);
    });
  });

  test('a threshold below the borrowing limit takes that along', () => {
    const changed = withTerms(book, [parseOverride(book, 'aave36 WETH liquidationThreshold=0.74')]);
    expect(changed.legs.loanToValue[book.accounts.legStart[1]!]).toBe(0.74);
    expect(changed.legs.loanToValue[book.accounts.legStart[0]!]).toBe(0.8);
  });

  test('a pair has one term: limit and bonus follow from it', () => {
    const changed = withTerms(book, [parseOverride(book, 'morpho WETH liquidationThreshold=0.74')]);
    const leg = book.accounts.legStart[4]!;
    expect(changed.legs.loanToValue[leg]).toBe(0.74);
    expect(changed.legs.liquidationBonus[leg]).toBeCloseTo(1 / (1 - 0.3 * 0.26) - 1, 12);
    expect(simulate(changed, calm).accounts).toBe(1);
  });

  test('what may be seized and backs nothing gets another bonus, and no threshold', () => {
    const of = handMadeBook(ASSETS, [
      { venue: 'entered', legs: [held('WETH', 10), owed(7_500)] },
      {
        venue: 'entered',
        legs: [held('wstETH', 10), { asset: 'WETH', amount: 5, bonus: 0.05 }, owed(7_500)],
      },
    ]);
    const weth = (changed: Book, column: 'liquidationThreshold' | 'loanToValue' | 'liquidationBonus') =>
      [...changed.legs[column]].filter(
        (_, leg) => changed.legs.side[leg] === 1 && changed.legs.asset[leg] === 0,
      );
    const lower = withTerms(of, [parseOverride(of, 'entered WETH liquidationThreshold=0.7')]);
    expect(weth(lower, 'liquidationThreshold')).toEqual([0.7, 0]);
    const dearer = withTerms(of, [parseOverride(of, 'entered WETH liquidationBonus=0.1')]);
    expect(weth(dearer, 'liquidationBonus')).toEqual([0.1, 0.1]);
  });

  test('the protocol’s fee is that of the reserve, also of collateral on the terms of an e-mode category', () => {
    const plain = handMadeBook(ASSETS, accounts);
    // The second account of the venue is in a category, whose market is here that of wstETH.
    const [, , leg] = plain.accounts.legStart;
    const termsMarket = plain.legs.termsMarket.slice();
    const category = plain.markets.findIndex(({ id, venue }) => id === 'wstETH' && venue === 1);
    termsMarket[leg!] = category;
    const of: Book = { ...plain, legs: { ...plain.legs, termsMarket } };
    const changed = withTerms(of, [parseOverride(of, 'aave36 WETH liquidationProtocolFee=0.3')]);
    const fees = [...plain.accounts.legStart]
      .slice(0, 5)
      .map((first) => changed.legs.liquidationProtocolFee[first]!);
    expect(fees).toEqual([0, 0.3, 0.3, 0, 0]);
    expect(marketTerms(changed)[category]!.terms).toContainEqual({
      field: 'liquidationProtocolFee',
      value: 0,
    });
  });

  test('caps are kept, and change no liquidation', () => {
    const { book: changed, before, after } = asked('aave36 WETH supplyCap=5', fall);
    expect(changed.markets.find(({ id, venue }) => id === 'WETH' && venue === 1)!.supplyCap).toBe(5);
    expect(after.liquidatedUsd).toBe(before.liquidatedUsd);
  });

  test('without overrides it is the book itself', () => {
    expect(withTerms(book, [])).toBe(book);
    expect(whatIf(book, [], fall).madeDue).toEqual([]);
  });

  test('of two overrides of one thing the later holds, as if it were alone', () => {
    const overrides = (texts: readonly string[]) => texts.map((text) => parseOverride(book, text));
    for (const [first, later] of [
      ['aave36 WETH liquidationThreshold=0.75', 'aave36 WETH liquidationThreshold=0.78'],
      ['aave36 closeFactor=1', 'aave36 closeFactor=0.6'],
    ] as const)
      expect(withTerms(book, overrides([first, later])).hash).toBe(withTerms(book, overrides([later])).hash);
    // The book may keep what no leg is priced by any more; who is due is the same.
    const priced = ['aave36 wstETH oracle=market', 'aave36 wstETH oracle=constant(700)'];
    const dueBy = (texts: readonly string[]) => whatIf(book, overrides(texts), calm).madeDue;
    expect(dueBy(priced)).toEqual(dueBy(priced.slice(1)));
    expect(dueBy(priced)).not.toEqual(dueBy(priced.slice(0, 1)));
    // A depth is multiplied, so that two factors are one.
    expect(withTerms(book, overrides(['WETH depth=0.5', 'WETH depth=0.5'])).depth).toEqual(
      withTerms(book, overrides(['WETH depth=0.25'])).depth,
    );
  });

  test('says what it did as it can be read again', () => {
    const texts = [
      'aave36 WETH liquidationThreshold=0.74',
      'aave36 closeFactor=1',
      'aave36 wstETH oracle=constant(1100)',
      'aave36 wstETH oracle=market',
      'WETH depth=0.5',
    ];
    expect(
      whatIf(
        book,
        texts.map((text) => parseOverride(book, text)),
        calm,
      ).overrides,
    ).toEqual(texts);
  });

  test.each([
    ['nonsense', /is not understood/],
    ['nowhere WETH liquidationThreshold=0.8', /no venue "nowhere"; it has aave30/],
    ['aave36 XYZ liquidationThreshold=0.8', /aave36 has no market "XYZ"; the book has WETH/],
    ['aave36 WETH threshold=0.8', /no term "threshold"; there are liquidationThreshold/],
    ['aave36 WETH closeFactor=0.8', /a term of all of aave36/],
    ['aave36 WETH liquidationThreshold=eighty', /"eighty".* is not a number/],
    ['aave36 WETH liquidationThreshold=80', /ratio from 0 to 1/],
    ['aave36 WETH liquidationThreshold=0.80005', /cannot be set: the venue counts in 0.0001/],
    ['aave36 WETH liquidationThreshold=0.99', /promises more than the collateral/],
    ['aave36 WETH loanToValue=0.9', /above its liquidationThreshold of 0.8; set both/],
    ['aave36 USDC liquidationBonus=0.1', /no account of the book has collateral on the terms of USDC/],
    [
      'morpho WETH liquidationBonus=0.1',
      /morpho has no liquidationBonus to change; it has liquidationThreshold/,
    ],
    ['option closeFactor=0.1', /option has no closeFactor to change/],
    ['aave36 wstETH oracle=dearest', /no way to price an asset/],
    ['aave36 WETH oracle=rate', /not tied to an asset with a price/],
    ['aave36 wstETH oracle=constant(0)', /cannot be priced at 0/],
    ['USDC depth=2', /no depth of USDC is known/],
    ['WETH depth=0', /above 0/],
  ])('%j is refused, and says why', (text, message) => {
    expect(() => asked(text)).toThrow(message);
  });

  test('maintenance margin of a perpetual venue, and the least ratio of debt positions', () => {
    expect(VENUE_RULES.perpetual.rule.maintenanceMargin).toBe(0.0625);
    const cdp = handMadeBook(
      [...ASSETS, { symbol: 'MUSD', priceUsd: 1, decimals: 18, oracle: 'constant', tie: {} }],
      [1, 2].map((units) => ({
        venue: 'cdp' as const,
        stake: units,
        legs: [
          { asset: 'WETH', amount: units, threshold: 1 / 1.1 },
          { asset: 'MUSD', amount: -800 },
        ],
      })),
      { marketState: { 'cdp WETH': [11n * 10n ** 17n, 10n ** 10n] } },
    );
    expect(asked('cdp WETH liquidationThreshold=0.75', calm, cdp).madeDue).toHaveLength(1);
  });
});

describe('terms in force', () => {
  const at = (of: Book, venue: string, name: string) => {
    const row = of.markets.findIndex((market) => {
      const { id } = of.venues[market.venue]!;
      return id === venue && market.label === name;
    });
    return marketTerms(of)[row]!;
  };

  test('are what accounts have, with what an override calls their market', () => {
    expect(at(book, 'aave36', 'WETH')).toMatchObject({
      name: 'WETH',
      assets: [{ symbol: 'WETH' }],
      terms: [
        { field: 'liquidationThreshold', value: 0.8 },
        { field: 'loanToValue', value: 0.8 },
        { field: 'liquidationBonus', value: 0.05 },
        { field: 'liquidationProtocolFee', value: 0 },
        { field: 'supplyCap', value: undefined },
        { field: 'borrowCap', value: undefined },
      ],
    });
    expect(at(book, 'aave36', 'USDC').terms.map(({ field }) => field)).toEqual(['supplyCap', 'borrowCap']);
  });

  test('follow every override of a market and of a venue', () => {
    for (const { field } of at(book, 'aave36', 'WETH').terms) {
      const changed = withTerms(book, [parseOverride(book, `aave36 WETH ${field}=0.1`)]);
      expect(at(changed, 'aave36', 'WETH').terms).toContainEqual({ field, value: 0.1 });
    }
    const row = book.venues.findIndex(({ id }) => id === 'aave36') as VenueRow;
    expect(venueTerms(book, row)).toContainEqual({ field: 'closeFactor', value: 0.5 });
    const changed = withTerms(book, [parseOverride(book, 'aave36 closeFactor=1')]);
    expect(venueTerms(changed, row)).toContainEqual({ field: 'closeFactor', value: 1 });
  });

  test('have no value where accounts differ', () => {
    const [first, ...others] = accounts;
    const odd = { ...first!, legs: [{ ...held('WETH', 10), threshold: 0.7 }, owed(1)] };
    const mixed = handMadeBook(ASSETS, [first!, odd, ...others]);
    expect(at(mixed, 'aave30', 'WETH').terms[0]).toEqual({ field: 'liquidationThreshold', value: undefined });
  });
});
