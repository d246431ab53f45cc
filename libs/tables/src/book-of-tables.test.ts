import { checkBook, isDue, ownValues, valueAccount, type AccountRow, type Book } from '@undertow/book';
import fc from 'fast-check';
import { bookOfTables } from './book-of-tables.ts';
import { handMadeFiles, importedOf, inOneBatch, POOLED, type HandMadeTables } from './fixtures/rows.ts';

const healthOf = (book: Book, account: number) =>
  valueAccount(ownValues(book), account as AccountRow).healthFactor;

const dueIn = (book: Book) =>
  Array.from({ length: book.accounts.count }, (_, row) => isDue(ownValues(book), row as AccountRow));

describe('a book of tables', () => {
  test('has accounts with the terms and prices of their rows, and fits together', async () => {
    const { book, ownerNames, rows, withoutDebt } = await importedOf(POOLED);
    checkBook(book);
    expect(book.accounts.count).toBe(2);
    const [hers, other] = book.accounts.owner.map((owner) => ownerNames.get(owner) ?? owner);
    expect([hers, other].sort()).toEqual(['0xabcdef0123456789abcdef0123456789abcdef01', 'alice']);
    const alice = [hers, other].indexOf('alice');
    expect(healthOf(book, alice)).toBeCloseTo((10 * 2_000 * 0.83) / 15_000, 12);
    expect(healthOf(book, 1 - alice)).toBeCloseTo((5.5 * 2_400 * 0.81) / 9_000, 12);
    expect(rows).toEqual({ positions: 4, markets: 3, prices: 3, ties: 1, quotes: 3 });
    expect(withoutDebt).toBe(0);
    expect(book.coverage).toMatchObject({ accounts: 2, modelledDebtUsd: 24_000, share: 1, gaps: [] });
    expect(book.markets.map(({ label, supplyCap }) => [label, supplyCap])).toContainEqual(['USDC', 5e6]);
  });

  test('hangs what is tied on what it is tied to, and dollars on the dollar', async () => {
    const { book } = await importedOf(POOLED);
    const tieOf = (symbol: string) => book.assets.find((asset) => asset.symbol === symbol)!;
    const nameOf = (row: number | undefined) => (row === undefined ? undefined : book.assets[row]!.symbol);
    expect(tieOf('wstETH').tie).toMatchObject({ kind: 'redeemable', ratio: 1.2, capacity: undefined });
    expect(nameOf(tieOf('wstETH').tie.to)).toBe('WETH');
    expect(tieOf('WETH').tie).toMatchObject({ kind: 'wrapped', to: undefined });
    expect(book.references[tieOf('wstETH').reference]!.symbol).toBe('ETH');
    expect(tieOf('USDC').tie).toMatchObject({ kind: 'pegged', to: undefined });
    expect(book.references[tieOf('USDC').reference]!.symbol).toBe('USD');
    // By the rate: made of the feed of what it is redeemed for.
    const oracle = book.oracles.find(({ asset }) => book.assets[asset]!.symbol === 'wstETH')!;
    expect(oracle.formula.terms.map(({ feed }) => book.feeds[feed]!.label)).toEqual(['WETH / USD']);
    expect(oracle.formula.multiplier).toBeCloseTo(1.2, 12);
  });

  test('names the sources of its depth, and where it is quoted', async () => {
    const { book } = await importedOf(POOLED);
    const weth = book.assets.findIndex(({ symbol }) => symbol === 'WETH');
    const curve = book.depth[weth]!;
    expect(curve).toMatchObject({ sources: ['1inch'], isRequoted: true });
    expect(book.assets[curve.quote]!.symbol).toBe('USDC');
    expect(book.assets[weth]!.marketPriceUsd! / 2_000).toBeCloseTo(1, 2);
  });

  test('is the same whatever the order of rows, and however a leg is split', async () => {
    const { book } = await importedOf(POOLED);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...POOLED.positions!], { minLength: 4 }),
        fc.shuffledSubarray([...POOLED.prices!], { minLength: 3 }),
        fc.shuffledSubarray([...POOLED.markets!], { minLength: 3 }),
        async (positions, prices, markets) => {
          const halves = positions.flatMap((row) => {
            const half = Number(row['amount']) / 2;
            return [row, row].map((one) => ({ ...one, amount: half }));
          });
          for (const rows of [positions, halves]) {
            const { book: other } = await importedOf({ ...POOLED, positions: rows, prices, markets });
            expect(other.hash).toBe(book.hash);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('leaves out what has no price or no terms, and counts its debt', async () => {
    const row = { venue: 'pool', asset: 'USDC', role: 'debt', amount: 1_000 };
    const held = { venue: 'pool', role: 'collateral', amount: 1 };
    const { book } = await importedOf({
      ...POOLED,
      prices: [...POOLED.prices!, { asset: 'deUSD', price: 0, marketPrice: 0.001 }],
      positions: [
        ...POOLED.positions!,
        { ...row, owner: 'a' },
        { ...held, owner: 'a', asset: 'deUSD' },
        { ...row, owner: 'b' },
        { ...held, owner: 'b', asset: 'LINK' },
        { ...row, owner: 'c', venue: 'elsewhere' },
        { ...row, owner: 'd', asset: 'LINK' },
      ],
    });
    checkBook(book);
    expect(book.coverage.gaps).toEqual([
      {
        ...{ kind: 'venue', unit: 'account', source: 'elsewhere', count: 1, debtUsd: 1_000 },
        reason: 'the markets table has no terms of the venue',
      },
      {
        kind: 'venue',
        unit: 'account',
        source: 'pool',
        reason: 'no price of LINK',
        count: 1,
        debtUsd: undefined,
      },
      {
        kind: 'venue',
        unit: 'account',
        source: 'pool',
        reason: 'no price of LINK',
        count: 1,
        debtUsd: 1_000,
      },
      {
        kind: 'venue',
        unit: 'account',
        source: 'pool',
        reason: 'no price of deUSD',
        count: 1,
        debtUsd: 1_000,
      },
    ]);
    expect(book.coverage).toMatchObject({ modelledDebtUsd: 24_000, knownDebtUsd: 27_000, share: 24 / 27 });
  });

  test('leaves out who owes nothing, and says so', async () => {
    const positions = [{ owner: 'bob', venue: 'pool', asset: 'WETH', role: 'collateral', amount: 3 }];
    const { book, withoutDebt } = await importedOf({ ...POOLED, positions });
    expect([book.accounts.count, withoutDebt, book.coverage.share]).toEqual([0, 1, 1]);
  });

  test('says of collateral that it has no market', async () => {
    const { quotes: _, ...rest } = POOLED;
    const { book } = await importedOf(rest);
    checkBook(book);
    const reasons = book.coverage.gaps.map(({ source, reason }) => `${source}: ${reason}`);
    expect(reasons).toContain('WETH: no known market: nobody buys what is seized of it');
  });
});

/** One venue of a mechanism, with an account that is due by a hair and one that is not. */
function nearTheLine(mechanism: string): HandMadeTables {
  const isPair = mechanism === 'isolated-pair' || mechanism === 'cdp';
  const market = isPair ? { market: 'ETH-BOLD', debtAsset: 'BOLD' } : {};
  const of = (asset: string) => ({ venue: 'v', ...(isPair ? { market: 'ETH-BOLD' } : {}), asset });
  const account = (owner: string, debt: number) => [
    { owner, ...of('ETH'), role: 'collateral', amount: 10 },
    { owner, ...of('BOLD'), role: 'debt', amount: debt },
  ];
  return {
    prices: [
      { asset: 'ETH', price: 1_999.99 },
      { asset: 'BOLD', price: 1, oracle: 'constant', decimals: 6 },
    ],
    markets: [
      {
        ...{ venue: 'v', asset: 'ETH', mechanism, liquidationThreshold: 0.8, liquidationBonus: 0.05 },
        ...market,
      },
      ...(isPair ? [] : [{ venue: 'v', asset: 'BOLD', mechanism }]),
    ],
    positions: [...account('due', 15_999.920001), ...account('fine', 15_999.919999)],
  };
}

describe('the integers behind an imported book', () => {
  test.each(['pooled-lending', 'isolated-pair', 'money-market', 'cdp'])(
    'decide at %s who is due near the line as the floats do',
    async (mechanism) => {
      const { book, ownerNames } = await importedOf(nearTheLine(mechanism));
      checkBook(book);
      const names = book.accounts.owner.map((owner) => ownerNames.get(owner)!);
      const due = dueIn(book);
      expect(names.filter((_, row) => due[row])).toEqual(['due']);
    },
  );

  test('are scaled by the decimals of each asset, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('pooled-lending', 'isolated-pair', 'money-market', 'cdp'),
        fc.integer({ min: 2, max: 24 }),
        fc.integer({ min: 6, max: 24 }),
        async (mechanism, held, other) => {
          const owed = mechanism === 'cdp' ? Math.max(other, held - 12) : other;
          const tables = nearTheLine(mechanism);
          const [eth, bold] = tables.prices!;
          const prices = [
            { ...eth, decimals: held },
            { ...bold, decimals: owed },
          ];
          const { book, ownerNames } = await importedOf({ ...tables, prices });
          checkBook(book);
          const due = dueIn(book);
          expect(
            book.accounts.owner.map((owner) => ownerNames.get(owner)!).filter((_, row) => due[row]),
          ).toEqual(['due']);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('oracles of a table', () => {
  const priceOf = (book: Book, id: string) => book.oracles.find((oracle) => oracle.id === id)!;

  test('are those of a market before those of its venue before those of all', async () => {
    const tables = nearTheLine('isolated-pair');
    const own = (venue: string, market: string, price: number) => ({
      asset: 'ETH',
      venue,
      market,
      price,
      oracle: 'constant',
      in: 'BOLD',
    });
    const usedBy = async (prices: HandMadeTables['prices']) => {
      const { book } = await importedOf({ ...tables, prices: [...tables.prices!, ...prices!] });
      checkBook(book);
      return book.oracles[book.legs.oracle[0]!]!.priceUsd;
    };
    expect(await usedBy([own('w', '', 7)])).toBe(1_999.99);
    expect(await usedBy([own('v', '', 1_500), own('w', '', 7)])).toBe(1_500);
    expect(await usedBy([own('v', '', 1_500), own('v', 'ETH-BOLD', 1_600)])).toBe(1_600);
  });

  test('are constant, by a feed of another, by a cross feed, or capped', async () => {
    const { book } = await importedOf({
      ...POOLED,
      prices: [
        ...POOLED.prices!,
        { asset: 'GHO', price: 1, oracle: 'constant' },
        { asset: 'cbETH', price: 2_140, feed: 'WETH / USD', reference: 'cbETH' },
        { asset: 'stETH', price: 0.999, in: 'WETH', reference: 'stETH' },
        { asset: 'USDT', price: 1, cap: 1.04 },
      ],
    });
    checkBook(book);
    const termsOf = (id: string) =>
      priceOf(book, id).formula.terms.map(({ feed }) => [book.feeds[feed]!.label, book.feeds[feed]!.answer]);
    expect(termsOf('GHO')).toEqual([]);
    expect(termsOf('cbETH')).toEqual([['WETH / USD', 2_000]]);
    expect(priceOf(book, 'cbETH').formula.multiplier).toBeCloseTo(1.07, 12);
    expect(termsOf('stETH')).toEqual([
      ['stETH / WETH', 0.999],
      ['WETH / USD', 2_000],
    ]);
    expect(priceOf(book, 'stETH').priceUsd).toBeCloseTo(1_998, 9);
    expect(priceOf(book, 'USDT').formula.greatest).toBe(1.04);
  });
});

describe('reading', () => {
  test('tells how far it is, and reads several files of one table', async () => {
    const [positions, ...others] = handMadeFiles(POOLED);
    const [first, second] = [POOLED.positions!.slice(0, 2), POOLED.positions!.slice(2)].map((rows, i) => ({
      ...positions!,
      file: `positions-${i}.csv`,
      rows: inOneBatch(rows.map((cells, row) => ({ line: row + 2, cells }))),
    }));
    const heard: number[] = [];
    const onRows = (table: string, rows: number) => table === 'positions' && heard.push(rows);
    const { book } = await bookOfTables([first!, second!, ...others], {
      onRows,
      time: 1_700_000_000,
      chainId: 1,
    });
    expect(heard).toEqual([2, 4]);
    expect(book).toMatchObject({ time: 1_700_000_000, chainId: 1 });
    expect(book.accounts.count).toBe(2);
  });
});
