import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkBytecode } from './artifact.ts';
import { ensureArtifacts } from './ensure-artifacts.ts';
import { fetchPackage } from './fetch-package.ts';
import { UNISWAP_V3_CORE } from './pinned-packages.ts';
import { BASE_SET } from './sets/base.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-artifact-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a copy of the shared cache. */
async function copiedCache() {
  await ensureArtifacts();
  const shared = new URL('../../../../.undertow/artifacts/', import.meta.url);
  for (const name of readdirSync(shared))
    writeFileSync(join(folder, name), readFileSync(new URL(name, shared)));
  const messages: string[] = [];
  const again = () => ensureArtifacts({ cacheDir: folder, onProgress: (message) => messages.push(message) });
  return { messages, again };
}

describe('ensureArtifacts', () => {
  it('has the real contracts, with the events that Morpho emits from a library', async () => {
    const artifacts = await ensureArtifacts();
    const events = artifacts.Morpho.abi.filter((item) => item.type === 'event').map(({ name }) => name);
    expect(events).toEqual(
      expect.arrayContaining(['Supply', 'Borrow', 'Liquidate', 'AccrueInterest', 'CreateMarket']),
    );
    expect(Object.keys(artifacts.Pool.links)).toContain('LiquidationLogic');
    expect(linkBytecode(artifacts.FluxAggregator)).toMatch(/^0x[0-9a-f]{20000}/i);
  });

  it('reads the cache without fetching', async () => {
    const { messages, again } = await copiedCache();
    await again();
    expect(messages).toEqual([]);
  });

  it('makes a set again whose file was cut short or in which a byte was changed, and no other set', async () => {
    const { messages, again } = await copiedCache();
    const whole = await again();
    const file = (id: string) =>
      join(folder, readdirSync(folder).find((name) => name.startsWith(`${id}-`)) ?? '');
    truncateSync(file('morpho-blue'), 1_000);
    expect(await again()).toEqual(whole);
    expect(messages.filter((message) => message.startsWith('Compiling'))).toEqual(['Compiling Morpho Blue']);
    messages.length = 0;
    const text = readFileSync(file('aave-v3'), 'utf8');
    writeFileSync(file('aave-v3'), text.replace('LiquidationCall', 'LiquidationCaII'));
    expect(await again()).toEqual(whole);
    expect(messages).toEqual(['Fetching @aave/core-v3@1.19.3']);
    expect(readdirSync(folder).every((name) => name.endsWith('.json'))).toBe(true);
  }, 120_000);

  it('refuses a package with other bytes, and caches nothing of it', async () => {
    const wrong = { ...UNISWAP_V3_CORE, integrity: `sha512-${'A'.repeat(86)}==` };
    const sets = [{ ...BASE_SET, packages: { ...BASE_SET.packages, uniswapCore: wrong } }];
    const cacheDir = join(folder, 'none');
    await expect(ensureArtifacts({ cacheDir, sets })).rejects.toThrow(/not the package that was pinned/);
    expect(existsSync(cacheDir)).toBe(false);
  });

  it('says which package it cannot fetch', async () => {
    const missing = { ...UNISWAP_V3_CORE, version: '99.0.0' };
    await expect(fetchPackage(missing, folder)).rejects.toThrow(/Cannot fetch @uniswap\/v3-core@99.0.0/);
  });

  it('keeps names apart', async () => {
    const sets = [BASE_SET, { ...BASE_SET, id: 'again' }];
    await expect(ensureArtifacts({ cacheDir: folder, sets })).rejects.toThrow(/two sets .* of the name/);
    // Both sets are compiled first.
  }, 120_000);
});
