import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { venueFiles } from '../../architecture.mjs';

const ROOT = join(import.meta.dirname, '../..');
const LEFT_OUT = new Set(['node_modules', '.git', '.nx', '.undertow', 'dist', 'docs', 'peers']);

/** A copy of this repository with the packages of the original, so that a venue can be made in it. */
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'undertow-new-venue-'));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  const modules = join(copy, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const target = join(ROOT, 'node_modules', name);
    // Links between workspaces are relative: they lead to the copy's own.
    if (name === '@undertow')
      cpSync(target, join(modules, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(target, join(modules, name));
  }
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: copy, encoding: 'utf8' },
    env: { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '', FORCE_COLOR: '0' },
  });
  return { status, output: `${stdout}${stderr}` };
}
const newVenue = (...args: string[]) => run(process.execPath, 'scripts/new-venue.mjs', ...args);
const tool = (path: string, ...args: string[]) =>
  run(process.execPath, '--experimental-vm-modules', join('node_modules', path), ...args);
const read = (path: string) => readFileSync(join(copy, path), 'utf8');

describe('npm run new-venue', () => {
  it('says how it is called, and makes nothing of a wrong call', () => {
    const before = read('libs/venues/src/open-venue.ts');
    expect(newVenue().output).toMatch(
      /npm run new-venue -- <protocol> <mechanism>.*\n.*pooled-lending, isolated-pair/,
    );
    expect(newVenue('acme-v2', 'auction').output).toMatch(/There is no mechanism auction/);
    expect(newVenue('Acme', 'pooled-lending').output).toMatch(/Acme is no folder name/);
    expect(newVenue('aave-v3', 'pooled-lending')).toMatchObject({
      status: 1,
      output: expect.stringMatching(/libs\/venues\/src\/aave-v3 is there already/),
    });
    expect(read('libs/venues/src/open-venue.ts')).toBe(before);
  });

  it('lays out a venue that passes every check as it is', () => {
    const made = newVenue('acme-v2', 'cdp');
    expect(made).toMatchObject({ status: 0, output: expect.stringMatching(/✓ libs\/venues\/src\/acme-v2/) });
    const files = readdirSync(join(copy, 'libs/venues/src/acme-v2'), { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(venueFiles));
    expect(files.map((file) => file.replaceAll('acme', '')).join()).not.toMatch(/new-?venue/i);
    expect(read('libs/venues/src/acme-v2/snapshot.ts')).toMatch(/mechanism: 'cdp'/);
    expect(read('libs/venues/src/open-venue.ts')).toMatch(/'acme-v2': openAcmeV2,/);
    expect(read('libs/venues/src/index.ts')).toMatch(
      /AcmeV2Deployment \} from '.\/acme-v2\/deployments.ts';\n.*LyraAvalonDeployment/,
    );

    const folder = 'libs/venues/src/acme-v2';
    const registers = ['libs/venues/src/open-venue.ts', 'libs/venues/src/index.ts'];
    expect(tool('prettier/bin/prettier.cjs', '--check', folder, ...registers)).toMatchObject({ status: 0 });
    expect(tool('eslint/bin/eslint.js', folder)).toMatchObject({ status: 0 });
    const types = {
      extends: './tsconfig.json',
      include: [`${folder}/**/*.ts`, 'libs/sources/src/open-source.ts'],
    };
    writeFileSync(join(copy, 'tsconfig.venue.json'), JSON.stringify(types));
    expect(tool('typescript/bin/tsc', '-p', 'tsconfig.venue.json')).toMatchObject({ status: 0, output: '' });
    const tested = tool('jest/bin/jest.js', folder, 'libs/sources/src/open-source', 'test/architecture');
    expect(tested.output).toMatch(
      /says that it is not modelled yet|PASS libs\/venues\/src\/acme-v2\/index.test.ts/,
    );
    expect(tested).toMatchObject({ status: 0 });
  }, 120_000);

  it('says so when the register is not as it knows it', () => {
    writeFileSync(join(copy, 'libs/venues/src/open-venue.ts'), 'export {};\n');
    const made = newVenue('acme-v3', 'cdp');
    expect(made).toMatchObject({ status: 1, output: expect.stringMatching(/nothing was made/) });
    expect(readdirSync(join(copy, 'libs/venues/src'))).not.toContain('acme-v3');
  });
});
