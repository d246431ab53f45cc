import { router } from './router.ts';

const page = (pattern: string) => ({ pattern });
const it = router({
  overview: page('/'),
  venues: page('/venues/:id?/:market?'),
  accounts: page('/accounts/:address?'),
});

test.each([
  ['/', 'overview', {}],
  ['/venues', 'venues', {}],
  ['/venues/', 'venues', {}],
  ['/venues/aave-v3@devnet', 'venues', { id: 'aave-v3@devnet' }],
  ['/venues/morpho%40x/WETH%2FUSDC%2086%20%25', 'venues', { id: 'morpho@x', market: 'WETH/USDC 86 %' }],
  ['/accounts/0x12', 'accounts', { address: '0x12' }],
  ['/accounts/%E0%A4%A', 'accounts', { address: '%E0%A4%A' }],
] as const)('%s is the page %s', (path, name, parts) => {
  expect(it.at(path)).toEqual({ page: name, path, parts });
});

test.each(['/nothing', '/venues/a/b/c', '/accountsx'])('%s is none', (path) => {
  expect(it.at(path)).toEqual({ page: undefined, path, parts: {} });
});

test('a path that was made of parts is read as these parts', () => {
  const parts = { id: 'a/b c@d', market: 'x%?#' };
  expect(it.at(it.pathOf('venues', parts)).parts).toEqual(parts);
  expect(it.pathOf('venues', { id: 'a', market: undefined })).toBe('/venues/a');
  expect(it.pathOf('overview')).toBe('/');
  expect(it.pathOf('venues')).toBe('/venues');
});
