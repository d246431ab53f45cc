import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtDashboard } from './undertow-page.ts';

/** How much a browser loads before anything is on screen. Compressed as the API does it where a client takes no brotli. */
const DIST = join(import.meta.dirname, '..', '..', 'dashboards', 'web', 'dist');

const KB = 1_000;

beforeAll(builtDashboard);

/** Files that index.html names, which are loaded at once. */
function first(): string[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map(([, path = '']) => path);
}

const read = (path: string) => readFileSync(join(DIST, path));
const weight = (paths: readonly string[]) =>
  paths.reduce((sum, path) => sum + gzipSync(read(path)).length, 0);

test('the first scripts weigh less than 120 kB, and the style less than 20 kB', () => {
  const [scripts, styles] = ['.js', '.css'].map((end) => first().filter((path) => path.endsWith(end)));
  expect(scripts!.length).toBeGreaterThan(0);
  expect(styles!.length).toBeGreaterThan(0);
  expect(weight(scripts!)).toBeLessThan(120 * KB);
  expect(weight(styles!)).toBeLessThan(20 * KB);
});

test('the code of a page is loaded when somebody goes there', () => {
  const scripts = first()
    .filter((path) => path.endsWith('.js'))
    .map((path) => read(path).toString());
  const all = readdirSync(join(DIST, 'static')).filter((name) => name.endsWith('.js'));
  // Words of single pages: each is in some script, and in none of the first.
  for (const words of ['Who hurts whom', 'One address over all venues', 'Terms of all its markets']) {
    expect(all.some((name) => read(join('static', name)).includes(words))).toBe(true);
    expect(scripts.some((text) => text.includes(words))).toBe(false);
  }
});

test('addresses of files are whole, so that a page below the first finds them', () => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  expect(names.every((path) => path.startsWith('/'))).toBe(true);
});
