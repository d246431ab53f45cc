/** What is read of a request. */
interface OriginRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Names under which a browser reaches this machine's own server, which has no certificate. */
const OF_THIS_MACHINE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Scheme and host by which somebody asked, such as `https://undertow.example`. The host is one of ours: others were refused before. A
 * proxy says how it was asked; where it does not, the web is `https`.
 */
export function originOfRequest({ headers }: OriginRequest): string {
  const host = String(headers['host']).toLowerCase();
  if (OF_THIS_MACHINE.test(host)) return `http://${host}`;
  return headers['x-forwarded-proto'] === 'http' ? `http://${host}` : `https://${host}`;
}
