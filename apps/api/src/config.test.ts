import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a network may have a block explorer, and only one that is encrypted: pages lead to it', () => {
  expect(networkWith('https://etherscan.io').explorer).toBe('https://etherscan.io');
  expect(networkWith(undefined).explorer).toBeUndefined();
  for (const wrong of ['http://etherscan.io', 'javascript:alert(1)', 'etherscan.io'])
    expect(() => networkWith(wrong)).toThrow('is not a network file');
});
