import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder } from '../data-folder.ts';
import { checkServing } from './check-serving.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-serving-'));
afterAll(() => rmSync(folder, { recursive: true }));

const answering = (status: number, body: object) => async () =>
  new Response(JSON.stringify(body), { status });

it('says of a start that runs whether what it serves is new, and why not', async () => {
  expect(await checkServing(folder)).toEqual([]);
  const locked = lockDataFolder(folder);
  locked.publish({ pageUrl: 'http://127.0.0.1:1/' });
  const found = async (ask: typeof fetch) => (await checkServing(folder, ask))[0];
  expect(await found(answering(200, { ready: true, block: 7 }))).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/block 7/),
  });
  const stale = {
    ready: false,
    stale: true,
    reason: 'the indexer has not heard from the chain for 20 seconds',
  };
  expect(await found(answering(503, stale))).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/not heard from the chain/),
  });
  expect(await found(fetch)).toMatchObject({ ok: false, detail: expect.stringMatching(/does not answer/) });
  locked.release();
});
