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
import { PINNED_PACKAGES } from './pinned-packages.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-artifact-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a copy of the shared cache, and its one file. */
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

  it('makes a cache again that was cut short, and one in which a byte was changed', async () => {
    const { messages, again } = await copiedCache();
    const whole = await again();
    const files = readdirSync(folder).map((name) => join(folder, name));
    for (const file of files) truncateSync(file, 1_000);
    expect(await again()).toEqual(whole);
    expect(messages).toContain('Compiling Morpho Blue');
    const key = files.find((file) => readFileSync(file).length > 1_000) as string;
    const text = readFileSync(key, 'utf8');
    writeFileSync(key, text.replace('LiquidationCall', 'LiquidationCaII'));
    messages.length = 0;
    expect(await again()).toEqual(whole);
    expect(messages).toContain('Compiling Morpho Blue');
    expect(readdirSync(folder).every((name) => name.endsWith('.json'))).toBe(true);
  }, 120_000);

  it('refuses a package with other bytes, and caches nothing of it', async () => {
    const wrong = { ...PINNED_PACKAGES.uniswapCore, integrity: `sha512-${'A'.repeat(86)}==` };
    const packages = { ...PINNED_PACKAGES, uniswapCore: wrong };
    const cacheDir = join(folder, 'none');
    await expect(ensureArtifacts({ cacheDir, packages })).rejects.toThrow(/not the package that was pinned/);
    expect(existsSync(cacheDir)).toBe(false);
  });

  it('says which package it cannot fetch', async () => {
    const missing = { ...PINNED_PACKAGES.uniswapCore, version: '99.0.0' };
    await expect(fetchPackage(missing, folder)).rejects.toThrow(/Cannot fetch @uniswap\/v3-core@99.0.0/);
  });
});
