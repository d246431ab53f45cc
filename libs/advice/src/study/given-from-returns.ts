import type { JointReturns } from '@undertow/sweep';
import type { GivenInput } from './given-input.ts';

const [DAY, HOUR] = [86_400, 3_600];

/**
 * What prices of the past say of each factor beside the scenarios that are made of them: the standard deviation of its log returns over a
 * day, that of one window × √(day ÷ window), and, where windows are of one hour and do not overlap, the returns themselves. Factors with
 * fewer than two windows have none.
 *
 * @param source where the prices come from, in words.
 */
export function givenFromReturns(
  { factors, rows, starts, horizonSeconds, stepSeconds }: JointReturns,
  source: string,
): GivenInput[] {
  if (rows.length < 2) return [];
  const asOf = (starts.at(-1) ?? 0) + horizonSeconds;
  return factors.flatMap((of, at): GivenInput[] => {
    const returns = rows.map((row) => row[at]!);
    const mean = returns.reduce((sum, one) => sum + one, 0) / returns.length;
    const variance = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (returns.length - 1);
    const value = Math.sqrt((variance * DAY) / horizonSeconds);
    const isHourly = horizonSeconds === HOUR && stepSeconds === HOUR;
    return [
      { name: 'realised-volatility', of, value, source, asOf },
      ...(isHourly ? [{ name: 'hourly-returns', of, value: returns, source, asOf } as const] : []),
    ];
  });
}
