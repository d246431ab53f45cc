import { createHmac } from 'node:crypto';
import pg from 'pg';
import { ROLE } from './cluster.ts';

/** The role that everything but the making of a cluster goes by: it owns the tables, and may do nothing to the server or its files. */
export const APP_ROLE = 'undertow_app';

/** Its password, from that of the server's own role, which it cannot be turned back into. */
export const appPassword = (password: string): string =>
  createHmac('sha256', password).update(APP_ROLE).digest('hex');

/**
 * Makes the role where it is missing, and gives it what the server's own role holds of the tables: all of it in a data folder of a release
 * that had no other role, nothing later.
 */
export async function ensureAppRole(port: number, password: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: ROLE, password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOCREATEROLE CREATEDB`);
    // Hexadecimal, so that it needs no quoting.
    await client.query(`ALTER ROLE ${APP_ROLE} PASSWORD '${appPassword(password)}'`);
    await client.query(`ALTER DATABASE postgres OWNER TO ${APP_ROLE}`);
    await client.query(`ALTER SCHEMA public OWNER TO ${APP_ROLE}`);
    await client.query(HAND_OVER);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** Sequences of columns and indexes go with their tables. */
const HAND_OVER = `DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT format('ALTER %s %s OWNER TO ${APP_ROLE}',
      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
      c.oid::regclass) AS sql
    FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND relowner <> '${APP_ROLE}'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i', 'e'))
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO ${APP_ROLE}', p.oid::regprocedure)
    FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace AND proowner <> '${APP_ROLE}'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
    UNION ALL
    SELECT format('ALTER TYPE %s OWNER TO ${APP_ROLE}', t.oid::regtype)
    FROM pg_type t
    WHERE typnamespace = 'public'::regnamespace AND typowner <> '${APP_ROLE}'::regrole
      AND typtype IN ('e', 'd', 'r') AND typelem = 0
  LOOP
    EXECUTE one.sql;
  END LOOP;
END $$`;
