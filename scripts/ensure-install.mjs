// Installs the locked dependencies when they are missing or not those of package-lock.json. Plain JavaScript
// for Node 20.19 without dependencies: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const OLDEST_NODE = [20, 19];

/** A message when this Node is too old to run the project, else undefined. */
export function nodeTooOld(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return undefined;
  return `Undertow needs Node ${OLDEST_NODE.join('.')} or newer to start; this is ${version}. Install a newer Node and run the command again.`;
}

/**
 * Whether node_modules holds exactly what package-lock.json asks for. npm writes `node_modules/.package-lock.json`
 * when an installation, its scripts included, has succeeded. So an interrupted
 * installation is not taken for a complete one.
 */
export function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules/node/bin/node'))) return false;
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((path) =>
    packagesOf(join(root, path)),
  );
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/')) return true; // The project itself and its workspaces.
    const found = installed[path];
    if (found === undefined) return entry.optional === true; // Binaries for other platforms.
    return (
      found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link
    );
  });
}

/**
 * Makes node_modules complete; `say` gets one line when there is work. Throws an Error with what to do, also when this
 * Node is too old.
 */
export async function ensureInstalled(root, say = (line) => process.stderr.write(`${line}\n`)) {
  const tooOld = nodeTooOld();
  if (tooOld !== undefined) throw new Error(tooOld);
  if (isInstalled(root)) return;
  say('Installing the locked dependencies (once; about a minute) …');
  const code = await npmInstall(root);
  if (code !== 0)
    throw new Error(
      `npm install failed with exit code ${code}. Its lines above say why; correct that and run again.`,
    );
  if (!isInstalled(root))
    throw new Error(
      'npm install succeeded but the pinned Node runtime is missing. Install scripts seem to be switched off: run "npm config set ignore-scripts false" and try again.',
    );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined; // Missing or cut off: same as not installed.
  }
}

/**
 * Installs what package-lock.json says and leaves the file as it is. Not `npm ci`: that refuses a lock file without the
 * binaries for other platforms, which not every registry carries.
 */
function npmInstall(root) {
  // Not with the pinned Node of the very folder that npm is about to replace.
  const own = resolve(root, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => resolve(folder) !== own)
    .join(delimiter);
  const child = spawn(
    'npm',
    ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--progress'],
    {
      cwd: root,
      env: { ...process.env, PATH: path, NODE: undefined, npm_node_execpath: undefined },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((done, fail) => {
    child.on('error', (cause) => fail(new Error(`npm could not be started: ${cause.message}`, { cause })));
    child.on('exit', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      done(code ?? 130);
    });
  });
}
