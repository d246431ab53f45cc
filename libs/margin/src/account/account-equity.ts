import { legPriceUsd, readTable, type AccountRow, type BookValues } from '@undertow/book';

/**
 * What an account would have left at given prices, USD: what it holds and its venue counts, less what it owes. The equity of `accountMargin`, alone
 * and quickly, for who asks for many accounts at many prices.
 */
export function accountEquityUsd(values: BookValues, account: AccountRow): number {
  const { accounts, legs } = values.book;
  const end = accounts.legStart[account + 1]!;
  let equityUsd = 0;
  for (let leg = accounts.legStart[account]!; leg < end; leg++) {
    const isOwed = legs.side[leg] === -1;
    if (!isOwed && legs.liquidationThreshold[leg] === 0) continue;
    const isWritten = isOwed && legs.instrument[leg] !== -1;
    const priceUsd = isWritten ? optionWorthUsd(values, leg) : legPriceUsd(values, leg);
    equityUsd += (isOwed ? -1 : 1) * values.amount[leg]! * priceUsd;
  }
  return equityUsd;
}

/** What one contract of an option leg is worth, whatever its venue asks of its writer. */
export function optionWorthUsd({ book, oraclePriceUsd, volatilityFactor }: BookValues, leg: number): number {
  const instrument = book.instruments[book.legs.instrument[leg]!]!;
  return readTable(instrument, instrument.valueUsd, {
    spotUsd: oraclePriceUsd[instrument.underlying]!,
    volatilityFactor,
  });
}
