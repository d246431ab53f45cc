import { join } from 'node:path';
import {
  findEmbeddedPostgres,
  migrate,
  openStore,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type Store,
} from '@undertow/store';

/** A migrated database. */
export interface Database {
  readonly url: string;
  readonly store: Store;
  /** False for a server that somebody else runs. */
  readonly isOurs: boolean;
  /** Resolves with the last thing the server said when it has ended; never for a server that is not ours. */
  readonly exited: Promise<string>;
  /** Starts our server anew, at the address that it had, when it has ended. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Folder of the private PostgreSQL in a data folder. */
export const postgresFolder = (data: string): string => join(data, 'postgres');

export interface DatabaseOptions {
  readonly report?: (message: string) => void;
  /**
   * Whether a private server that another process runs will do (the default). It ends with that process, so who needs
   * it for long starts its own, and is refused while another one runs.
   */
  readonly joinRunning?: boolean;
}

/** The database at DATABASE_URL when that is set, else a private PostgreSQL in the data folder. */
export async function openDatabase(data: string, options: DatabaseOptions = {}): Promise<Database> {
  const { report = () => {}, joinRunning = true } = options;
  const dataDir = postgresFolder(data);
  const running =
    process.env['DATABASE_URL'] || (joinRunning ? await findEmbeddedPostgres(dataDir) : undefined);
  if (running) return connect(running, undefined);
  const server = await startEmbeddedPostgres({ dataDir, onProgress: report });
  return connect(server.connectionString, server, (port) => startEmbeddedPostgres({ dataDir, port }));
}

/** Fails when DATABASE_URL is set and leads nowhere or to a server that is too old. Changes nothing. */
export async function checkDatabaseUrl(): Promise<void> {
  const url = process.env['DATABASE_URL'];
  if (url) await (await openStore(url)).close();
}

async function connect(
  url: string,
  first: EmbeddedPostgres | undefined,
  startAt?: (port: number) => Promise<EmbeddedPostgres>,
): Promise<Database> {
  let server = first;
  try {
    const store = await openStore(url);
    await migrate(store);
    return {
      url,
      store,
      isOurs: server !== undefined,
      get exited() {
        return server?.exited ?? new Promise<string>(() => {});
      },
      async restart() {
        server = await startAt?.(Number(new URL(url).port));
      },
      async close() {
        await store.close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
