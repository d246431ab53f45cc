import { must, within } from '../../check/must.ts';
import type { OldBook } from './schema.ts';

/**
 * Checks that every row that an old book names is there, so that it can be read at all; what it says is checked when it has the new
 * form, by `checkBook`.
 *
 * @throws BadDataError that names the column and the row.
 */
export function checkOldRows(book: OldBook): void {
  const { assets, oracles, venues, markets, accounts, legs, depth, exact } = book;
  const same = (name: string, length: number, expected: number) =>
    must(length === expected, `${name} has ${length} entries, but there must be ${expected}`);
  const count = accounts.owner.length;
  const named = (column: string, rows: readonly number[], table: readonly unknown[]) => {
    for (const [row, value] of rows.entries()) within(column, row, { value, rows: table.length });
  };
  same('accounts.venue', accounts.venue.length, count);
  same('accounts.market', accounts.market.length, count);
  same('accounts.legStart', accounts.legStart.length, count + 1);
  for (const [name, column] of Object.entries(legs)) same(`legs.${name}`, column.length, legs.amount.length);
  same('depth', depth.length, assets.length);
  same('exact.answer', exact.answer.length, oracles.length);
  same('exact.amount', exact.amount.length, legs.amount.length);
  same('exact.threshold', exact.threshold.length, legs.amount.length);
  same('exact.marketState', exact.marketState.length, markets.length);
  same('exact.accountState', exact.accountState.length, count);
  named('accounts.venue', accounts.venue, venues);
  named(
    'markets.venue',
    markets.map(({ venue }) => venue),
    venues,
  );
  named(
    'oracles.asset',
    oracles.map(({ asset }) => asset),
    assets,
  );
  named('legs.market', legs.market, markets);
  named('legs.asset', legs.asset, assets);
  named('legs.oracle', legs.oracle, oracles);
  must(accounts.legStart[0] === 0, 'accounts.legStart[0] must be 0');
  for (let row = 0; row < count; row++)
    must(accounts.legStart[row]! < accounts.legStart[row + 1]!, `accounts[${row}] must have a leg`);
  must(accounts.legStart[count] === legs.amount.length, 'accounts.legStart must end with the number of legs');
  for (const [row, { derivedFrom }] of assets.entries())
    if (derivedFrom) within('assets.derivedFrom', row, { value: derivedFrom.asset, rows: assets.length });
  for (const row of assets.keys()) {
    let next: number | undefined = row;
    for (let step = 0; next !== undefined && step <= assets.length; step++)
      next = assets[next]!.derivedFrom?.asset;
    must(next === undefined, `assets[${row}] must not be derived from itself`);
  }
  for (const [row, curve] of depth.entries())
    if (curve) within('depth.quote', row, { value: curve.quote, rows: assets.length });
  for (const [row, fund] of book.funds.entries()) {
    within('funds.venue', row, { value: fund.venue, rows: venues.length });
    within('funds.asset', row, { value: fund.asset, rows: assets.length });
    within('funds.oracle', row, { value: fund.oracle, rows: oracles.length });
  }
  for (const [row, { underlying }] of book.instruments.entries())
    within('instruments.underlying', row, { value: underlying, rows: oracles.length });
}
