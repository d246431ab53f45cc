/** Environment of the server's programs: nothing of ours that would change what they do (`PGDATA`, `PGPORT`, `LANG`). */
export function serverEnvironment(): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], LC_ALL: 'C', TZ: 'UTC' };
}
