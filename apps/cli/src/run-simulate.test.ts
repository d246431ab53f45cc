import { jest } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook, type Book } from '@undertow/book';
import { startDevnet } from '@undertow/devnet';
import { UsageError } from './explain-error.ts';
import { runExport } from './run-export.ts';
import { runSimulate, shocksByAddress } from './run-simulate.ts';
import { indexDevnet } from './validate/index-devnet.ts';

let book: Book;
const folder = mkdtempSync(join(tmpdir(), 'undertow-simulate-'));
chmodSync(folder, 0o711); // Root steps down to run PostgreSQL, and must still pass.
const file = join(folder, 'book.json');

beforeAll(async () => {
  const devnet = await startDevnet({ seed: 3, accounts: 12 });
  book = await indexDevnet(devnet).finally(() => devnet.stop());
  writeFileSync(file, exportBook(book));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function printed(work: () => Promise<void>): Promise<string> {
  let text = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(((
    chunk: string,
    done?: () => void,
  ) => {
    text += chunk;
    done?.();
    return true;
  }) as typeof process.stdout.write);
  await work().finally(() => write.mockRestore());
  return text;
}

describe('undertow simulate --book', () => {
  const options = { book: file, shock: { WETH: -0.4 }, data: folder };

  it('prints the whole result as JSON', async () => {
    const result = JSON.parse(await printed(() => runSimulate({ ...options, json: true }))) as Record<
      string,
      unknown
    >;
    expect(result).toMatchObject({ bookHash: book.hash, block: book.block, converged: true });
    expect(result['accounts']).toBeGreaterThan(0);
  });

  it('prints tables that a person can read', async () => {
    const text = await printed(() => runSimulate(options));
    expect(text).toMatch(/WETH -40\.0 %/);
    expect(text).toMatch(/accounts liquidated in \d+ rounds?/);
    expect(text).toContain('│ aave-v3@devnet');
  });

  it('refuses a block or a chain beside a book file, which has its own', async () => {
    await expect(runSimulate({ ...options, block: 5 })).rejects.toThrow(UsageError);
    await expect(runSimulate({ ...options, chain: 1 })).rejects.toThrow(/leave out --block and --chain/);
  });

  it('refuses a file that is not there, is not a book, or was changed', async () => {
    await expect(runSimulate({ ...options, book: join(folder, 'none') })).rejects.toThrow(/undertow export/);
    const other = join(folder, 'other.json');
    for (const text of ['', '{}', exportBook(book).replace('"WETH"', '"WETX"')]) {
      writeFileSync(other, text);
      await expect(runSimulate({ ...options, book: other })).rejects.toThrow();
    }
  });
});

describe('shocksByAddress', () => {
  it('finds assets by symbol and by address in any case', () => {
    const { address } = book.assets.find(({ symbol }) => symbol === 'WETH')!;
    const upper = `0x${address.slice(2).toUpperCase()}`;
    expect(shocksByAddress(book, { WETH: -0.1 })).toEqual({ [address]: -0.1 });
    expect(shocksByAddress(book, { [upper]: -0.1 })).toEqual({ [address]: -0.1 });
  });

  it('lists what is known, and refuses one asset twice', () => {
    const { address } = book.assets.find(({ symbol }) => symbol === 'WETH')!;
    expect(() => shocksByAddress(book, { FOO: -0.1 })).toThrow(/Known: .*WETH/);
    expect(() => shocksByAddress(book, { WETH: -0.1, [address]: -0.1 })).toThrow(/twice/);
  });
});

describe('undertow export', () => {
  it('says what to do when nothing is indexed', async () => {
    await expect(runExport({ data: folder })).rejects.toThrow(/Nothing is indexed yet.*undertow start/);
  }, 30_000);

  it('makes no folder that is not there', async () => {
    const missing = join(folder, 'missing');
    await expect(runExport({ data: missing })).rejects.toThrow(/no such folder/);
    expect(existsSync(missing)).toBe(false);
  });
});
