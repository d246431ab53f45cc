import { RAY } from '@undertow/units';
import fc from 'fast-check';
import { amountOfShares, sharesOfAmount } from './shares.ts';

const shares = fc.bigInt({ min: 1n, max: 10n ** 30n });
const indexRay = fc.bigInt({ min: RAY, max: 20n * RAY });
const side = fc.constantFrom('collateral' as const, 'debt' as const);

test('3.0 rounds half up whatever happens', () => {
  const at = { indexRay: 3n * RAY, release: '3.0' } as const;
  expect(sharesOfAmount('collateral', 'mint', 4n, at)).toBe(1n);
  expect(sharesOfAmount('debt', 'mint', 5n, at)).toBe(2n);
});

test('3.6 rounds in favour of the protocol', () => {
  const at = { indexRay: 3n * RAY, release: '3.6' } as const;
  expect(sharesOfAmount('collateral', 'mint', 5n, at)).toBe(1n);
  expect(sharesOfAmount('collateral', 'burn', 4n, at)).toBe(2n);
  expect(sharesOfAmount('collateral', 'transfer', 4n, at)).toBe(2n);
  expect(sharesOfAmount('debt', 'mint', 4n, at)).toBe(2n);
  expect(sharesOfAmount('debt', 'burn', 5n, at)).toBe(1n);
});

test('burning a whole balance burns all of its shares', () => {
  fc.assert(
    fc.property(
      shares,
      indexRay,
      side,
      fc.constantFrom('3.0' as const, '3.6' as const),
      (held, index, of, release) => {
        const balance = amountOfShares(of, held, index, release);
        expect(sharesOfAmount(of, 'burn', balance, { indexRay: index, release })).toBe(held);
      },
    ),
  );
});
