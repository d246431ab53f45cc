import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const DIST = join(HERE, 'dist');
const STAMP = '.sources';
const LIBRARIES = [
  'vite',
  'd3',
  'd3-sankey',
  'graphql-ws',
  'papaparse',
  'regexparam',
  'graphiql',
  'react',
  'react-dom',
];

/**
 * Builds the page into `dist` when its sources have changed since; says nothing when they have not. The new build
 * takes the place of the old one in one move, so that whoever serves `dist` meanwhile never serves half of it.
 * Returns the folder, and whether it was built now.
 */
export async function buildDashboard() {
  const stamp = stampOfSources();
  if (isFresh(stamp)) return { folder: DIST, isBuilt: false };
  const { build } = await import('vite');
  mkdirSync(join(HERE, 'node_modules'), { recursive: true });
  const room = mkdtempSync(join(HERE, 'node_modules', '.build-'));
  try {
    const made = join(room, 'dist');
    await build({ configFile: join(HERE, 'vite.config.ts'), logLevel: 'warn', build: { outDir: made } });
    writeFileSync(join(made, STAMP), stamp);
    replace(made, join(room, 'old'), stamp);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
  return { folder: DIST, isBuilt: true };
}

/** @param {string} stamp */
function isFresh(stamp) {
  const file = join(DIST, STAMP);
  return existsSync(file) && existsSync(join(DIST, 'index.html')) && readFileSync(file, 'utf8') === stamp;
}

/** Another process may do the same at the same time; then its build, from the same sources, stays.
 * @param {string} made @param {string} old @param {string} stamp */
function replace(made, old, stamp) {
  try {
    if (existsSync(DIST)) renameSync(DIST, old);
    renameSync(made, DIST);
  } catch (cause) {
    if (!isFresh(stamp)) throw cause;
  }
}

/** A hash of everything that the build is made of. */
function stampOfSources() {
  const hash = createHash('sha256');
  const files = [
    'index.html',
    'graphiql.html',
    'vite.config.ts',
    'build.mjs',
    ...under('public'),
    ...under('src'),
  ];
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(HERE, file)))
      .update('\0');
  for (const library of LIBRARIES) hash.update(`${library}@${versionOf(library)}\0`);
  return hash.digest('hex');
}

/** @param {string} folder */
function under(folder) {
  return readdirSync(join(HERE, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(HERE.length + 1))
    .sort();
}

/** @param {string} library */
function versionOf(library) {
  const { paths } = createRequire(import.meta.url).resolve;
  for (const root of paths(library) ?? []) {
    const file = join(root, library, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).version;
  }
  throw new Error(`${library} is not installed; run npm install`);
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) await buildDashboard();
