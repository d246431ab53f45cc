/** Names under which a browser on this machine reaches a server on 127.0.0.1. */
const OF_THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a request's Host header is a name that the server goes by. */
export type IsOwnHost = (host: string | undefined) => boolean;

/**
 * Refuses hosts that are not ours. A page can have its own name resolve to 127.0.0.1 after it was loaded (DNS rebinding), and the
 * browser then takes the API for a part of that page; the Host header still says whose name it is.
 *
 * @param more names that a proxy before the server passes on.
 */
export function ownHost(more: readonly string[] = []): IsOwnHost {
  const names = new Set([...OF_THIS_MACHINE, ...more.map((name) => name.toLowerCase())]);
  return (host) => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    return names.has(new URL(`http://${host}`).hostname);
  };
}

interface HostRequest {
  readonly headers: { readonly host?: string | undefined };
}

interface HostResponse {
  status(code: number): { type(name: string): { send(text: string): unknown } };
}

/** Express middleware that answers requests for other hosts with 421. */
export const ownHostOnly =
  (isOwnHost: IsOwnHost) =>
  (request: HostRequest, response: HostResponse, next: () => void): void => {
    if (isOwnHost(request.headers.host)) next();
    else response.status(421).type('text/plain').send(MISDIRECTED);
  };

export const MISDIRECTED =
  'This server does not go by that host name. Open it as 127.0.0.1, or name the host in UNDERTOW_HOSTS.\n';
