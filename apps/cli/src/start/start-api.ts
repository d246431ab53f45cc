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
    },
  });
  const ready = await childStarted(context, api);
  return `${String(ready['url'])}/`;
}
