import { ConfigError } from '@undertow/units';
import type { ClientConfig } from 'pg';

/**
 * How every connection is made: UTC, a name that operators can find in `pg_stat_activity`, no endless waits, and a
 * server that notices within half a minute that our machine is gone (and with it the claim on a chain).
 */
export function connectionOptions(connectionString: string): ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString)) {
    throw new ConfigError(
      'DATABASE_URL is not a PostgreSQL address. It looks like postgresql://user:password@host:5432/database ' +
        '(special characters in the password written as %XX).',
    );
  }
  return {
    connectionString,
    application_name: 'undertow',
    options:
      '-c timezone=UTC -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}
