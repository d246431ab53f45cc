import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDevnet, type Devnet } from '@undertow/devnet';
import { startBrowser, type Browser } from './undertow-page.ts';

// A page of somebody else in a real browser: it once set a balance on the local chain.

const SOMEBODY = '0x00000000000000000000000000000000000000aa';

let devnet: Devnet;
let browser: Browser;
beforeAll(async () => {
  [devnet, browser] = await Promise.all([
    startDevnet({ seed: 1, accounts: 0, venues: [], port: 0 }),
    startBrowser(),
  ]);
}, 60_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await devnet?.stop();
});

test('a foreign page cannot make the local chain do anything, in any of the ways that a browser lets it try', async () => {
  const server = createServer((_asked, answer) =>
    answer.setHeader('content-type', 'text/html').end('<h1>mine</h1>'),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const foreign = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const { page } = await browser.open(foreign);
  const done = await page.evaluate(
    async ({ url, somebody }) => {
      const body = JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [somebody, '0x1'] },
      });
      const said = (asked: Promise<Response>) =>
        asked.then(({ type, status }) => `${type} ${status}`).catch(() => 'refused');
      const json = { 'content-type': 'application/json' };
      const socket = new Promise<string>((resolve) => {
        const opened = new WebSocket(url.replace('http', 'ws'));
        opened.onopen = () => opened.send(body);
        opened.onmessage = () => resolve('answered');
        opened.onerror = () => resolve('refused');
      });
      return Promise.all([
        said(fetch(url, { method: 'POST', headers: json, body })),
        said(fetch(url, { method: 'POST', mode: 'no-cors', body })),
        socket,
      ]);
    },
    { url: devnet.url, somebody: SOMEBODY },
  );
  // What is opaque is sent, and tells the page nothing: the chain must not have done it.
  expect(done).toEqual(['refused', 'opaque 0', 'refused']);
  expect(await devnet.rpc('eth_getBalance', [SOMEBODY, 'latest'])).toBe('0x0');
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}, 60_000);
