const MINUS = '−';

/**
 * An integer at its decimals, every digit kept and none rounded: `exact('123456789', 6)` is `123.456789`. Zeros at the
 * end are left out, thousands are separated.
 */
export function exact(value: string, decimals: number): string {
  if (!/^-?\d+$/.test(value)) return '–';
  const digits = value.replace('-', '').padStart(decimals + 1, '0');
  const whole = BigInt(digits.slice(0, digits.length - decimals)).toLocaleString('en-US');
  const part = decimals > 0 ? digits.slice(-decimals).replace(/0+$/, '') : '';
  return `${value.startsWith('-') ? MINUS : ''}${whole}${part === '' ? '' : `.${part}`}`;
}
