import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from './security-headers.ts';

interface PageRequest {
  readonly method: string;
  readonly path: string;
}

interface PageResponse {
  setHeader(name: string, value: string): unknown;
  sendFile(path: string): unknown;
}

/** GraphiQL's stylesheet carries its fonts in itself. Nothing else has to be allowed: no script or style inline, no worker, no eval. */
const POLICY = policyOf({ 'font-src': "'self' data:" });

/** Serves GraphiQL at `/graphiql`, under a policy of its own. */
export function graphiqlPage(folder: string) {
  const page = join(folder, 'graphiql.html');
  return (request: PageRequest, response: PageResponse, next: () => void): void => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || request.path !== '/graphiql' || !existsSync(page)) return next();
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  };
}
