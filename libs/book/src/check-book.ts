import { pooledRelease } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { BookContent } from './export-book.ts';

/**
 * Checks that a book's columns fit together: lengths, row numbers within range, signs, ratios, ascending curves that
 * lead to cash. After it the engine need not check anything.
 *
 * @throws BadDataError that names the column and the row.
 */
export function checkBook(book: BookContent): void {
  must(book.block >= 0, 'block must not be below 0');
  must(book.time >= 0, 'time must not be below 0');
  must(isShare(book.coverage.share), 'coverage.share must be from 0 to 1');
  checkLengths(book);
  checkAccounts(book);
  checkLegs(book);
  for (const [row, { asset, priceUsd }] of book.oracles.entries()) {
    within('oracles', row, { value: asset, rows: book.assets.length });
    must(priceUsd > 0, `oracles[${row}].priceUsd must be above 0`);
  }
  for (const [row, { venue }] of book.markets.entries())
    within('markets', row, { value: venue, rows: book.venues.length });
  for (const [row, { oraclePriceUsd }] of book.assets.entries()) {
    must(oraclePriceUsd > 0, `assets[${row}].oraclePriceUsd must be above 0`);
  }
  checkDepth(book);
}

function checkLengths({ accounts, legs, assets, depth, exact, oracles, markets }: BookContent): void {
  const same = (name: string, length: number, expected: number) =>
    must(length === expected, `${name} has ${length} entries, but there must be ${expected}`);
  same('accounts.venue', accounts.venue.length, accounts.count);
  same('accounts.owner', accounts.owner.length, accounts.count);
  same('accounts.legStart', accounts.legStart.length, accounts.count + 1);
  const { count, ...columns } = legs;
  for (const [name, column] of Object.entries(columns)) same(`legs.${name}`, column.length, count);
  same('depth', depth.length, assets.length);
  same('exact.answer', exact.answer.length, oracles.length);
  same('exact.amount', exact.amount.length, count);
  same('exact.threshold', exact.threshold.length, count);
  same('exact.priceScale', exact.priceScale.length, markets.length);
}

function checkAccounts({ accounts, legs, venues }: BookContent): void {
  must(accounts.legStart[0] === 0, 'accounts.legStart[0] must be 0');
  must(
    accounts.legStart[accounts.count] === legs.count,
    'accounts.legStart must end with the number of legs',
  );
  for (let row = 0; row < accounts.count; row++) {
    within('accounts.venue', row, { value: accounts.venue[row]!, rows: venues.length });
    must(accounts.legStart[row]! < accounts.legStart[row + 1]!, `accounts[${row}] must have a leg`);
    const venue = venues[accounts.venue[row]!]!;
    const legCount = accounts.legStart[row + 1]! - accounts.legStart[row]!;
    const isPair = venue.mechanism === 'isolated-pair';
    must(
      !isPair || (legCount <= 2 && legs.side[accounts.legStart[row + 1]! - 1] === -1),
      `accounts[${row}] must be a pair with its debt last`,
    );
    must(
      isPair || pooledRelease(venue.version) !== undefined,
      `accounts[${row}] is at a venue of release ${venue.version}, which has no maths here`,
    );
  }
}

function checkLegs({ legs, markets, assets, oracles }: BookContent): void {
  for (let leg = 0; leg < legs.count; leg++) {
    within('legs.market', leg, { value: legs.market[leg]!, rows: markets.length });
    within('legs.asset', leg, { value: legs.asset[leg]!, rows: assets.length });
    within('legs.oracle', leg, { value: legs.oracle[leg]!, rows: oracles.length });
    must(
      oracles[legs.oracle[leg]!]!.asset === legs.asset[leg],
      `legs.oracle[${leg}] must price the leg's own asset`,
    );
    must(legs.side[leg] === 1 || legs.side[leg] === -1, `legs.side[${leg}] must be 1 or -1`);
    must(legs.amount[leg]! >= 0, `legs.amount[${leg}] must not be below 0`);
    must(isShare(legs.liquidationThreshold[leg]!), `legs.liquidationThreshold[${leg}] must be from 0 to 1`);
    must(legs.liquidationBonus[leg]! >= 0, `legs.liquidationBonus[${leg}] must not be below 0`);
    must(
      isShare(legs.liquidationProtocolFee[leg]!),
      `legs.liquidationProtocolFee[${leg}] must be from 0 to 1`,
    );
  }
}

function checkDepth({ depth, assets }: BookContent): void {
  for (const [row, curve] of depth.entries()) {
    if (!curve) continue;
    must(curve.asset === row, `depth[${row}] must be of asset ${row}`);
    within('depth.quote', row, { value: curve.quote, rows: assets.length });
    must(
      curve.sqrtPrice.length === curve.liquidity.length + 1,
      `depth[${row}] must have one price more than liquidities`,
    );
    const isAscending = curve.sqrtPrice.every((price, i) => price > (i === 0 ? 0 : curve.sqrtPrice[i - 1]!));
    must(isAscending, `depth[${row}].sqrtPrice must ascend from above 0`);
    must(
      curve.liquidity.every((depth) => depth >= 0),
      `depth[${row}].liquidity must not be below 0`,
    );
    must(curve.feeRatio >= 0 && curve.feeRatio < 1, `depth[${row}].feeRatio must be from 0 to below 1`);
    let next: number | undefined = row;
    for (let step = 0; next !== undefined && step <= assets.length; step++) next = depth[next]?.quote;
    must(next === undefined, `depth[${row}] must lead through its quotes to an asset without a curve`);
  }
}

const isShare = (value: number) => value >= 0 && value <= 1;

function within(column: string, row: number, of: { readonly value: number; readonly rows: number }): void {
  must(of.value < of.rows, `${column}[${row}] names row ${of.value} of ${of.rows}`);
}

function must(holds: boolean, message: string): void {
  if (!holds) throw new BadDataError(`the book does not fit together: ${message}`);
}
