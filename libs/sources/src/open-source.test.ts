import type { Address } from '@undertow/market';
import { ADAPTERS, hasAccounts, openSource, type Deployment } from './index.ts';

const address = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`;

const aave: Deployment = {
  ...{ adapter: 'aave-v3', id: 'aave-v3@test', version: '3.0' },
  ...{ addressesProvider: address(1), pool: address(2), poolConfigurator: address(3) },
  ...{ oracle: address(4), dataProvider: address(5) },
};
const uniswap: Deployment = { adapter: 'uniswap-v3', id: 'uniswap-v3@test', factory: address(6), pools: [] };
const chainlink: Deployment = { adapter: 'chainlink', id: 'chainlink@test', feeds: [] };

it('opens the source of any deployment', () => {
  for (const deployment of [aave, uniswap, chainlink]) {
    const source = openSource(deployment);
    expect(source.id).toBe(deployment.id);
    expect(source.topics.length).toBeGreaterThan(0);
  }
  expect(openSource(aave).addresses()).toContain(address(2));
});

it('knows that venues have accounts and price sources none', () => {
  expect([aave, uniswap, chainlink].map(hasAccounts)).toEqual([true, false, false]);
});

it('names each adapter once', () => {
  expect(ADAPTERS).toEqual(expect.arrayContaining(['aave-v3', 'morpho-blue', 'chainlink', 'uniswap-v3']));
  expect(new Set(ADAPTERS).size).toBe(ADAPTERS.length);
});
