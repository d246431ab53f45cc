import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../data-option.ts';
import { bad, good, type Finding } from './check.ts';

const require = createRequire(import.meta.url);

/** The Node that runs this is the pinned one. */
export async function checkNode(): Promise<Finding> {
  const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: { readonly node: string };
  };
  const pinned = manifest.dependencies.node;
  const running = process.versions.node;
  if (running === pinned) return good('Node', `${running}, the pinned version`);
  return bad(
    'Node',
    `${running} is running, ${pinned} is pinned. Use "npx undertow" or "npm start", and "npm install" if that does not help.`,
  );
}

/** The EVM's program is there and runs. */
export async function checkAnvil(): Promise<Finding> {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`;
  try {
    const program = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil');
    const { stdout, status, error } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) return good('anvil', stdout.split('\n')[0] ?? '');
    return bad(
      'anvil',
      `${program} does not run: ${error?.message ?? `exit code ${status}`}. Run "npm install" again.`,
    );
  } catch {
    return bad('anvil', `The npm package ${name} is missing. Run "npm install" with optional dependencies.`);
  }
}

/** A browser for `npm test`; nothing else needs one. */
export async function checkChromium(): Promise<Finding> {
  const folders = (process.env['PATH'] ?? '').split(':');
  const candidates = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) =>
      join(folder, name),
    ),
  );
  const found = [process.env['UNDERTOW_CHROMIUM'], ...candidates].find(
    (path) => path !== undefined && existsSync(path),
  );
  // Only tests need it, so that it is missing is no fault of the set-up.
  return good('Chromium', found ?? 'not found: the browser tests of "npm test" are skipped without it');
}
