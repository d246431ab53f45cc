import { ConfigError } from '@undertow/units';
import { knownNetwork, knownTokens } from './known-network.ts';

describe('knownNetwork', () => {
  it.each([
    [1, 'Ethereum'],
    [8453, 'Base'],
    [42161, 'Arbitrum'],
  ])('knows Aave v3 and Morpho Blue on chain %i', (chainId, name) => {
    const network = knownNetwork(chainId);
    expect(network).toMatchObject({ chainId, name, bootstrap: 'snapshot' });
    const adapters = new Set(network.deployments.map(({ adapter }) => adapter));
    expect([...adapters].sort()).toEqual(['aave-v3', 'morpho-blue', 'price-sources', 'uniswap-v3']);
    expect(JSON.parse(JSON.stringify(network))).toEqual(network);
  });

  it.each([
    [1, 60, 4],
    [10, 14, 5],
    [137, 20, 5],
    [8453, 15, 2],
    [42161, 20, 5],
  ])('knows what is traded on chain %i: at least %i tokens against %i', (chainId, tokens, quotes) => {
    const known = knownTokens(chainId);
    expect(known.tokens.length).toBeGreaterThanOrEqual(tokens);
    expect(known.quotes).toHaveLength(quotes);
    expect(known.tokens).toEqual(expect.arrayContaining([...known.quotes]));
  });

  it.each([
    [1, 'https://etherscan.io'],
    [8453, 'https://basescan.org'],
  ])('knows where chain %i can be explored', (chainId, explorer) => {
    expect(knownNetwork(chainId).explorer).toBe(explorer);
  });

  it('lists the known chains for any other', () => {
    expect(() => knownNetwork(5)).toThrow(ConfigError);
    expect(() => knownNetwork(5)).toThrow(/1 \(Ethereum\).*8453 \(Base\)/);
  });
});
