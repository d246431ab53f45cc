import type { BookContent } from '../file/canonical.ts';
import { LEG_ROLES } from '../book.ts';
import { checkPrices } from './check-prices.ts';
import { checkValues } from './check-values.ts';
import { MOST_TIME } from './most.ts';
import { must, within } from './must.ts';

/**
 * Checks that a book's columns fit together: lengths, row numbers within range, signs, ratios, numbers that can be (`checkValues`),
 * ascending curves that lead to cash. After it the engine need not check anything.
 *
 * @throws BadDataError that names the column and the row.
 */
export function checkBook(book: BookContent): void {
  must(book.chainId >= 0, 'chainId must not be below 0');
  must(book.block >= 0, 'block must not be below 0');
  must(book.time >= 0, 'time must not be below 0');
  must(book.time <= MOST_TIME, `time must be at most ${MOST_TIME}`);
  must(isShare(book.coverage.share), 'coverage.share must be from 0 to 1');
  checkLengths(book);
  checkAccounts(book);
  checkLegs(book);
  for (const [row, { venue }] of book.markets.entries())
    within('markets', row, { value: venue, rows: book.venues.length });
  checkUnique(book);
  checkShared(book);
  checkPrices(book);
  checkDepth(book);
  checkFollowing(book);
  checkValues(book);
}

function checkLengths({ accounts, legs, assets, depth, exact, feeds, oracles, markets }: BookContent): void {
  const same = (name: string, length: number, expected: number) =>
    must(length === expected, `${name} has ${length} entries, but there must be ${expected}`);
  same('accounts.venue', accounts.venue.length, accounts.count);
  same('accounts.owner', accounts.owner.length, accounts.count);
  same('accounts.market', accounts.market.length, accounts.count);
  same('accounts.legStart', accounts.legStart.length, accounts.count + 1);
  same('accounts.stake', accounts.stake.length, accounts.count);
  const { count, ...columns } = legs;
  for (const [name, column] of Object.entries(columns)) same(`legs.${name}`, column.length, count);
  same('depth', depth.length, assets.length);
  same('exact.feedAnswer', exact.feedAnswer.length, feeds.length);
  same('exact.source', exact.source.length, oracles.length);
  same('exact.answer', exact.answer.length, oracles.length);
  same('exact.amount', exact.amount.length, count);
  same('exact.threshold', exact.threshold.length, count);
  same('exact.marketState', exact.marketState.length, markets.length);
  same('exact.accountState', exact.accountState.length, accounts.count);
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
    must(venues[accounts.venue[row]!]!.rule !== undefined, `accounts[${row}] is at a venue without a rule`);
  }
}

function checkLegs({ legs, markets, assets, oracles, instruments }: BookContent): void {
  for (let leg = 0; leg < legs.count; leg++) {
    within('legs.market', leg, { value: legs.market[leg]!, rows: markets.length });
    within('legs.termsMarket', leg, { value: legs.termsMarket[leg]!, rows: markets.length });
    within('legs.role', leg, { value: legs.role[leg]!, rows: LEG_ROLES.length });
    within('legs.asset', leg, { value: legs.asset[leg]!, rows: assets.length });
    within('legs.oracle', leg, { value: legs.oracle[leg]!, rows: oracles.length });
    must(
      oracles[legs.oracle[leg]!]!.asset === legs.asset[leg],
      `legs.oracle[${leg}] must price the leg's own asset`,
    );
    must(legs.side[leg] === 1 || legs.side[leg] === -1, `legs.side[${leg}] must be 1 or -1`);
    must(isAmount(legs.amount[leg]!), `legs.amount[${leg}] must not be below 0`);
    must(isShare(legs.liquidationThreshold[leg]!), `legs.liquidationThreshold[${leg}] must be from 0 to 1`);
    must(isShare(legs.loanToValue[leg]!), `legs.loanToValue[${leg}] must be from 0 to 1`);
    must(isAmount(legs.maintenanceMargin[leg]!), `legs.maintenanceMargin[${leg}] must not be below 0`);
    must(
      legs.instrument[leg]! >= -1 && legs.instrument[leg]! < instruments.length,
      `legs.instrument[${leg}] must name an instrument or be -1`,
    );
    must(isAmount(legs.liquidationBonus[leg]!), `legs.liquidationBonus[${leg}] must not be below 0`);
    must(
      isShare(legs.liquidationProtocolFee[leg]!),
      `legs.liquidationProtocolFee[${leg}] must be from 0 to 1`,
    );
  }
}

/** What names a row names no other. */
function checkUnique(book: BookContent): void {
  const { references, assets, feeds, oracles, venues, markets, accounts, funds, instruments } = book;
  unique('references', references, ({ symbol }) => symbol);
  unique('feeds', feeds, ({ id }) => id);
  unique('assets', assets, ({ address }) => address);
  unique('oracles', oracles, ({ asset, id }) => `${asset} ${id}`);
  unique('venues', venues, ({ id }) => id);
  unique('markets', markets, ({ venue, id }) => `${venue} ${id}`);
  unique(
    'accounts',
    accounts.owner,
    (owner, row) => `${accounts.venue[row]} ${owner} ${accounts.market[row]}`,
  );
  unique('funds', funds, ({ venue, kind, asset }) => `${venue} ${kind} ${asset}`);
  unique('instruments', instruments, ({ venue, id }) => `${venue} ${id}`);
}

function unique<T>(column: string, rows: readonly T[], nameOf: (row: T, place: number) => string): void {
  const seen = new Map<string, number>();
  for (const [place, row] of rows.entries()) {
    const name = nameOf(row, place);
    const first = seen.get(name);
    must(first === undefined, `${column}[${place}] must not be ${column}[${first}] once more`);
    seen.set(name, place);
  }
}

function checkShared({ funds, instruments, assets, oracles, venues }: BookContent): void {
  for (const [row, { venue, asset, oracle, amount }] of funds.entries()) {
    must(Number.isFinite(amount), `funds[${row}].amount must be finite`);
    within('funds.venue', row, { value: venue, rows: venues.length });
    within('funds.asset', row, { value: asset, rows: assets.length });
    within('funds.oracle', row, { value: oracle, rows: oracles.length });
  }
  for (const [row, instrument] of instruments.entries()) {
    const { spotUsd, volatilityFactor, valueUsd, closingUsd, marginUsd } = instrument;
    within('instruments.underlying', row, { value: instrument.underlying, rows: oracles.length });
    within('instruments.venue', row, { value: instrument.venue, rows: venues.length });
    const size = spotUsd.length * volatilityFactor.length;
    must(
      size > 0 && [valueUsd, closingUsd, marginUsd].every(({ length }) => length === size),
      `instruments[${row}] must have a value, a closing price and a margin for each spot and volatility`,
    );
    const ascends = (grid: Float64Array) => grid.every((x, i) => x > (i === 0 ? 0 : grid[i - 1]!));
    must(
      ascends(spotUsd) && ascends(volatilityFactor),
      `the grids of instruments[${row}] must ascend from above 0`,
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

/** Ties and quotes together must lead to assets that follow none, else no price would come first and no trade would end. */
function checkFollowing({ assets, depth }: BookContent): void {
  const followers: number[][] = assets.map(() => []);
  const open = assets.map(({ tie }, row) => {
    const followed = new Set([tie.to, depth[row]?.quote].filter((next) => next !== undefined));
    for (const next of followed) followers[next]!.push(row);
    return followed.size;
  });
  const free = [...open.keys()].filter((row) => open[row] === 0);
  for (let row = free.pop(); row !== undefined; row = free.pop())
    for (const follower of followers[row]!) if (--open[follower]! === 0) free.push(follower);
  const circle = open.findIndex((count) => count > 0);
  must(circle === -1, `assets[${circle}] must not be quoted in, or tied to, what follows its own price`);
}

const isShare = (value: number) => value >= 0 && value <= 1;
const isAmount = (value: number) => value >= 0 && Number.isFinite(value);
