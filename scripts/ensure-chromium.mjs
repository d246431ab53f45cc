// Finds a Chromium for the browser tests, or installs Debian's when we may.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium; undefined when there is none. `UNDERTOW_CHROMIUM` comes first. */
export function findChromium(env = process.env) {
  const candidates = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [env.UNDERTOW_CHROMIUM, ...candidates].find((path) => path !== undefined && isExecutable(path));
}

/** Like `findChromium`, after an attempt to install it with apt as root. Says loudly when there is none. */
export function ensureChromium(say = (line) => process.stderr.write(`${line}\n`)) {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    say('Installing Chromium for the browser tests …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']])
      if (spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status !== 0) break;
  }
  const path = findChromium();
  if (path === undefined)
    say(
      '!! NO CHROMIUM FOUND: THE BROWSER TESTS ARE SKIPPED. Install chromium, or set UNDERTOW_CHROMIUM, to run them. !!',
    );
  return path;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
