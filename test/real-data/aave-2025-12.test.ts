import { checkBook } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { describeWithData, importedFiles, rowsOf, sumOf } from './real-file.ts';

const FOLDER = 'aave-v3-top1000-2025-12';
const VENUE = 'aave-v3@ethereum';

const users = () =>
  rowsOf(`${FOLDER}/top_1000_borrowed_users.csv.gz`).map((row) => ({
    owner: row['user_address']!,
    debtUsd: Number(row['total_debt_usd']),
    collateralUsd: Number(row['total_collateral_usd']),
    health: Number(row['health_factor']),
  }));

/** Debts by asset, and collateral as what nobody can price: the files do not say which assets it is. */
function asItIs(): Record<string, object[]> {
  const debts = rowsOf(`${FOLDER}/top_1000_borrowed_positions.csv.gz`);
  const prices = new Map(
    debts.map((row) => [row['symbol']!, { asset: row['symbol'], price: Number(row['price_usd']) }]),
  );
  const owed = new Map<string, number>();
  for (const row of debts) {
    const owner = row['user_address']!;
    owed.set(owner, (owed.get(owner) ?? 0) + Number(row['amount_usd']));
  }
  const markets = [...prices.keys(), 'other-debt-USD'].map((asset) => ({
    ...{ venue: VENUE, asset, mechanism: 'pooled-lending' },
  }));
  const rest = users().map(({ owner, debtUsd }) => ({
    ...{ owner, venue: VENUE, asset: 'other-debt-USD', role: 'debt' },
    amount: Math.max(0, debtUsd - (owed.get(owner) ?? 0)),
  }));
  return {
    'markets.ndjson': markets,
    'prices.ndjson': [...prices.values(), { asset: 'other-debt-USD', price: 1 }],
    'positions.ndjson': [
      ...debts.map((row) => ({
        ...{ owner: row['user_address'], venue: VENUE, asset: row['symbol'], role: 'debt' },
        amount: Number(row['amount']),
      })),
      ...rest,
      ...users().map(({ owner, collateralUsd }) => ({
        ...{ owner, venue: VENUE, asset: 'unsplit-collateral', role: 'collateral' },
        amount: Math.max(collateralUsd, 1),
      })),
    ],
  };
}

/**
 * Collateral as one asset of one dollar, with the threshold that the health factor tells; of who is below 1 and alive the terms are
 * not known, as they are those of an e-mode.
 */
function asOneCollateral(): Record<string, object[]> {
  const known = users().filter(({ health }) => health >= 1);
  const unknown = users().filter(({ health }) => health < 1);
  const inEMode = { venue: 'aave-v3-emode@ethereum' };
  return {
    'loans.ndjson': known.map(({ owner, debtUsd, collateralUsd, health }) => ({
      ...{
        owner,
        venue: VENUE,
        collateral: 'collateral',
        collateralAmount: collateralUsd,
        collateralPrice: 1,
      },
      ...{ debt: 'debt-USD', debtAmount: debtUsd, debtPrice: 1, closeFactor: 0.5 },
      ...{ liquidationThreshold: (health * debtUsd) / collateralUsd, liquidationBonus: 0.05 },
    })),
    'positions.ndjson': unknown.flatMap(({ owner, debtUsd, collateralUsd }) => [
      { ...inEMode, owner, asset: 'debt-USD', role: 'debt', amount: debtUsd },
      { ...inEMode, owner, asset: 'collateral', role: 'collateral', amount: Math.max(collateralUsd, 1) },
    ]),
  };
}

describeWithData(FOLDER, () => {
  it('is all coverage as it is: its collateral is not split by asset', async () => {
    const { book, rows } = await importedFiles(asItIs());
    checkBook(book);
    expect(rows).toMatchObject({ positions: 3_000 });
    expect(book.coverage).toMatchObject({ accounts: 0, share: 0 });
    expect(book.coverage.gaps).toMatchObject([{ reason: 'no price of unsplit-collateral', count: 1_000 }]);
    expect(book.coverage.knownDebtUsd / 14_810_549_648).toBeCloseTo(1, 4);
  });

  it('as one collateral has the health factors of the file, and leaves out those that are wrong', async () => {
    const { book } = await importedFiles(asOneCollateral());
    checkBook(book);
    const wrong = users().filter(({ health }) => health < 1);
    expect(wrong).toHaveLength(281);
    expect(book.accounts.count).toBe(719);
    expect(book.coverage.gaps).toContainEqual(
      expect.objectContaining({ source: 'aave-v3-emode@ethereum', count: 281 }),
    );
    const known = users().filter(({ health }) => health >= 1);
    expect(book.coverage.modelledDebtUsd / sumOf(known, ({ debtUsd }) => debtUsd)).toBeCloseTo(1, 9);
    const result = simulate(book, { moves: [{ kind: 'reference', symbol: 'collateral', move: -0.2 }] });
    const due = known.filter(({ health }) => health * 0.8 < 1);
    expect(due.length).toBeGreaterThan(100);
    // Nobody knows where such a collateral is traded.
    expect(result.stuck).toMatchObject([{ reason: 'no-market', accounts: due.length }]);
    expect(result.stuckUsd / sumOf(due, ({ debtUsd }) => debtUsd)).toBeCloseTo(1, 9);
    const lost = sumOf(known, ({ debtUsd, collateralUsd }) => Math.max(0, debtUsd - 0.8 * collateralUsd));
    expect(result.shortfallUsd / lost).toBeCloseTo(1, 9);
  });
});
