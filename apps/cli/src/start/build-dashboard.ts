import { join } from 'node:path';
import { spawnTethered } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import { PROJECT_ROOT } from '../data-option.ts';

const WEB = join(PROJECT_ROOT, 'dashboards/web');

/** Where the built page is. */
export const PAGE_FOLDER = join(WEB, 'dist');

/** Makes the built page match its sources; in a process of its own, because the bundler needs much memory once. */
export async function buildDashboard(): Promise<void> {
  const build = spawnTethered({ command: process.execPath, args: [join(WEB, 'build.mjs')], cwd: WEB });
  let said = '';
  build.output.on('data', (chunk) => (said = (said + String(chunk)).slice(-4_000)));
  if ((await build.exited) !== 0) throw new ConfigError(`The page could not be built:\n${said.trim()}`);
}
