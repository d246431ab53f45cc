import { foundBy, whyNothing } from './found.ts';

const known = {
  venues: [{ id: 'aave-v3@devnet' }, { id: 'morpho-blue@devnet' }],
  markets: [{ venue: 'aave-v3@devnet', id: '0xaa', label: 'WETH' }],
  assets: ['wstETH', 'WETH', 'USDC'].map((symbol, i) => ({
    asset: { symbol, address: `0x${String(i).repeat(40)}` },
  })),
};
const names = (text: string) => foundBy(text, known).map(({ kind, name }) => `${kind} ${name}`);

test('what a text names, the closest first', () => {
  expect(names('weth')).toEqual(['Asset WETH', 'Market WETH']);
  expect(names('eth')).toEqual(['Asset wstETH', 'Asset WETH', 'Market WETH']);
  expect(names('Morpho')).toEqual(['Venue Morpho Blue']);
  expect(names('devnet')).toEqual(['Venue Aave v3', 'Venue Morpho Blue']);
  expect(names(' ')).toEqual([]);
});

test('an address is found by its form, in any case, and an asset by its own', () => {
  const owner = `0x${'Ab'.repeat(20)}`;
  expect(foundBy(owner, known)).toEqual([
    {
      kind: 'Address',
      name: owner.toLowerCase(),
      more: 'over all venues',
      path: `/accounts/${owner.toLowerCase()}`,
    },
  ]);
  expect(names(`0x${'1'.repeat(40)}`)[1]).toBe('Asset WETH');
});

test('why nothing is found is told in words', () => {
  expect(whyNothing('0x12')).toContain('“0x12” is not an address');
  expect(whyNothing('foo')).toBe('no asset, venue or market is called “foo”.');
  expect(whyNothing('')).toContain('write an address');
});
