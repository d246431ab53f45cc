import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { tempFolder } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MOST_MS = 60_000;

/** Path of a Chromium; undefined where there is none. `UNDERTOW_CHROMIUM` comes first. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [env['UNDERTOW_CHROMIUM'], ...found].find((path) => path !== undefined && isExecutable(path));
}

/**
 * Prints a page into a PDF by a headless Chromium, with an empty profile that is gone afterwards.
 *
 * @throws ConfigError that says what to do where there is no Chromium, or it fails.
 */
export async function printPdf(
  page: string,
  pdf: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const chromium = findChromium(env);
  if (chromium === undefined)
    throw new ConfigError(
      `There is no Chromium here to print ${pdf} with: install chromium, set UNDERTOW_CHROMIUM to one, or print ${page} from any browser.`,
    );
  const profile = tempFolder('undertow-print');
  // The sandbox of Chromium does not start as root, and the page has no script that it would have to hold.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--no-pdf-header-footer',
    `--user-data-dir=${profile}`,
    ...sandbox,
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ];
  try {
    await promisify(execFile)(chromium, args, { timeout: MOST_MS });
  } catch (cause) {
    throw new ConfigError(`Chromium (${chromium}) could not print ${pdf}. Print ${page} from any browser.`, {
      cause,
    });
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
  if (!existsSync(pdf)) throw new ConfigError(`Chromium (${chromium}) wrote no ${pdf}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
