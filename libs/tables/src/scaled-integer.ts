/**
 * A float as an integer of so many decimals, by the shortest digits that read back as that float, rounded half up where there are
 * more: 0.1 with 18 decimals is 10¹⁷.
 *
 * @param value at least 0 and finite.
 */
export function scaledInteger(value: number, decimals: number): bigint {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const digits = mantissa.replace('.', '');
  const shift = Number(exponent) - (digits.length - 1) + decimals;
  if (shift >= 0) return BigInt(digits) * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (BigInt(digits) * 2n + divisor) / (divisor * 2n);
}
