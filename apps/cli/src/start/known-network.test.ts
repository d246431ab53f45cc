import { ConfigError } from '@undertow/units';
import { knownNetwork } from './known-network.ts';

describe('knownNetwork', () => {
  it.each([
    [1, 'Ethereum'],
    [8453, 'Base'],
    [42161, 'Arbitrum'],
  ])('knows Aave v3 and Morpho Blue on chain %i', (chainId, name) => {
    const network = knownNetwork(chainId);
    expect(network).toMatchObject({ chainId, name, bootstrap: 'snapshot' });
    const adapters = new Set(network.deployments.map(({ adapter }) => adapter));
    expect([...adapters].sort()).toEqual(['aave-v3', 'morpho-blue']);
    expect(JSON.parse(JSON.stringify(network))).toEqual(network);
  });

  it('lists the known chains for any other', () => {
    expect(() => knownNetwork(5)).toThrow(ConfigError);
    expect(() => knownNetwork(5)).toThrow(/1 \(Ethereum\).*8453 \(Base\)/);
  });
});
