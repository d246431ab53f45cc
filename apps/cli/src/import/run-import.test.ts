import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importBook } from '@undertow/book';
import { UsageError } from '../explain-error.ts';
import { runSimulate } from '../run-simulate.ts';
import { importProgress } from './import-progress.ts';
import { printed } from '../fixtures/printed.ts';
import { runImport } from './run-import.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-import-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const out = () => join(folder, 'book.json');

const MARKETS = `venue,asset,mechanism,liquidationThreshold,liquidationBonus
pool,WETH,pooled-lending,0.83,5%
pool,USDC,pooled-lending,,
`;
const PRICES = JSON.stringify([
  { asset: 'WETH', price: 2_000, reference: 'ETH', decimals: null },
  { asset: 'USDC', price: '1' },
]);
const POSITIONS = `\uFEFF owner ,venue,asset,role,amount
"alice, the first",pool,WETH,collateral,10

,,,,
"alice, the first",pool,USDC,debt,15000
`;

describe('undertow import', () => {
  it('reads a folder of CSV, JSON and lines of JSON, packed or not, and writes a book', async () => {
    put('markets.csv', MARKETS);
    put('prices.json', PRICES);
    put('positions-1.csv.gz', gzipSync(POSITIONS));
    put('positions-2.ndjson', '{"owner":"bob","venue":"pool","asset":"USDC","role":"debt","amount":1}\n\n');
    put('notes.txt', 'not a table');
    const text = await printed(() => runImport([folder], { out: out(), time: 1_700_000_000, chain: 1 }));
    expect(text).toMatch(
      /^Rows read: positions 3, markets 2, prices 2\.\nThe book has 2 accounts at 1 venue over 2 assets, owing 15K USD/,
    );
    expect(text).toMatch(/Left out[^]*WETH +no known market/);
    const book = importBook(readFileSync(out(), 'utf8'));
    expect(book).toMatchObject({ time: 1_700_000_000, chainId: 1, coverage: { modelledDebtUsd: 15_001 } });
    expect(text).toContain(book.hash);
    const json = JSON.parse(await printed(() => runImport([folder], { out: out(), json: true })));
    expect(json).toMatchObject({ rows: { positions: 3 }, withoutDebt: 0, coverage: { accounts: 2 } });
  });

  it('lists everything that is wrong with all files, and leaves the file that was there', async () => {
    put('book.json', 'as before');
    put('markets.csv', `${MARKETS}pool,LINK,pooled-lending,eighty,5%\n`);
    put('prices.json', '[{"asset":"WETH","price":2000},{"asset":"USDC","price":-1},7]');
    put('positions.csv', `${POSITIONS}bob,pool,WETH,collateral\nbob,pool,WETH,debt,"1\n`);
    put('ties.ndjson', '{"asset":"WETH","kind":"wrapped"}\n{"asset":\n');
    put('quotes.json', '{"asset":"WETH"}');
    put('orders.csv', 'asset,asset,side\nWETH,USDC,bid\n');
    const refused = runImport([folder], { out: out() });
    await expect(refused).rejects.toThrow(UsageError);
    const { message } = (await refused.catch((error: Error) => error)) as Error;
    for (const expected of [
      /markets\.csv, line 4, column liquidationThreshold: "eighty" is not a ratio/,
      /prices\.json, row 2, column price: -1 must be at least 0/,
      /prices\.json, row 3: it is no object/,
      /positions\.csv, line 6: it has 4 cells, but the header has 5/,
      /positions\.csv, line \d: no CSV can be read from here on/,
      /ties\.ndjson, line 2: it is no JSON/,
      /quotes\.json, row 1: no list of JSON objects can be read/,
      /orders\.csv, line 1: the column "asset" is there twice/,
    ])
      expect(message).toMatch(expected);
    expect(readFileSync(out(), 'utf8')).toBe('as before');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it.each([
    ['nowhere', /there is no such file or folder/],
    ['book.json', /does not say which table it is\. A table is a file whose name begins with positions/],
    ['.', /has no tables/],
  ])('refuses %s and says what a table is', async (name, message) => {
    put('book.json', '{}');
    await expect(runImport([join(folder, name)], { out: out() })).rejects.toThrow(message);
  });

  it('refuses a broken archive, a table named twice, and a place where it cannot write', async () => {
    const packed = put('positions.csv.gz', Buffer.from('no gzip'));
    await expect(runImport([packed], { out: out() })).rejects.toThrow(/The tables cannot be read: .*header/);
    const markets = put('markets.csv', MARKETS);
    await expect(runImport([markets, markets], { out: out() })).rejects.toThrow(/named twice/);
    rmSync(packed);
    put('prices.json', PRICES);
    await expect(runImport([folder], { out: join(folder, 'no', 'book.json') })).rejects.toThrow(
      /Choose another file/,
    );
  });
});

describe('undertow simulate with tables', () => {
  const LOANS = `owner,collateral,collateralAmount,collateralPrice,debt,debtAmount,debtPrice,liquidationThreshold,liquidationBonus,collateralDepthUsd
alice,ETH,100,2500,USDC,180000,1,83%,5%,40000000
bob,ETH,40,,USDC,40000,,0.83,0.05,
bob,ETH,1,,USDC,2000,,0.83,0.05,
`;
  const options = { shock: [{ what: 'ETH', move: -0.3 }], set: [], data: '.' };

  it('runs on one file with one loan a row, and says who is who', async () => {
    const tables = [put('positions.csv', LOANS)];
    const text = await printed(() => runSimulate({ ...options, tables }));
    expect(text).toMatch(/2 accounts are liquidated/);
    expect(text).toMatch(/^0x[0-9a-f]{40} is alice$/m);
    const json = JSON.parse(await printed(() => runSimulate({ ...options, tables, json: true })));
    expect(json.byAccount.map(({ market }: { market: string }) => market)).toEqual([
      'ETH/USDC',
      'ETH/USDC loan-4',
    ]);
    expect(json.badDebtUsd).toBeCloseTo(180_000 - (100 * 1_750) / 1.05 + (2_000 - 1_750 / 1.05), 6);
  });

  it('takes quotes alone as the depth of the book that is named', async () => {
    put('markets.csv', MARKETS);
    put('prices.json', PRICES);
    put('positions.csv', POSITIONS);
    await printed(() => runImport([folder], { out: out() }));
    const on = { ...options, book: out(), json: true };
    const before = JSON.parse(await printed(() => runSimulate(on)));
    expect(before.stuck).toMatchObject([{ reason: 'no-market', accounts: 1 }]);
    const quotes = put(
      'quotes.csv',
      'asset,quote,side,amountIn,amountOut,source\nWETH,USDC,sell,1,1999,x\nWETH,USDC,sell,100,198000,x\n',
    );
    const after = JSON.parse(await printed(() => runSimulate({ ...on, tables: [quotes] })));
    expect(after.stuck).toEqual([]);
    expect(after.accounts).toBe(1);
    expect(after.bookHash).not.toBe(before.bookHash);
  });

  it('refuses a book beside it, a price said twice, and a table that is wrong', async () => {
    const tables = [put('positions.csv', LOANS)];
    await expect(runSimulate({ ...options, tables, book: 'book.json' })).rejects.toThrow(/leave out --book/);
    put('positions.csv', LOANS.replace('bob,ETH,40,,', 'bob,ETH,40,2400,'));
    await expect(runSimulate({ ...options, tables })).rejects.toThrow(
      /positions\.csv, line 3, column collateralPrice: ETH has 2400 here and 2500 in positions\.csv 2: say it once/,
    );
  });
});

describe('progress', () => {
  it('is told once reading takes some time, on one line of a terminal', () => {
    const said: string[] = [];
    const progress = importProgress({ isTTY: true, write: (text) => said.push(text) }, 0);
    for (const ms of [100, 1_999, 2_000, 2_100, 2_300]) progress.tell('positions', ms * 10, ms);
    progress.end();
    expect(said).toEqual([
      '\rReading positions: 20,000 rows',
      '\rReading positions: 23,000 rows',
      '\r\u001b[K',
    ]);
  });
});
