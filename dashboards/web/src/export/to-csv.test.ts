import Papa from 'papaparse';
import fc from 'fast-check';
import type { DataTable } from './exportable.ts';
import type { Stamp } from './stamp.ts';
import { toCsv } from './to-csv.ts';
import { toJson } from './to-json.ts';

const STAMP: Stamp = {
  ...{ network: 'devnet', block: 18_342, hash: `0x${'a'.repeat(64)}`, bookHash: `0x${'b'.repeat(64)}` },
  ...{ address: 'http://127.0.0.1:4000/#shock=ETH:-0.2', at: 1_795_175_400 },
};
const TABLE: DataTable = {
  columns: [
    { name: 'Venue' },
    { name: 'Bad debt', unit: 'USD' },
    { name: 'Move', unit: 'move' },
    { name: 'Time', unit: 'time' },
  ],
  rows: [
    ['Aave v3, "core"', 1_234_567.890123, -0.2, 1_795_175_400],
    ['two\nlines', null, Number.NaN, undefined],
  ],
};
const read = (csv: string) => Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });

test('what is read back is what was written: whole numbers, quotes, lines; nothing for what is none', () => {
  const csv = toCsv(TABLE, STAMP);
  const { data, errors } = read(csv);
  expect(errors).toEqual([]);
  expect(
    data.map(({ venue, bad_debt_usd, move, time_utc }) => [venue, bad_debt_usd, move, time_utc]),
  ).toEqual([
    ['Aave v3, "core"', '1234567.890123', '-0.2', '2026-11-20T11:50:00.000Z'],
    ['two\nlines', '', '', ''],
  ]);
  expect(csv.split('\r\n')[0]).toBe(
    'venue,bad_debt_usd,move,time_utc,network,block,block_hash,book_hash,address,exported_at',
  );
});

test('every row says where it is from', () => {
  for (const row of read(toCsv(TABLE, STAMP)).data)
    expect(row).toMatchObject({
      network: 'devnet',
      block: '18342',
      book_hash: STAMP.bookHash,
      address: STAMP.address,
    });
});

test('what a spreadsheet would take for a formula is text; numbers below 0 stay numbers', () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1\n+2', ' =1', '＝1'];
  const table = {
    columns: [{ name: 'Symbol' }, { name: 'Net', unit: 'USD' as const }],
    rows: formulas.map((text) => [text, -5]),
  };
  for (const { symbol, net_usd } of read(toCsv(table, STAMP)).data) {
    expect(symbol).toMatch(/^'/);
    expect(net_usd).toBe('-5');
  }
});

test('a number is never rounded', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [row] = read(toCsv({ columns: [{ name: 'x' }], rows: [[value]] }, STAMP)).data;
      expect(Number(row?.['x'])).toBe(value === 0 ? 0 : value);
    }),
  );
  const large = -(10n ** 40n);
  expect(read(toCsv({ columns: [{ name: 'x' }], rows: [[large]] }, STAMP)).data[0]?.['x']).toBe(
    String(large),
  );
});

test('two columns of one name stay two', () => {
  const csv = toCsv({ columns: [{ name: 'WETH' }, { name: 'WETH' }], rows: [[1, 2]] }, STAMP);
  expect(read(csv).data[0]).toMatchObject({ weth: '1', weth_2: '2' });
});

test('JSON has the same names and values, and the stamp once', () => {
  expect(JSON.parse(toJson('Losses', TABLE, STAMP))).toEqual({
    ...{
      title: 'Losses',
      network: 'devnet',
      block: 18_342,
      block_hash: STAMP.hash,
      book_hash: STAMP.bookHash,
    },
    ...{ address: STAMP.address, exported_at: '2026-11-20T11:50:00.000Z' },
    rows: [
      {
        venue: 'Aave v3, "core"',
        bad_debt_usd: 1_234_567.890123,
        move: -0.2,
        time_utc: '2026-11-20T11:50:00.000Z',
      },
      { venue: 'two\nlines', bad_debt_usd: null, move: null, time_utc: null },
    ],
  });
  const large = JSON.parse(toJson('x', { columns: [{ name: 'x' }], rows: [[10n ** 40n]] }, STAMP)) as {
    rows: unknown;
  };
  expect(large.rows).toEqual([{ x: String(10n ** 40n) }]);
});
