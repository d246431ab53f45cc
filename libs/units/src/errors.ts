/**
 * What to do about a failure at an edge (network, database, file, foreign input) decides its class; messages say
 * what is wrong and what to do, and `cause` keeps the original error. Bugs are `assert`s, never one of these.
 */

/** It may work when tried again later without any change: a time-out, a restart, a full disk that gets freed. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

/** The other side gave something that cannot be right. Trying again is no use: quarantine it and show it. */
export class BadDataError extends Error {
  override readonly name = 'BadDataError';
}

/** The set-up is wrong and a person must change it: an address, a password, a version, a folder. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
