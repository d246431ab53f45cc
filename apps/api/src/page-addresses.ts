import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What is read of a request, and done with its answer: middleware of Express, as much of it as is needed here. */
interface PageRequest {
  readonly method: string;
  readonly path: string;
  /** The first of the types that the client takes, or false. */
  accepts(types: readonly string[]): string | false;
}

interface PageResponse {
  setHeader(name: string, value: string): unknown;
  vary(field: string): unknown;
  sendFile(path: string): unknown;
}

/** What the server itself answers, and what hashed files are under: no page has such an address. */
const OWN = /^\/(graphql|healthz|livez|static|r|s)(\/|$)/;

/**
 * Serves the dashboard at the addresses of its pages, such as `/venues/aave-v3@ethereum`: to whoever asks for HTML. Names of files
 * are no addresses of pages, and a file that is missing is missing; which addresses there are is the dashboard's to say.
 */
export function pageAddresses(folder: string) {
  const page = join(folder, 'index.html');
  return (request: PageRequest, response: PageResponse, next: () => void): void => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || !isPageAddress(request.path) || !wantsHtml(request) || !existsSync(page)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.vary('Accept');
    response.sendFile(page);
  };
}

/** Whether a path may be a page's: not `/icon.svg`, which names a file, but `/venues/aave-v3.6@ethereum`. */
export const isPageAddress = (path: string): boolean =>
  !OWN.test(path) && !/^\/[^/]*\.[a-z0-9]+$/i.test(path);

/** A browser that opens an address names HTML; what takes anything, as a script does, is not served a page for it. */
const wantsHtml = (request: PageRequest) =>
  request.accepts(['application/json', 'text/html']) === 'text/html';
