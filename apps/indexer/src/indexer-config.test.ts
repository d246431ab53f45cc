import { ConfigError } from '@undertow/units';
import { parseIndexerConfig } from './indexer-config.ts';

const deployment = {
  adapter: 'morpho-blue',
  id: 'morpho-blue@x',
  version: '1.0',
  morpho: `0x${'ab'.repeat(20)}`,
};
const config = {
  network: {
    chainId: 5,
    name: 'x',
    finalityDepth: 12,
    bootstrap: 'logs',
    startBlock: 0,
    deployments: [deployment],
  },
  rpcUrls: ['http://127.0.0.1:8545'],
  databaseUrl: 'postgres://127.0.0.1/x',
};
const wrong = (network: object) => () =>
  parseIndexerConfig({ ...config, network: { ...config.network, ...network } });

describe('parseIndexerConfig', () => {
  it('keeps what an adapter needs and looks at the head twice a second', () => {
    expect(parseIndexerConfig(config)).toEqual({ ...config, pollMs: 500 });
  });

  it('says which field is wrong', () => {
    expect(wrong({ finalityDepth: 0 })).toThrow(ConfigError);
    expect(wrong({ finalityDepth: 0 })).toThrow(/network\.finalityDepth/);
    expect(() => parseIndexerConfig({ ...config, rpcUrls: [] })).toThrow(/rpcUrls/);
    expect(wrong({ deployments: [{ ...deployment, adapter: 'other' }] })).toThrow(/adapter/);
  });

  it('keeps a week of facts at least where old ones are dropped, and calls at some block', () => {
    expect(parseIndexerConfig(config).keepFactsDays).toBeUndefined();
    expect(parseIndexerConfig({ ...config, keepFactsDays: 30 }).keepFactsDays).toBe(30);
    expect(() => parseIndexerConfig({ ...config, keepFactsDays: 6 })).toThrow(/keepFactsDays/);
    expect(wrong({ callsEvery: 0 })).toThrow(/network\.callsEvery/);
  });

  it('watches no exchange unless asked, and names those that it knows', () => {
    expect(parseIndexerConfig(config).exchanges).toBeUndefined();
    const exchanges = { watch: [{ id: 'kraken' }] };
    expect(parseIndexerConfig({ ...config, exchanges }).exchanges).toEqual({
      ...{ ...exchanges, everySeconds: 60, backfillHours: 12, firstLookSeconds: 10 },
    });
    expect(() => parseIndexerConfig({ ...config, exchanges: { watch: [{ id: 'mtgox' }] } })).toThrow(
      /"binance".*"kraken"[^]*exchanges\.watch\[0\]\.id/,
    );
  });

  it('refuses addresses that are not lower case, which no log would ever match', () => {
    expect(wrong({ deployments: [{ ...deployment, morpho: `0x${'Ab'.repeat(20)}` }] })).toThrow(
      /lower case: 0xAb/,
    );
  });
});
