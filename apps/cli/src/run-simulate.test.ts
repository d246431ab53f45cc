import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook, type Book } from '@undertow/book';
import { startDevnet } from '@undertow/devnet';
import { UsageError } from './explain-error.ts';
import { runAccount } from './run-account.ts';
import { runExport } from './run-export.ts';
import { runSimulate, shocksByAddress } from './run-simulate.ts';
import { runVenues } from './run-venues.ts';
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
    const { address } = book.assets.find(({ symbol }) => symbol === 'WETH')!;
    expect(result).toMatchObject({
      engine: expect.stringMatching(/^equilibrium \d+$/),
      scenario: { shocks: [{ asset: address, symbol: 'WETH', ratio: -0.4 }] },
      units: { money: expect.stringMatching(/^USD/) },
    });
  });

  it('prints tables that a person can read', async () => {
    const text = await printed(() => runSimulate(options));
    expect(text).toMatch(/WETH -40\.0 %/);
    expect(text).toMatch(/accounts liquidated in \d+ rounds?/);
    expect(text).toContain('│ aave-v3@devnet');
  });

  it('says who hurts whom, who bears the losses and what funds paid, in sums of the result', async () => {
    const text = await printed(() => runSimulate({ ...options, volatility: 0.5 }));
    expect(text).toMatch(/WETH -40\.0 %, volatility 50\.0 %/);
    for (const part of ['Who hurts whom', 'Who bears the losses', 'the shock', 'Bad debt before funds'])
      expect(text).toContain(part);
    const result = JSON.parse(await printed(() => runSimulate({ ...options, json: true }))) as {
      liquidatedUsd: number;
      contagion: { liquidatedUsd: number }[];
    };
    const sum = result.contagion.reduce((all, row) => all + row.liquidatedUsd, 0);
    expect(sum / result.liquidatedUsd).toBeCloseTo(1, 9);
  });

  it('refuses a block or a chain beside a book file, which has its own', async () => {
    await expect(runSimulate({ ...options, block: 5 })).rejects.toThrow(UsageError);
    await expect(runSimulate({ ...options, chain: 1 })).rejects.toThrow(/leave out --block and --chain/);
  });

  it('refuses what is no plain file, without waiting for who would write it', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', folder])
      await expect(runSimulate({ ...options, book: path })).rejects.toThrow(/is no plain file/);
  });

  it('refuses a file that is too large to be a book', async () => {
    const large = join(folder, 'large.json');
    writeFileSync(large, '');
    truncateSync(large, 256 * 1_024 * 1_024 + 1);
    await expect(runSimulate({ ...options, book: large })).rejects.toThrow(/larger than 256 MB/);
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

describe('undertow venues --book', () => {
  it('lists every venue with its mechanism, and the same as JSON', async () => {
    const text = await printed(() => runVenues({ book: file, data: folder }));
    const json = JSON.parse(await printed(() => runVenues({ book: file, data: folder, json: true }))) as {
      bookHash: string;
      venues: { id: string; mechanism: string; accounts: number }[];
    };
    expect(json.bookHash).toBe(book.hash);
    expect(json.venues.map(({ id }) => id)).toEqual(book.venues.map(({ id }) => id));
    for (const { id, mechanism } of json.venues) expect(text).toMatch(new RegExp(`${id} .*${mechanism}`));
    expect(json.venues.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(book.accounts.count);
  });
});

describe('undertow account --book', () => {
  const owner = () => book.accounts.owner[0]!;

  it('shows legs and health, and why there are no exact figures', async () => {
    const text = await printed(() => runAccount(owner(), { book: file, data: folder }));
    expect(text).toContain(`${owner()} at block ${book.block}`);
    expect(text).toMatch(/health factor \d/);
    expect(text).toMatch(/│ (holds|owes|long|short|wrote option)/);
    expect(text).toContain('a book file holds no exact integers');
  });

  it('says of an unknown address what is watched and what to do', async () => {
    const nobody = `0x${'0'.repeat(39)}1` as const;
    const text = await printed(() => runAccount(nobody, { book: file, data: folder }));
    expect(text).toMatch(/no position on the watched venues: .*aave-v3@devnet/);
    expect(text).toContain('undertow venues');
    const json = JSON.parse(
      await printed(() => runAccount(nobody, { book: file, data: folder, json: true })),
    );
    expect(json).toMatchObject({ address: nobody, accounts: [], bookHash: book.hash });
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

  it('refuses what every venue takes at a fixed price, and says what would move', () => {
    expect(() => shocksByAddress(book, { vUSD: -0.5 })).toThrow(/vUSD cannot be shocked: perp.*moves.*WETH/);
    expect(() => shocksByAddress(book, { MUSD: 5 })).toThrow(/MUSD cannot be shocked: musd.*moves.*ETH/);
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
