import { isIP } from 'node:net';
import { AUDIENCES, CHANNELS, type Audience, type Channel } from '@undertow/calls';
import { ConfigError } from '@undertow/units';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { isPublicAddress } from './public-address.ts';

/** Where notices go. */
export interface Target {
  readonly name: string;
  readonly audience: Audience;
  readonly channel: Channel;
  readonly url: URL;
  /** Signs what is sent, see Standard Webhooks. */
  readonly secret: string;
  /** The owner whose notices go there; undefined = those of all. */
  readonly owner: string | undefined;
  /** The target may be on a private network, or without TLS: for receivers of one's own. */
  readonly allowsPrivate: boolean;
}

const targetShape = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,60}$/, { error: 'must be 1 to 60 letters, digits, dots and dashes' }),
  audience: z.enum(AUDIENCES, {
    error: ({ input }) => `${JSON.stringify(input)} is nobody who is told: ${AUDIENCES.join(' or ')}`,
  }),
  channel: z.enum(CHANNELS, {
    error: ({ input }) => `${JSON.stringify(input)} is no channel: there is ${CHANNELS.join(', ')}`,
  }),
  url: z.string(),
  /** Name of an environment variable: keys stand in no file. */
  secretEnv: z.string().min(1),
  owner: z.string().min(1).optional(),
  allowsPrivate: z.boolean().default(false),
});

/**
 * Targets from JSON, with their secrets from an environment. Whatever cannot work is refused here, and not when the first call is made.
 *
 * @throws ConfigError that lists all that is wrong, by its place.
 */
export function readTargets(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
): readonly Target[] {
  const read = z.array(targetShape).safeParse(value);
  if (!read.success)
    throw wrong(read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`));
  const problems: string[] = [];
  const targets = read.data.map(({ secretEnv, owner, ...target }, at): Target => {
    const here = `targets[${at}]`;
    if (read.data.findIndex(({ name }) => name === target.name) < at)
      problems.push(`${here}.name: "${target.name}" is the name of another target: give each its own`);
    const secret = env[secretEnv];
    const flaw = secret === undefined ? `the environment has no ${secretEnv}` : secretFlaw(secret);
    if (flaw !== undefined) problems.push(`${here}.secretEnv: ${flaw}`);
    const url = URL.parse(target.url);
    const unfit =
      url === null ? `${JSON.stringify(target.url)} is no URL` : urlFlaw(url, target.allowsPrivate);
    if (unfit !== undefined) problems.push(`${here}.url: ${unfit}`);
    return { ...target, url: url!, secret: secret ?? '', owner: owner?.toLowerCase() };
  });
  if (problems.length > 0) throw wrong(problems);
  return targets;
}

const wrong = (problems: readonly string[]) =>
  new ConfigError(
    `these targets of notices cannot be used:\n${problems.map((one) => `  ${one}`).join('\n')}`,
  );

const placeOf = (path: readonly PropertyKey[]) =>
  `targets${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;

/** Fewer bytes of a key can be tried: Standard Webhooks asks for 24 to 64. */
const FEWEST_KEY_BYTES = 24;

function secretFlaw(secret: string): string | undefined {
  try {
    new Webhook(secret);
  } catch {
    return 'it is no key in base 64, such as whsec_ and 32 random bytes in base 64';
  }
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64').length;
  return bytes < FEWEST_KEY_BYTES
    ? `its key has ${bytes} bytes: ${FEWEST_KEY_BYTES} are the fewest that cannot be guessed`
    : undefined;
}

/** Why a URL may not be sent to, as far as it says so itself; a host name is looked up when something is sent. */
export function urlFlaw(
  { protocol, username, password, hostname }: URL,
  allowsPrivate: boolean,
): string | undefined {
  if (username !== '' || password !== '')
    return 'a name and password in it would end up in logs: leave them out';
  if (protocol !== 'https:' && !(allowsPrivate && protocol === 'http:'))
    return `${protocol}// is refused: notices go by https://, or with allowsPrivate by http:// too`;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!allowsPrivate && isIP(host) !== 0 && !isPublicAddress(host))
    return `${host} is on a private network: set allowsPrivate if that is meant`;
  if (!allowsPrivate && (host === 'localhost' || host.endsWith('.localhost')))
    return 'localhost is on a private network: set allowsPrivate if that is meant';
  return undefined;
}
