import { assert } from '@undertow/units';
import { modelledDebtUsd } from '../debt-by-venue.ts';
import type { BookContent } from '../file/canonical.ts';
import { roleCode } from '../book.ts';
import { mechanisms } from '../mechanisms.ts';

/** Factors are taken to this many binary digits, so that integers can be multiplied by them. */
const DIGITS = 40n;

/**
 * The book as it would be if legs had so many times their amounts: who has borrowed more, or has gone. Floats follow the integers, which
 * are rounded down. What is left out of the book stays as much. What an account shares in redistributions grows with its collateral.
 *
 * @param factor by leg row, a ratio of at least 0; 1 = as it is.
 */
export function withScaledLegs(book: BookContent, factor: Float64Array): BookContent {
  const { accounts, assets, legs, exact, venues } = book;
  assert(factor.length === legs.count, `there must be a factor for each of ${legs.count} legs`);
  const amount = legs.amount.slice();
  const raw = exact.amount.slice();
  for (const [leg, times] of factor.entries()) {
    if (times === 1) continue;
    raw[leg] = scaled(exact.amount[leg]!, times);
    amount[leg] = Number(raw[leg]) / 10 ** assets[legs.asset[leg]!]!.decimals;
  }
  const stake = accounts.stake.slice();
  const accountState = exact.accountState.slice();
  for (let account = 0; account < accounts.count; account++) {
    const [first, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    const { isStateByLeg } = mechanisms[venues[accounts.venue[account]!]!.mechanism];
    if (isStateByLeg)
      accountState[account] = exact.accountState[account]!.map((value, place) =>
        scaled(value, factor[first + place]!),
      );
    for (let leg = first; stake[account]! > 0 && leg < end; leg++)
      if (legs.role[leg] === roleCode('collateral')) stake[account]! *= factor[leg]!;
  }
  return withCoverage({
    ...book,
    accounts: { ...accounts, stake },
    legs: { ...legs, amount },
    exact: { ...exact, amount: raw, accountState },
  });
}

/** What is known of debt grows by as much as the debt of the legs; what is left out stays. */
function withCoverage(book: BookContent): BookContent {
  const { coverage } = book;
  const debtUsd = modelledDebtUsd(book);
  const leftOutUsd = Math.max(0, coverage.knownDebtUsd - coverage.modelledDebtUsd);
  const knownDebtUsd = debtUsd + leftOutUsd;
  const share = knownDebtUsd > 0 ? debtUsd / knownDebtUsd : 1;
  return { ...book, coverage: { ...coverage, modelledDebtUsd: debtUsd, knownDebtUsd, share } };
}

const scaled = (value: bigint, times: number): bigint =>
  times === 1 ? value : (value * BigInt(Math.floor(times * Number(1n << DIGITS)))) >> DIGITS;
