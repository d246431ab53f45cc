import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { isPublicAddress } from './public-address.ts';
import { urlFlaw, type Target } from './targets.ts';

/** What came of sending something once. */
export type Sent =
  | { readonly isSent: true }
  /** Whether it makes sense to try again. */
  | { readonly isSent: false; readonly error: string; readonly isFinal: boolean };

/** Something to send. */
export interface Message {
  /** What the receiver knows it by, however often it comes. */
  readonly key: string;
  readonly body: string;
}

/** Looks a host name up: all addresses that it has. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveHost: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

const TIMEOUT_MS = 10_000;
/** Of an answer no more is read than a person wants to see of it. */
const MOST_ANSWER_BYTES = 2_048;
/** The receiver says that it is gone for good, by Standard Webhooks. */
const GONE = 410;

/**
 * Sends a message to a webhook, signed by Standard Webhooks: the key is its id, the time is the attempt's. The host is looked up once, **all** of its
 * addresses must be public, and it is that address that is connected to: a name that answers otherwise a moment later changes nothing. Redirects
 * are not followed. Only an answer of 2xx counts as sent.
 *
 * @param at time of the attempt, unix seconds.
 */
export async function sendWebhook(
  target: Target,
  { key, body }: Message,
  {
    at,
    resolve = resolveHost,
    signal,
  }: { readonly at: number; readonly resolve?: Resolve; readonly signal?: AbortSignal },
): Promise<Sent> {
  const flaw = urlFlaw(target.url, target.allowsPrivate);
  if (flaw !== undefined) return { isSent: false, error: flaw, isFinal: true };
  try {
    const address = await addressOf(target, resolve);
    if (typeof address !== 'string') return address;
    const time = new Date(at * 1_000);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'undertow',
      'webhook-id': key,
      'webhook-timestamp': String(Math.floor(at)),
      'webhook-signature': new Webhook(target.secret).sign(key, time, body),
    };
    const { status, words } = await post(target.url, { address, headers, body, signal });
    if (status >= 200 && status < 300) return { isSent: true };
    const redirect = status >= 300 && status < 400 ? ', and redirects are not followed' : '';
    return { isSent: false, error: `answered ${status}${redirect}${words}`, isFinal: status === GONE };
  } catch (cause) {
    return { isSent: false, error: (cause as Error).message || String(cause), isFinal: false };
  }
}

async function addressOf({ url, allowsPrivate }: Target, resolve: Resolve): Promise<string | Sent> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const unfit = allowsPrivate ? undefined : addresses.find((address) => !isPublicAddress(address));
  if (unfit !== undefined)
    return {
      isSent: false,
      error: `${host} leads to ${unfit}, which is on a private network`,
      isFinal: false,
    };
  const [first] = addresses;
  return first ?? { isSent: false, error: `${host} has no address`, isFinal: false };
}

interface Post {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

function post(
  url: URL,
  { address, headers, body, signal }: Post,
): Promise<{ status: number; words: string }> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      {
        ...{ method: 'POST', headers, agent: false, autoSelectFamily: false },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        // The name stays what TLS and the Host header are about; where it leads was decided above.
        lookup: (_host, options, found) => {
          const family = isIP(address);
          if (options.all === true) (found as (e: null, all: object[]) => void)(null, [{ address, family }]);
          else found(null, address, family);
        },
      },
      (answer) => {
        let text = '';
        const done = () => resolve({ status: answer.statusCode ?? 0, words: shortened(text) });
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
          if (text.length > MOST_ANSWER_BYTES) answer.destroy();
        });
        answer.on('error', done);
        answer.on('close', done);
      },
    );
    sending.on('error', (error) =>
      reject(timeout.aborted ? new Error(`no answer within ${TIMEOUT_MS / 1_000} s`) : error),
    );
    sending.end(body);
  });
}

function shortened(text: string): string {
  const words = text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 120);
  return words === '' ? '' : `: ${words}`;
}
