import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, nodeTooOld } from '../../scripts/ensure-install.mjs';

let root: string;
const packages = {
  '': { version: '1' },
  'apps/x': { version: '1' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
};
const { 'node_modules/other-platform': _other, ...installed } = packages;
const write = (path: string, content: object) =>
  writeFileSync(join(root, path), JSON.stringify({ packages: content }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'undertow-install-'));
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules/node/bin/node'), '');
  write('package-lock.json', packages);
  write('node_modules/.package-lock.json', installed);
});
afterEach(() => rmSync(root, { recursive: true }));

describe('isInstalled', () => {
  it('holds when everything locked is there, but for other platforms', () => {
    expect(isInstalled(root)).toBe(true);
  });

  it('does not hold after an installation that was cut off', () => {
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(isInstalled(root)).toBe(false);
  });

  it('does not hold without the pinned runtime, or for another version or content', () => {
    write('node_modules/.package-lock.json', {
      ...installed,
      'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' },
    });
    expect(isInstalled(root)).toBe(false);
    write('node_modules/.package-lock.json', {
      ...installed,
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' },
    });
    expect(isInstalled(root)).toBe(false);
    write('node_modules/.package-lock.json', installed);
    rmSync(join(root, 'node_modules/node'), { recursive: true });
    expect(isInstalled(root)).toBe(false);
  });

  it('holds for this very checkout', () => {
    expect(isInstalled(join(import.meta.dirname, '../..'))).toBe(true);
  });
});

describe('npm start, npm test and npm run check', () => {
  it('run npm install when nothing is installed, and say what failed', () => {
    // A project of its own whose "npm" only notes how it was called.
    const project = join(root, 'project');
    for (const part of ['scripts', 'apps/cli/bin'])
      cpSync(join(import.meta.dirname, '../..', part), join(project, part), { recursive: true });
    const tools = join(root, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'npm'), '#!/bin/sh\necho "called with $*"\nexit 3\n', { mode: 0o755 });
    for (const script of ['start.mjs', 'test.mjs', 'install.mjs']) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, 'scripts', script)], {
        encoding: 'utf8',
        env: { PATH: `${tools}:/usr/bin:/bin` },
      });
      expect({ script, stdout }).toEqual({
        script,
        stdout: expect.stringContaining('called with install --no-save --include=dev'),
      });
      expect(stderr).toContain('npm install failed with exit code 3');
      expect(stderr).not.toContain('    at ');
      expect(status).toBe(1);
    }
  });

  it('tell an old Node what is needed', () => {
    expect(nodeTooOld('18.20.0')).toContain('Node 20.19');
    expect(nodeTooOld('20.18.1')).toContain('Node 20.19');
    for (const fine of ['20.19.0', '22.0.0', '24.21.0']) expect(nodeTooOld(fine)).toBeUndefined();
  });
});
