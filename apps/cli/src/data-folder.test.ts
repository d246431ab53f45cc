import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import { lockDataFolder, runningIn, setAside } from './data-folder.ts';

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

  it('puts back the record of one that took over since we looked', () => {
    const file = join(folder, 'run.json');
    const record = { process: processIdentity(process.pid)! };
    writeFileSync(file, JSON.stringify(record));
    expect(setAside(folder)).toEqual(record);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(record);
    writeFileSync(file, JSON.stringify({ process: '999999999 1' }));
    expect(setAside(folder)).toBeUndefined();
    expect(setAside(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
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
    for (const path of [join(folder, 'file', 'below'), '/proc/undertow']) {
      expect(() => lockDataFolder(path)).toThrow(ConfigError);
      expect(() => lockDataFolder(path)).toThrow(`${path}. Choose another folder with --data`);
    }
  });
});

it('lets nobody else look into a folder of its own, and leaves one that holds other things as it is', () => {
  const mode = (path: string) => statSync(path).mode & 0o777;
  const own = process.getuid?.() === 0 ? 0o711 : 0o700;
  const made = join(folder, 'made');
  lockDataFolder(made).release();
  expect([mode(made), mode(join(made, 'logs'))]).toEqual([own, 0o700]);
  chmodSync(made, 0o755); // As an older release made it.
  lockDataFolder(made).release();
  expect(mode(made)).toBe(own);
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o755);
  writeFileSync(join(shared, 'thesis.txt'), '');
  lockDataFolder(shared).release();
  expect(mode(shared)).toBe(0o755);
});
