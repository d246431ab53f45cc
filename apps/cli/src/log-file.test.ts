import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFile } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('LogFile', () => {
  it('begins anew while it is written, and keeps the part before', () => {
    const path = join(folder, 'long.log');
    const log = new LogFile(path, { limitBytes: 100 });
    for (let i = 0; i < 1_000; i++) log.write(`line ${i}\n`);
    expect(statSync(path).size + statSync(`${path}.old`).size).toBeLessThan(250);
    expect(readFileSync(path, 'utf8')).toMatch(/line 999\n$/);
  });

  it('goes on with what is there, unless that is too long already, and lets nobody else read it', () => {
    const path = join(folder, 'old.log');
    writeFileSync(path, 'x'.repeat(100));
    chmodSync(path, 0o644);
    new LogFile(path).write('more');
    expect(readFileSync(path, 'utf8')).toBe(`${'x'.repeat(100)}more`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    new LogFile(path, { limitBytes: 50 }).write('new');
    expect([readFileSync(path, 'utf8'), existsSync(`${path}.old`)]).toEqual(['new', true]);
  });

  // What Linux has for a disk that is full.
  (existsSync('/dev/full') ? it : it.skip)('stops nobody when the disk is full, and says so once', () => {
    const path = join(folder, 'full.log');
    const failures: Error[] = [];
    symlinkSync('/dev/full', path);
    const log = new LogFile(path, { onFailure: (error) => failures.push(error) });
    for (let i = 0; i < 3; i++) log.write('a line\n');
    expect(failures).toMatchObject([{ code: 'ENOSPC' }]);
    rmSync(path);
    log.write('room again\n');
    expect(readFileSync(path, 'utf8')).toBe('room again\n');
  });
});
