import fc from 'fast-check';
import { exact } from './exact.ts';

test('every digit is kept', () => {
  expect([
    exact('123456789', 6),
    exact('-1500000000000000000', 18),
    exact('1', 18),
    exact('1234567', 0),
    exact('0', 8),
    exact('nonsense', 8),
  ]).toEqual(['123.456789', '−1.5', '0.000000000000000001', '1,234,567', '0', '–']);
});

test('what is written can be read back to the last unit', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(77), (value, decimals) => {
      const [whole = '', part = ''] = exact(String(value), decimals)
        .replaceAll(',', '')
        .replace('−', '-')
        .split('.');
      return BigInt(whole + part.padEnd(decimals, '0')) === value;
    }),
  );
});
