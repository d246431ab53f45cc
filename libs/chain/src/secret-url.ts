import { RpcFault } from './rpc-fault.ts';

/** An endpoint's address as it is asked: who may ask is said in a header, and not in the address, which `fetch` refuses. */
export interface EndpointAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function addressOf(text: string): EndpointAddress {
  const url = new URL(text);
  if (url.username === '' && url.password === '') return { url: text, headers: {} };
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = url.password = '';
  return {
    url: url.href,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  };
}

/** Parts of an address that are too short to be a key, or known to be none. */
const SHORTEST_KEY = 6;

/** What of an endpoint's address may be a key: nobody must read it in a message or a log. */
function secretsOf(text: string): string[] {
  const url = new URL(text);
  const { href, username, password, pathname, search, searchParams } = url;
  const parts = [...pathname.split('/'), ...searchParams.values(), username].filter(
    (part) => part.length >= SHORTEST_KEY,
  );
  const whole = [text, href, addressOf(text).url, pathname + search, search].filter(
    (part) => part.length > 1,
  );
  // The longest first: what is a part of another goes with it.
  return [...whole, ...parts, ...parts.map(decoded), password]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A message without what an endpoint's address keeps secret: endpoints and libraries repeat the address that was asked. */
export const withoutSecrets = (message: string, url: string): string =>
  secretsOf(url).reduce((text, secret) => text.replaceAll(secret, '…'), message);

/** A fault whose message, and those of its causes, say nothing of what an endpoint's address keeps secret. */
export function withoutSecretsIn(fault: RpcFault, url: string): RpcFault {
  const message = withoutSecrets(fault.message, url);
  const { retryAfterMs, cause } = fault;
  return new RpcFault(fault.kind, message, { retryAfterMs, cause: cleanCause(cause, url) });
}

function cleanCause(cause: unknown, url: string): unknown {
  if (!(cause instanceof Error)) return undefined;
  const clean = new Error(withoutSecrets(cause.message, url), { cause: cleanCause(cause.cause, url) });
  clean.stack = withoutSecrets(cause.stack ?? '', url);
  return clean;
}
