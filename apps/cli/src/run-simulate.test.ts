import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook, type Book } from '@undertow/book';
import { startDevnet } from '@undertow/devnet';
import { UsageError } from './explain-error.ts';
import { printed } from './fixtures/printed.ts';
import { runAccount } from './run-account.ts';
import { runExport } from './run-export.ts';
import { runSimulate } from './run-simulate.ts';
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
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What WETH stands for. */
function eth(): string {
  const { reference } = book.assets.find(({ symbol }) => symbol === 'WETH')!;
  return book.references[reference]!.symbol;
}

describe('undertow simulate --book', () => {
  const options = { book: file, shock: [{ what: 'WETH', move: -0.4 }], set: [], data: folder };

  it('prints the whole result as JSON', async () => {
    const json = JSON.parse(await printed(() => runSimulate({ ...options, json: true })));
    expect(json).toMatchObject({
      engine: expect.stringMatching(/^equilibrium \d+$/),
      bookHash: book.hash,
      block: book.block,
      converged: true,
      scenario: { moves: [{ name: eth(), kind: 'reference', symbol: eth(), move: -0.4 }] },
      units: { lossUsd: expect.stringMatching(/^USD/) },
    });
    expect(json.accounts).toBeGreaterThan(0);
    const sum = json.contagion.reduce(
      (all: number, row: { liquidatedUsd: number }) => all + row.liquidatedUsd,
      0,
    );
    expect(sum / json.liquidatedUsd).toBeCloseTo(1, 9);
  });

  it('prints what a person can read', async () => {
    const text = await printed(() => runSimulate({ ...options, volatility: 0.5 }));
    expect(text).toContain(`${eth()} −40 %, implied volatility +50 %`);
    expect(text).toMatch(/accounts are\sliquidated\sin\s\d+\srounds?/);
    expect(text).toMatch(/^aave-v3@devnet /m);
    for (const part of ['Who hurts whom', 'the shock', 'By asset']) expect(text).toContain(part);
  });

  it('prints a what-if as text and as JSON', async () => {
    const set = ['aave-v3@devnet WETH liquidationThreshold=0.70', 'aave-v3@devnet WETH loanToValue=0.7'];
    const text = await printed(() => runSimulate({ ...options, shock: [], set }));
    expect(text).toMatch(/^(!! )?the change alone makes/i);
    const json = JSON.parse(await printed(() => runSimulate({ ...options, shock: [], set, json: true })));
    expect(json.whatIf.before).toMatchObject({ bookHash: book.hash });
    expect(json.whatIf.bookHash).not.toBe(book.hash);
    expect(json.whatIf.after.bookHash).toBe(json.whatIf.bookHash);
    expect(text.startsWith('!!')).toBe(json.whatIf.madeDue.length > 0);
  });

  it.each([
    [{ shock: [{ what: 'FOO', move: -0.1 }] }, /Known: .*WETH/],
    [{ shock: [{ what: 'USD', move: -0.1 }] }, /USD cannot move/],
    [{ set: ['nonsense'] }, /is not understood: write "<venue> <market> liquidationThreshold=0.80"/],
    [{ set: ['aave-v3@devnet WETH \u001b=1'] }, /is not understood/],
    [{ set: ['nowhere WETH closeFactor=1'] }, /no venue "nowhere"; it has/],
    [{ set: ['aave-v3@devnet WETH liquidationThreshold=7'] }, /must be a ratio from 0 to 1/],
    [{ set: ['aave-v3@devnet WETH liquidationThreshold=NaN'] }, /not a number/],
    [{ liquidators: 'capital' as const }, /needs --capital/],
  ])('refuses %j as a wrong use', async (wrong, message) => {
    const refused = runSimulate({ ...options, ...wrong });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
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
    truncateSync(large, 2 * 1_024 ** 3);
    await expect(runSimulate({ ...options, book: large })).rejects.toThrow(/larger than 1024 MB/);
    // Of one that is not, no more is read than a book may have without an end of an item.
    truncateSync(large, 1_024 ** 3);
    const refused = runSimulate({ ...options, book: large });
    await expect(refused).rejects.toThrow(/more than 32 MB without an end of an item before byte 3\d{7}, /);
  });

  it('refuses a file that is not there, is not a book, or was changed', async () => {
    await expect(runSimulate({ ...options, book: join(folder, 'none') })).rejects.toThrow(/undertow export/);
    const other = join(folder, 'other.json');
    for (const text of ['', '{}', exportBook(book).replace('"WETH"', '"WETX"')]) {
      writeFileSync(other, text);
      const refused = runSimulate({ ...options, book: other });
      await expect(refused).rejects.toThrow(UsageError);
      await expect(refused).rejects.toThrow(/other\.json cannot be read as a book: /);
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
    expect(text).toMatch(/^(holds|owes|long|short|wrote option)/m);
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
