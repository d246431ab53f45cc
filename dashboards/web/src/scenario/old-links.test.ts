import { addressOfOldLink } from './old-links.ts';

const owner = `0x${'1'.repeat(40)}`;

test.each([
  ['#measure=loss&shock=ETH:-0.2&block=12', '/scenario?measure=loss&shock=ETH:-0.2&block=12'],
  [
    '#set=aave-v3%20WETH%20liquidationThreshold%3D0.6',
    '/scenario?set=aave-v3%20WETH%20liquidationThreshold%3D0.6',
  ],
  ['#measure=amplification', '/scenario?measure=amplification'],
  ['#block=99', '/?block=99'],
  [`#account=${owner}`, `/accounts/${owner}`],
  [`#shock=ETH:-0.2&account=${owner}&block=7`, `/accounts/${owner}?shock=ETH:-0.2&block=7`],
  ['#account=0x12', '/accounts/0x12'],
  // What could not be read then is told now: it must arrive.
  ['#depht=2', '/scenario?depht=2'],
])('%s leads to %s', (fragment, address) => {
  expect(addressOfOldLink(fragment)).toBe(address);
});

test.each(['', '#', '#loss-title'])('“%s” holds nothing that was chosen', (fragment) => {
  expect(addressOfOldLink(fragment)).toBeUndefined();
});
