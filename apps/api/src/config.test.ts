import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { availabilityOf } from './availability.ts';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The network of a configuration whose network file has an explorer, or none. */
function networkWith(explorer: string | undefined) {
  const file = join(folder, 'network.json');
  writeFileSync(file, JSON.stringify({ chainId: 1, name: 'Ethereum', finalityDepth: 64, explorer }));
  const env = { DATABASE_URL: 'postgres://', UNDERTOW_NETWORK: file, UNDERTOW_PAGE: folder };
  return readConfig(env).network;
}

test('a network may say when markets of its feeds trade and which feed watches the sequencer, and only what can be read', () => {
  const stocks = {
    feeds: ['0xFEED'],
    zone: 'America/New_York',
    sessions: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:30', closes: '16:00' }],
  };
  const network = (more: object) => {
    const file = join(folder, 'hours.json');
    writeFileSync(file, JSON.stringify({ chainId: 1, name: 'Base', finalityDepth: 64, ...more }));
    return readConfig({ DATABASE_URL: 'postgres://', UNDERTOW_NETWORK: file, UNDERTOW_PAGE: folder }).network;
  };
  const { hours, sequencerFeed } = availabilityOf(network({ tradingHours: [stocks], sequencerFeed: '0xAB' }));
  expect(sequencerFeed).toBe('0xab');
  // Wednesday, eleven in New York, and Saturday.
  const isOpenAt = (text: string) => hours.get('0xfeed')!.isOpen(Date.parse(text) / 1_000);
  expect([isOpenAt('2026-11-25T16:00Z'), isOpenAt('2026-11-28T16:00Z')]).toEqual([true, false]);
  expect(availabilityOf(network({}))).toEqual({ hours: new Map(), sequencerFeed: undefined });
  expect(() => network({ tradingHours: [{ ...stocks, zone: 'New York' }] })).toThrow('is not a network file');
});

test('as many threads run cascades as there are cores, or as are asked for', () => {
  const file = join(folder, 'network.json');
  writeFileSync(file, JSON.stringify({ chainId: 1, name: 'Ethereum', finalityDepth: 64 }));
  const threads = (more: object) =>
    readConfig({ DATABASE_URL: 'postgres://', UNDERTOW_NETWORK: file, UNDERTOW_PAGE: folder, ...more })
      .threads;
  expect(threads({})).toBe(availableParallelism());
  expect(threads({ UNDERTOW_THREADS: '3' })).toBe(3);
  expect(() => threads({ UNDERTOW_THREADS: '0' })).toThrow('UNDERTOW_THREADS');
  expect(() => threads({ UNDERTOW_WORKERS: 'yes' })).toThrow('UNDERTOW_WORKERS');
});

test('a network may have a block explorer, and only one that is encrypted: pages lead to it', () => {
  expect(networkWith('https://etherscan.io').explorer).toBe('https://etherscan.io');
  expect(networkWith(undefined).explorer).toBeUndefined();
  for (const wrong of ['http://etherscan.io', 'javascript:alert(1)', 'etherscan.io'])
    expect(() => networkWith(wrong)).toThrow('is not a network file');
});
