import { checkBook, isDue, ownValues, type AccountRow } from '@undertow/book';
import type { ImportedBook } from '@undertow/tables';
import { describeWithData, importedFiles, rowsOf, sumOf } from './real-file.ts';

const FOLDER = 'compound-v2-positions-2023-05';

/** USD of one ETH that the file implies. */
const ETH_USD = 1_836;

const accounts = () =>
  rowsOf(`${FOLDER}/accounts.csv.gz`).map((row) => ({
    owner: row['account']!,
    // Two accounts are a hair below zero.
    debtEth: Math.max(0, Number(row['total_borrow_value_eth'])),
    weightedEth: Math.max(0, Number(row['total_collateral_value_eth'])),
  }));

/** Collateral as the file has it, weighted with its collateral factors already, so that the threshold is 1; both sides in ETH. */
const tables = () => ({
  'loans.ndjson': accounts().map(({ owner, debtEth, weightedEth }) => ({
    ...{ owner, venue: 'compound-v2@ethereum', closeFactor: 0.5 },
    ...{ collateral: 'weighted-collateral', collateralAmount: weightedEth, collateralPrice: ETH_USD },
    ...{ debt: 'borrowed', debtAmount: debtEth, debtPrice: ETH_USD },
    ...{ liquidationThreshold: 1, liquidationBonus: 0.08 },
  })),
});

describeWithData(FOLDER, () => {
  let imported: ImportedBook;
  beforeAll(async () => (imported = await importedFiles(tables())), 5 * 60_000);

  it('has everybody who owes, and their sums', () => {
    const { book, withoutDebt, rows } = imported;
    checkBook(book);
    expect(rows).toEqual({ loans: 29_369 });
    // Of 8,851 who owe, five owe less than 10⁻¹⁸ ETH: nothing, in raw units.
    expect([book.accounts.count, withoutDebt]).toEqual([8_846, 20_523]);
    expect(book.coverage.modelledDebtUsd / ETH_USD).toBeCloseTo(300_000.686, 2);
    expect(sumOf(accounts(), ({ weightedEth }) => weightedEth)).toBeCloseTo(579_339.8, 0);
  });

  it('finds those below 1, and that they owe next to nothing', () => {
    const { book } = imported;
    const values = ownValues(book);
    let [due, debtEth] = [0, 0];
    for (let row = 0; row < book.accounts.count; row++) {
      if (!isDue(values, row as AccountRow)) continue;
      due++;
      for (let leg = book.accounts.legStart[row]!; leg < book.accounts.legStart[row + 1]!; leg++)
        if (book.legs.side[leg] === -1) debtEth += book.legs.amount[leg]!;
    }
    // Of 1,550, one owes less than a raw unit.
    expect(due).toBe(1_549);
    expect(Math.round(debtEth)).toBe(104);
  });

  it(
    'has tokens that the files give no exchange rate for, so that all of it is coverage',
    async () => {
      const rows = rowsOf(`${FOLDER}/account_tokens.csv.gz`);
      const symbols = [...new Set(rows.map((row) => row['ctoken']!))];
      const at = (row: Readonly<Record<string, string>>) => ({
        owner: row['account'],
        venue: 'compound-v2@ethereum',
      });
      const made = (amountOf: (raw: string) => number) => ({
        'prices.ndjson': symbols.map((asset) => ({ asset })),
        'markets.ndjson': symbols.map((asset) => ({
          ...{ venue: 'compound-v2@ethereum', asset, mechanism: 'money-market' },
        })),
        'positions.ndjson': rows.flatMap((row) => {
          const held = amountOf(row['ctoken_balance']!);
          const owed = amountOf(row['stored_borrow_balance_underlying']!);
          return [
            { ...at(row), asset: row['ctoken'], role: 'supply', amount: held },
            { ...at(row), asset: row['ctoken'], role: 'debt', amount: owed },
          ];
        }),
      });
      // Two balances of the file are below zero, which nobody can hold.
      await expect(importedFiles(made(Number))).rejects.toThrow(
        /2 things are wrong with the tables:\npositions\.ndjson, line 44161, column amount: -4\.98379758 must be at least 0/,
      );
      const { book } = await importedFiles(made((raw) => Math.max(0, Number(raw))));
      expect(book.accounts.count).toBe(0);
      const owing = new Set(
        rows
          .filter((row) => Number(row['stored_borrow_balance_underlying']) > 0)
          .map((row) => row['account']),
      );
      expect(sumOf(book.coverage.gaps, ({ count }) => count)).toBe(owing.size);
      expect(book.coverage.gaps.every(({ debtUsd }) => debtUsd === undefined)).toBe(true);
    },
    5 * 60_000,
  );
});
