import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChildApp } from '../child-app.ts';
import { PAGE_FOLDER } from './build-dashboard.ts';
import { childStarted } from './child-started.ts';
import { writeNetworkFile } from './network-file.ts';
import type { StartContext } from './start-context.ts';
import type { Foundations } from './start-indexer.ts';

const MAIN = fileURLToPath(new URL('../../../api/src/main.ts', import.meta.url));
const LOWER_DECORATORS = fileURLToPath(new URL('../../../api/src/lower-decorators.ts', import.meta.url));

/** Longer than any of the known chains has been without a block. */
const OLD_BLOCK_SECONDS = 1_800;

/** Starts the API; gives the address of the page. */
export async function startApi(context: StartContext, { chain, database }: Foundations): Promise<string> {
  const { options, folder } = context;
  const api = startChildApp({
    name: 'The API',
    main: MAIN,
    preload: LOWER_DECORATORS,
    logFile: join(folder.path, 'logs/api.log'),
    env: {
      DATABASE_URL: database.url,
      UNDERTOW_NETWORK: writeNetworkFile(folder.path, chain.network),
      UNDERTOW_PAGE: PAGE_FOLDER,
      UNDERTOW_PORT: String(options.port),
      // The local chain has a clock of its own.
      UNDERTOW_BLOCK_SECONDS: chain.history ? '0' : String(OLD_BLOCK_SECONDS),
    },
  });
  const ready = await childStarted(context, api);
  return `${String(ready['url'])}/`;
}
