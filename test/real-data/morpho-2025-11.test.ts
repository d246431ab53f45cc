import { checkBook, ownValues, valueAccount, type AccountRow } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { describeWithData, importedFiles, rowsOf, sumOf } from './real-file.ts';

const FOLDER = 'morpho-xusd-deusd-2025-11';

type Row = Readonly<Record<string, string>>;

/** Assets of the second network have its name. */
const named = (symbol: string, chain: string) => (chain === '1' ? symbol : `${symbol}@arbitrum`);
const venueOf = (chain: string) => (chain === '1' ? 'morpho@ethereum' : 'morpho@arbitrum');

/** What one unit of collateral is worth in the loan by the pair's oracle: its answer ÷ 10^(36 + loan decimals − collateral decimals). */
const oracleRatio = (position: Row, market: Row) =>
  Number(position['oracle_price_raw']) /
  10 ** (36 + Number(market['loan_decimals']) - Number(market['collateral_decimals']));

/** The files as tables: one pair a market; a pair whose oracle answers 0 has no price. */
function tables(): { readonly files: Record<string, object[]>; readonly borrowers: Row[] } {
  const markets = new Map(
    rowsOf(`${FOLDER}/block1_markets_graphql.csv.gz`).map((row) => [row['market_id'], row]),
  );
  const configs = new Map(
    rowsOf(`${FOLDER}/block5_oracle_configs.csv.gz`).map((row) => [row['market_unique_key'], row]),
  );
  const borrowers = rowsOf(`${FOLDER}/block5_borrower_positions.csv.gz`).filter(
    (row) => row['position_type'] === 'borrower',
  );
  const prices = new Map<string, object>();
  const terms = new Map<string, object>();
  const positions = borrowers.flatMap((row) => {
    const chain = row['chain_id']!;
    const [market, id] = [markets.get(row['market_unique_key'])!, row['market_unique_key']!];
    const [held, owed] = [named(row['collateral_symbol']!, chain), named(row['loan_symbol']!, chain)];
    prices.set(owed, {
      ...{ asset: owed, price: Number(market['loan_price_usd']), reference: 'USD' },
      decimals: Number(market['loan_decimals']),
    });
    prices.set(held, {
      ...{ asset: held, marketPrice: Number(market['collateral_price_usd']), reference: held },
      decimals: Number(market['collateral_decimals']),
    });
    const isConstant = configs.get(id)!['oracle_mechanism'] === 'UNKNOWN';
    prices.set(id, {
      ...{ asset: held, venue: venueOf(chain), market: id, price: oracleRatio(row, market), in: owed },
      oracle: isConstant ? 'constant' : 'feed',
    });
    terms.set(id, {
      ...{ venue: venueOf(chain), market: id, asset: held, debtAsset: owed, mechanism: 'isolated-pair' },
      liquidationThreshold: Number(row['lltv_raw']) / 1e18,
    });
    const at = { owner: row['user_address'], venue: venueOf(chain), market: id };
    const whole = (raw: string, decimals: string) => Number(row[raw]) / 10 ** Number(market[decimals]);
    return [
      { ...at, asset: held, role: 'collateral', amount: whole('collateral_raw', 'collateral_decimals') },
      { ...at, asset: owed, role: 'debt', amount: whole('borrow_assets_raw', 'loan_decimals') },
    ];
  });
  return {
    files: {
      'positions.ndjson': positions,
      'markets.ndjson': [...terms.values()],
      'prices.ndjson': [...prices.values()],
    },
    borrowers,
  };
}

describeWithData(FOLDER, () => {
  it('says what is owed above collateral at market prices, though the oracles still say a dollar', async () => {
    const { files } = tables();
    const { book } = await importedFiles(files);
    checkBook(book);
    expect(book.accounts.count).toBe(18);
    const result = simulate(book, { moves: [] });
    expect(Math.round(result.shortfallBeforeUsd)).toBe(4_978_038);
    expect(Math.round(result.lossUsd)).toBe(4_978_038);
  });

  it('leaves out whose oracle answers zero, with their debt', async () => {
    const { files, borrowers } = tables();
    const { book } = await importedFiles(files);
    const unpriced = borrowers.filter((row) => Number(row['oracle_price_raw']) === 0);
    const debtUsd = sumOf(unpriced, (row) => Number(row['borrow_assets_usd']));
    const gaps = book.coverage.gaps.filter(({ reason }) => reason.startsWith('no price of'));
    expect(sumOf(gaps, ({ count }) => count)).toBe(9);
    expect(unpriced).toHaveLength(9);
    expect(Math.round(sumOf(gaps, (gap) => gap.debtUsd!) / 100)).toBe(Math.round(debtUsd / 100));
    expect(Math.round(debtUsd)).toBe(55_430_495);
    expect(book.coverage.share).toBeLessThan(0.09);
  });

  it("has the health factors of the venue's own interface where the oracle answers", async () => {
    const { files, borrowers } = tables();
    const { book } = await importedFiles(files);
    const values = ownValues(book);
    const told = new Map(
      borrowers.map((row) => [
        `${row['user_address']!.toLowerCase()} ${row['market_unique_key']}`,
        Number(row['health_factor']),
      ]),
    );
    for (let row = 0; row < book.accounts.count; row++) {
      const expected = told.get(`${book.accounts.owner[row]} ${book.accounts.market[row]}`)!;
      expect(valueAccount(values, row as AccountRow).healthFactor / expected).toBeCloseTo(1, 3);
    }
  });
});
