import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

it('removes what killed processes left under its name, and nothing of those that run or of others', () => {
  const parent = mkdtempSync(join(tmpdir(), 'undertow-temp-folder-'));
  const gone = join(parent, `undertow-anvil-${process.pid}.1-AbCdEf`);
  const others = ['undertow-anvil-AbCdEf', 'undertow-other-1.1-AbCdEf', 'thesis'].map((name) =>
    join(parent, name),
  );
  for (const folder of [gone, ...others]) mkdirSync(folder);
  const first = tempFolder('undertow-anvil', parent);
  const second = tempFolder('undertow-anvil', parent);
  expect(existsSync(gone)).toBe(false);
  expect(readdirSync(parent).sort()).toEqual([first, second, ...others].map((path) => basename(path)).sort());
  rmSync(parent, { recursive: true });
});
