// A receiver of Undertow's margin call notices: refuses what is forged, altered or old, and acts once on what comes twice.
//
//   UNDERTOW_SECRET=whsec_… node docs/examples/webhook-receiver.mjs 8080
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const MOST_BYTES = 1_000_000;

/**
 * @param {{ secret: string, act: (notice: object) => unknown }} options `act` is called once for each notice.
 * @returns {import('node:http').Server}
 */
export function createReceiver({ secret, act }) {
  const webhook = new Webhook(secret);
  // In earnest, a table with a unique key: written in the transaction that acts.
  const seen = new Set();
  return createServer(async (request, response) => {
    let body = '';
    for await (const part of request) {
      body += part;
      if (body.length > MOST_BYTES) return void response.writeHead(413).end();
    }
    try {
      // Checks the signature over id, time and body, and that the time is at most five minutes off.
      webhook.verify(body, request.headers);
    } catch (error) {
      return void response.writeHead(401).end(error.message);
    }
    // The id is signed. A notice is sent again until somebody answers 2xx, so that one that was had before is answered, and not acted on.
    const id = request.headers['webhook-id'];
    if (seen.has(id)) return void response.writeHead(200).end('had before');
    seen.add(id);
    await act(JSON.parse(body));
    response.writeHead(200).end();
  });
}

if (import.meta.main) {
  const secret = process.env.UNDERTOW_SECRET ?? '';
  createReceiver({ secret, act: (notice) => console.log(JSON.stringify(notice, undefined, 2)) }).listen(
    Number(process.argv[2] ?? 8080),
    '127.0.0.1',
  );
}
