import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBook } from '@undertow/book';
import { ConfigError } from '@undertow/units';
import { writeBook } from './run-export.ts';
import { crowdBook } from '../../../libs/cascade/src/fixtures/crowd-books.ts';

describe('writeBook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'undertow-export-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the canonical text of a book, over what was there', () => {
    const file = join(folder, 'book.json');
    const book = crowdBook();
    writeBook({ ...book, hash: 'x'.repeat(5_000) }, file);
    writeBook(book, file);
    expect(readFileSync(file, 'utf8')).toBe(`${exportBook(book)}\n`);
  });

  it('says what to do when it cannot', () => {
    const file = join(folder, 'no-such-folder', 'book.json');
    expect(() => writeBook(crowdBook(), file)).toThrow(ConfigError);
    expect(() => writeBook(crowdBook(), file)).toThrow(
      `Cannot write ${file}. Choose another file with --out.`,
    );
  });
});
