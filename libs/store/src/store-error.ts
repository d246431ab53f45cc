import { types } from 'node:util';
import { BadDataError, ConfigError, RetryableError } from '@undertow/units';

/** What PostgreSQL and the socket say, by code, and what to do about it. */
const RULES: readonly {
  readonly codes: RegExp;
  readonly as: new (message: string, options: ErrorOptions) => Error;
  readonly advice: string;
}[] = [
  {
    codes: /^(28P01|28000)$/,
    as: ConfigError,
    advice: 'The user or password is wrong: correct DATABASE_URL.',
  },
  { codes: /^3D000$/, as: ConfigError, advice: 'Create the database, or correct its name in DATABASE_URL.' },
  { codes: /^ENOTFOUND$/, as: ConfigError, advice: 'Correct the host name in DATABASE_URL.' },
  { codes: /^42501$/, as: ConfigError, advice: "Grant the user rights on the database's public schema." },
  {
    codes: /^(42P01|42703|42P07|42710)$/,
    as: ConfigError,
    advice: 'The tables are not those of this Undertow: migrate the database, or use an empty one.',
  },
  {
    codes: /^25006$/,
    as: ConfigError,
    advice: 'The database is read-only: point DATABASE_URL at the primary.',
  },
  {
    codes: /^53100$/,
    as: RetryableError,
    advice:
      "The database's disk is full: free some space; nothing stored is lost, and writing goes on by itself.",
  },
  {
    codes: /^53/,
    as: RetryableError,
    advice: 'The database has no room for more: raise max_connections or its memory, or stop other programs.',
  },
  {
    codes: /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|08...|57P0.|58...)$/,
    as: RetryableError,
    advice: 'The database is down, starting or out of reach: start it, or correct DATABASE_URL.',
  },
  {
    codes: /^(40001|40P01|55P03|57014)$/,
    as: RetryableError,
    advice: 'The database was busy: it is tried again.',
  },
  {
    codes: /^22/,
    as: BadDataError,
    advice: 'A value cannot be stored: its source gave something impossible.',
  },
];

/** Messages of `pg` that carry no code but mean that the connection is gone. */
const LOST = /Connection terminated|connection timeout|timeout expired|not queryable|Client was closed/i;

/** What `pg` says when every connection of the pool stayed taken for longer than one waits for. */
const CROWDED = /timeout exceeded when trying to connect/i;

/**
 * The same failure as one of our classes with advice; errors that are ours already, and bugs, come back as they are.
 * `doing` completes "while …".
 */
export function storeError(error: unknown, doing: string): Error {
  if (!types.isNativeError(error)) return new Error(String(error));
  if (error instanceof RetryableError || error instanceof BadDataError || error instanceof ConfigError)
    return error;
  // A host name with several addresses fails once for each; they fail alike.
  const cause = (error as { errors?: readonly Error[] }).errors?.[0] ?? error;
  const given = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const code = given ?? codeOf(cause.message);
  const rule = code === '' ? undefined : RULES.find(({ codes }) => codes.test(code));
  if (!rule) return error;
  return new rule.as(`While ${doing}: ${cause.message || code}. ${rule.advice}`, { cause: error });
}

/** The code that PostgreSQL would give for what only `pg` saw; '' where there is none. */
function codeOf(message: string): string {
  if (CROWDED.test(message)) return '55P03';
  return LOST.test(message) ? '08006' : '';
}

/** Runs something against the database, its failures turned into ours. */
export async function explained<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error, doing);
  }
}
