import type { ClientBase } from 'pg';
import type { Flavour } from '../migration-files.ts';

/** TimescaleDB as the server and this database have it. */
export interface Extension {
  /** Version that this database has installed. */
  readonly installed: string | undefined;
  /** Version that could be installed. */
  readonly available: string | undefined;
  /** Schema that it is installed in. */
  readonly schema: string | undefined;
  /** Whether the server loads its library at start; without that it cannot be created. */
  readonly isPreloaded: boolean;
  /** `timescale`, or `apache`: the edition without compression and continuous aggregates. Undefined where it is not loaded. */
  readonly license: string | undefined;
}

/** What there is of TimescaleDB, asked of the server. */
export async function inspectExtension(client: Pick<ClientBase, 'query'>): Promise<Extension> {
  const { rows } = await client.query<{
    readonly installed: string | null;
    readonly available: string | null;
    readonly schema: string | null;
    readonly preloaded: boolean;
    readonly license: string | null;
  }>(
    `SELECT installed_version AS installed, default_version AS available,
       (SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
        WHERE extname = 'timescaledb') AS schema,
       current_setting('timescaledb.disable_load', true) IS NOT NULL AS preloaded,
       current_setting('timescaledb.license', true) AS license
     FROM pg_available_extensions WHERE name = 'timescaledb'`,
  );
  const [found] = rows;
  return {
    installed: found?.installed ?? undefined,
    available: found?.available ?? undefined,
    schema: found?.schema ?? undefined,
    isPreloaded: found?.preloaded ?? false,
    license: found?.license ?? undefined,
  };
}

/** The oldest release that has all that the migrations ask for. */
const OLDEST = [2, 18] as const;

/** Why TimescaleDB, as it is here, cannot hold the tables, and what to do; undefined when it can, or could once it is created. */
export function cannotUse({ installed, available, isPreloaded, license }: Extension): string | undefined {
  const version = installed ?? available;
  if (version === undefined) return 'the server does not have TimescaleDB';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    return `TimescaleDB ${version} is older than ${OLDEST.join('.')}: update it (ALTER EXTENSION timescaledb UPDATE)`;
  if (!isPreloaded)
    return `TimescaleDB ${version} is there but not loaded: add it to shared_preload_libraries and restart the server`;
  if (license === 'apache')
    return (
      `TimescaleDB ${version} is the Apache edition, which has neither compression nor continuous aggregates: install the ` +
      "community edition and set timescaledb.license to 'timescale'"
    );
  return undefined;
}

/**
 * TimescaleDB when this database has it or lets us create it and it does all that is needed; else plain, with the reason where the
 * server knows of TimescaleDB at all.
 */
export async function chooseFlavour(
  client: ClientBase,
  extension: Extension,
): Promise<{ readonly flavour: Flavour; readonly note?: string }> {
  const reason = cannotUse(extension);
  if (reason !== undefined)
    return { flavour: 'plain', ...(extension.available === undefined ? {} : { note: reason }) };
  if (extension.installed !== undefined) return { flavour: 'timescale' };
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS timescaledb');
    return { flavour: 'timescale' };
  } catch (error) {
    const { message } = error as Error;
    return { flavour: 'plain', note: `this user may not create the extension: ${message}` };
  }
}

/** Makes the extension's functions found by their names on this connection, whatever schema they are in. */
export async function seeExtension(client: ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('search_path', concat_ws(', ', current_setting('search_path'), quote_ident(nspname)), false)
     FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'timescaledb'`,
  );
}
