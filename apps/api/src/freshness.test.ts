import { once } from 'node:events';
import { recordDevnet } from '../test-server/record-devnet.ts';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { serveFacts, until } from '../test-server/serve-facts.ts';
import { Freshness } from './freshness.ts';

describe('Freshness', () => {
  let nowMs = 1_000_000_000;
  const fresh = (silentMs: number, blockSeconds: number) =>
    new Freshness({ silentMs, blockSeconds }, () => nowMs);

  it('is gone when the indexer was not heard of for as long as it may be silent, and back when it is', () => {
    const freshness = fresh(15_000, 0);
    nowMs += 14_999;
    expect(freshness.problem(1)).toBeUndefined();
    nowMs += 1;
    expect(freshness.problem(1)).toMatch(/has not heard from the chain for 15 seconds/);
    freshness.hear();
    expect(freshness.problem(1)).toBeUndefined();
  });

  it('is gone when the newest block is too old, by the clock of the machine', () => {
    const freshness = fresh(0, 600);
    const now = nowMs / 1_000;
    expect(freshness.problem(now - 599)).toBeUndefined();
    expect(freshness.problem(now - 600)).toMatch(/newest block is 10 minutes old/);
    expect(freshness.problem(undefined)).toBeUndefined();
  });

  it('is not asked for where neither is limited', () => {
    const freshness = fresh(0, 0);
    nowMs += 1e9;
    expect(freshness.problem(0)).toBeUndefined();
  });
});

it('is told by health, status and subscription when nobody looks at the chain, and again when somebody does', async () => {
  const source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  const looking = setInterval(() => source.look(), 100);
  const api = await serveFacts(source, { silentSeconds: 1 });
  const health = async () => {
    const response = await fetch(`${api.url}/healthz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const status = async () => (await api.ask('{ status { trusted reason head { block } } }')).data!['status'];
  expect(await status()).toMatchObject({ trusted: true, reason: null });
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.send('{"type":"subscribe","id":"1","payload":{"query":"subscription { heads { block reorg } }"}}');
  const told = once(socket, 'message');
  clearInterval(looking);
  await until(async () => (await health()).status === 503);
  expect(await health()).toMatchObject({ ready: false, stale: true, block: source.newest });
  expect(await status()).toMatchObject({
    trusted: false,
    reason: expect.stringContaining('has not heard from the chain'),
    head: { block: source.newest },
  });
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  const [{ data }] = (await told) as [MessageEvent<string>];
  expect(JSON.parse(data)).toMatchObject({
    payload: { data: { heads: { block: source.newest, reorg: false } } },
  });
  source.look();
  expect(await status()).toMatchObject({ trusted: true, reason: null });
  expect((await health()).status).toBe(200);
  socket.close();
  await api.close();
}, 60_000);
