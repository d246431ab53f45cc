import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@undertow/units';
import { lockDataFolder, runningIn } from './data-folder.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-data-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('lockDataFolder', () => {
  it('lets one process in at a time and says who is in', () => {
    const lock = lockDataFolder(folder);
    lock.publish({ pageUrl: 'http://127.0.0.1:1/' });
    expect(() => lockDataFolder(folder)).toThrow(ConfigError);
    expect(() => lockDataFolder(folder)).toThrow(`process ${process.pid}, http://127.0.0.1:1/`);
    lock.release();
    expect(runningIn(folder)).toBeUndefined();
    lockDataFolder(folder).release();
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  it('takes over from a process that is gone, and from half a record', () => {
    for (const left of [JSON.stringify({ process: '999999999 1' }), '{"proc']) {
      writeFileSync(join(folder, 'run.json'), left);
      lockDataFolder(folder).release();
    }
  });

  it('keeps what it publishes from other users: it holds the password of the database', () => {
    const lock = lockDataFolder(folder);
    lock.publish({ databaseUrl: 'postgresql://u:p@127.0.0.1/d' });
    const file = join(folder, 'run.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ databaseUrl: expect.any(String) });
    lock.release();
  });

  it('says what to do about a folder that cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => lockDataFolder(join(folder, 'file', 'below'))).toThrow(/--data/);
  });
});
