import {
  LEG_ROLES,
  legsOf,
  ownValues,
  readMargin,
  roundingUsd,
  valueAccount,
  type AccountRow,
  type Book,
  type BookValues,
  type MarginRule,
} from '@undertow/book';
import { draftLine, type DraftLine, type LineAccount } from './line.ts';
import type { MarketRows, PriceRows } from './price-rows.ts';

/**
 * Health factors that far from 1 are not left out by an index: more than any venue's own band, where debt is repaid and collateral
 * seized and elsewhere. A share of an account's debt is added, to which its rounding may grow when prices move by `MOST_SPREAD`
 * against each other.
 */
const LENDING_SLACK = 6e-4;
const DUE_SLACK = 0.004;
/** How far prices may move against each other for an index of due accounts to hold; see `isWide`. */
const MOST_SPREAD = 16;
/** What falls short by less than this is nothing, see `shortfalls`. */
const SHORT_SLACK = 1e-8;

/** Lines, one or several by account: who is due is below at least one of its own. */
export function* dueLines(book: Book, rows: PriceRows): Generator<LineAccount> {
  const values = ownValues(book);
  for (let row = 0; row < book.accounts.count; row++) {
    const account = row as AccountRow;
    const { rule } = book.venues[book.accounts.venue[row]!]!;
    if (rule?.kernel === 'close-position') yield* marginLines(values, { account, rule, rows });
    else yield* healthLines(values, account, rows);
  }
}

/** Lending, collateralised debt positions and written options: Σ collateral × threshold against what must be backed. */
function* healthLines(values: BookValues, account: AccountRow, rows: PriceRows): Generator<LineAccount> {
  const { book } = values;
  const { legs, instruments } = book;
  const line = draftLine(account);
  const least: { readonly row: number; readonly weight: number; readonly leg: number }[] = [];
  for (const leg of legsOf(book, account)) {
    const instrument = legs.instrument[leg]!;
    const amount = legs.amount[leg]!;
    const threshold = legs.liquidationThreshold[leg]!;
    if (legs.side[leg] === -1) {
      const backed = amount * (1 + legs.maintenanceMargin[leg]!);
      line.add(instrument === -1 ? legs.oracle[leg]! : rows.marginOf(instrument), -backed);
      const { leastMargin, underlying } = instruments[instrument] ?? NO_INSTRUMENT;
      const most = leastMargin.mostPerContract ?? Infinity;
      const perContract = amount > 0 ? Math.min(leastMargin.amount / amount, most) : 0;
      const row = leastMargin.inUnderlying ? underlying : rows.dollar;
      if (perContract > 0) least.push({ row, leg, weight: -backed * perContract });
    } else if (threshold > 0) {
      line.add(instrument === -1 ? legs.oracle[leg]! : rows.valueOf(instrument), amount * threshold);
    }
  }
  const slack = slackOf(values, account);
  yield line.done(least.length > 1 ? Infinity : slack);
  // What a position must put up is the larger of two: another line with the other.
  const [other] = least;
  if (other === undefined || least.length > 1) return;
  const second = draftLine(account);
  for (const leg of legsOf(book, account)) {
    const instrument = legs.instrument[leg]!;
    if (leg === other.leg) second.add(other.row, other.weight);
    else if (legs.side[leg] === 1)
      second.add(
        instrument === -1 ? legs.oracle[leg]! : rows.valueOf(instrument),
        legs.amount[leg]! * legs.liquidationThreshold[leg]!,
      );
    else second.add(legs.oracle[leg]!, -legs.amount[leg]! * (1 + legs.maintenanceMargin[leg]!));
  }
  yield second.done(slack);
}

const NO_INSTRUMENT = {
  underlying: 0,
  leastMargin: { amount: 0, mostPerContract: undefined, inUnderlying: false },
} as const;

/** By account of a venue that goes by a health factor: its slack; -1 of margin accounts, which have several lines. */
export function healthSlacks(book: Book): Float64Array {
  const values = ownValues(book);
  return Float64Array.from(book.accounts.venue, (venue, account) => {
    const kernel = book.venues[venue]!.rule?.kernel;
    return kernel === undefined || kernel === 'close-position' ? -1 : slackOf(values, account as AccountRow);
  });
}

function slackOf(values: BookValues, account: AccountRow): number {
  const { venues, accounts, legs } = values.book;
  const { rule } = venues[accounts.venue[account]!]!;
  const thresholds = legsOf(values.book, account)
    .map((leg) => legs.liquidationThreshold[leg]!)
    .filter((threshold) => threshold > 0);
  const isFloored = rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold;
  // Flooring takes at most a basis point off the average threshold.
  const floor = isFloored ? 1 / (1 - Math.min(0.5, 1e-4 / Math.min(...thresholds))) : 1;
  const { debtUsd } = valueAccount(values, account);
  const own = rule?.kernel === 'repay-and-seize' ? LENDING_SLACK : DUE_SLACK;
  const band = 1 + own + (MOST_SPREAD * roundingUsd(values, account)) / debtUsd;
  return band * floor - 1;
}

/** What no rounding of a margin account reaches, USD. */
const MARGIN_BAND_USD = 1e-3;

/** The lines of `valueMargin`: margin against what positions ask for, and debt against other collateral and its greatest size. */
function* marginLines(
  values: BookValues,
  of: { readonly account: AccountRow; readonly rule: MarginRule; readonly rows: PriceRows },
): Generator<LineAccount> {
  const { account, rule, rows } = of;
  const { oracle } = values.book.legs;
  const { exposures, collaterals, cash } = readMargin(values, account);
  const lineOf = (perPosition: number, perCollateral: number, constant: number) => {
    const line = draftLine(account);
    line.add(rows.dollar, cash + constant);
    line.add(rows.dollar, -MARGIN_BAND_USD);
    for (const { base, size, openNotional } of exposures) {
      line.add(rows.dollar, openNotional);
      if (base !== undefined) line.add(oracle[base]!, size - Math.abs(size) * perPosition);
    }
    for (const { leg, amount, ratio } of collaterals) line.add(oracle[leg]!, amount * ratio * perCollateral);
    return line.done(SHORT_SLACK);
  };
  yield lineOf(rule.maintenanceMargin + rule.collateralMarginBuffer, 1, 0);
  if (collaterals.length === 0) return;
  yield lineOf(0, rule.debtToCollateral, 0);
  yield lineOf(0, 0, rule.debtThresholdUsd);
}

/** One line by account: who falls short at market prices is below it. */
export function* shortLines(book: Book, rows: MarketRows): Generator<LineAccount> {
  const { accounts, legs } = book;
  for (let account = 0; account < accounts.count; account++) {
    const line: DraftLine = draftLine(account);
    for (const leg of legsOf(book, account as AccountRow)) {
      if (LEG_ROLES[legs.role[leg]!] === 'supply') continue;
      const instrument = legs.instrument[leg]!;
      const row = instrument === -1 ? legs.asset[leg]! : rows.valueOf(instrument);
      line.add(row, legs.side[leg]! * legs.amount[leg]!);
    }
    yield line.done(SHORT_SLACK);
  }
}

/** Whether oracle prices have moved further against each other than the index of due accounts allows for. */
export function isWide(prices: Float64Array, basePrices: Float64Array): boolean {
  let least = Infinity;
  let greatest = 0;
  for (let row = 0; row < prices.length; row++) {
    const factor = prices[row]! / basePrices[row]!;
    if (!(factor > 0)) return true;
    least = Math.min(least, factor);
    greatest = Math.max(greatest, factor);
  }
  return greatest > MOST_SPREAD * least;
}
