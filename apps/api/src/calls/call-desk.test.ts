import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { presetPolicy, verifyLog, type LogEntry, type MarginCall } from '@undertow/calls';
import { sendWebhook, type Target } from '@undertow/notices';
import {
  migrate,
  openStore,
  readCallLog,
  readNotices,
  readOpenCalls,
  takeNotices,
  type Store,
} from '@undertow/store';
import { Webhook } from 'standardwebhooks';
import {
  handMadeBook,
  handMadeAddress,
  type HandMadeAccount,
} from '../../../../libs/cascade/src/fixtures/hand-made-book.ts';
import { RANDOM_ASSETS } from '../../../../libs/cascade/src/fixtures/random-books.ts';
import { openTestDatabase, type TestDatabase } from '../../../../libs/store/src/fixtures/test-database.ts';
import { CallDesk } from './call-desk.ts';

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const POLICY = { ...presetPolicy('health-factor')!, name: 'test' };
const HOUR = 3_600;

let database: TestDatabase;
let store: Store;
let server: Server;
let url: URL;
/** What the receiver took, by key, with how often; and how it answers. */
const taken = new Map<string, { times: number; readonly type: string }>();
let answer: (attempt: number) => number = () => 200;
let attempts = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const status = answer(attempts++);
      if (status === 200) {
        const { type } = new Webhook(SECRET).verify(body, request.headers as Record<string, string>) as {
          type: string;
        };
        const key = String(request.headers['webhook-id']);
        taken.set(key, { times: (taken.get(key)?.times ?? 0) + 1, type });
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((done) => server.close(done));
  await store?.close();
  await database?.close();
});

// The receiver goes by the real clock.
let now = Math.floor(Date.now() / 1_000);

/** A desk as a process has it; another one knows nothing but the database. */
const deskOf = (chainId: number, policy = POLICY) => {
  const target = { channel: 'webhook', url, secret: SECRET, owner: undefined, allowsPrivate: true } as const;
  const targets: Target[] = [
    { ...target, name: 'desk', audience: 'desk' },
    { ...target, name: 'borrowers', audience: 'borrower' },
  ];
  return new CallDesk({ store, chainId, policy, targets, now: () => now });
};

const headAt = (
  chainId: number,
  wethUsd: number,
  { block = 1, debts = Array(20).fill(22_000) as number[] } = {},
) => {
  const assets = RANDOM_ASSETS.map((asset) =>
    asset.symbol === 'WETH' ? { ...asset, priceUsd: wethUsd } : asset,
  );
  const accounts = debts.map((debt, at): HandMadeAccount => ({
    venue: 'aave36',
    owner: handMadeAddress(at),
    legs: [
      { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
      { asset: 'USDC', amount: -debt },
    ],
  }));
  return { book: { ...handMadeBook(assets, accounts), chainId, block }, hash: `0x${block}` };
};

const openOf = async (chainId: number) =>
  (await readOpenCalls(store, { chainId, policy: POLICY.name })).map(
    ({ content }) => JSON.parse(content) as MarginCall,
  );

async function wholeLog(): Promise<readonly LogEntry[]> {
  const log = (await readCallLog(store, { after: 0, most: 100_000 })) as readonly LogEntry[];
  expect(verifyLog(log)).toMatchObject({ isWhole: true });
  return log;
}

describe('the desk', () => {
  it('calls 20 who breach in one block once each, also when two desks review it at the same time', async () => {
    await Promise.all([deskOf(1).review(headAt(1, 3_000)), deskOf(1).review(headAt(1, 3_000))]);
    await deskOf(1).review(headAt(1, 3_000));
    const calls = await openOf(1);
    expect(new Set(calls.map(({ account }) => account.owner)).size).toBe(20);
    expect(calls.map(({ state }) => state)).toEqual(Array(20).fill('called'));
    expect((await readNotices(store, { most: 999 })).length).toBe(40);
    const log = await wholeLog();
    expect(log.filter(({ kind }) => kind === 'calculation').length).toBe(20);
    expect(log.find(({ kind }) => kind === 'calculation')!.content).toMatchObject({
      ...{
        formula: 1,
        rung: 'call',
        policy: { name: 'test', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
      facts: { block: 1, blockHash: '0x1', holdings: [{ priceUsd: 3_000 }, { priceUsd: 1 }] },
    });
  });

  it('tells each of them once, by a channel that fails every third time and processes that die while they send', async () => {
    answer = (attempt) => (attempt % 3 === 2 ? 503 : 200);
    // One process dies with notices in its hands, another after it has sent one and before it could say so.
    await takeNotices(store, { at: now, leaseSeconds: 60, most: 7 });
    const [lost] = await takeNotices(store, { at: now, leaseSeconds: 60, most: 1 });
    const target: Target = {
      name: 'desk',
      audience: 'desk',
      channel: 'webhook',
      url,
      secret: SECRET,
      owner: undefined,
      allowsPrivate: true,
    };
    expect(await sendWebhook(target, lost!, { at: now })).toEqual({ isSent: true });
    await deskOf(1).send();
    // What failed waits; what the dead ones had taken is free after its lease.
    for (let round = 0; round < 12; round++) {
      now += 61;
      // The receiver takes times that are at most five minutes off.
      if (round % 4 === 3) now -= 200;
      await deskOf(1).send();
    }
    const notices = await readNotices(store, { most: 999 });
    const late = notices.filter(({ state }) => state !== 'sent');
    expect(late).toEqual([]);
    expect([...taken.keys()].sort()).toEqual(notices.map(({ key }) => key).sort());
    // It was told twice, and has one key to know it by.
    expect(taken.get(lost!.key)!.times).toBe(2);
    expect([...taken.values()].filter(({ times }) => times > 1).length).toBe(1);
    expect(new Set([...taken.values()].map(({ type }) => type))).toEqual(new Set(['margin_call.called']));
    answer = () => 200;
  });

  it('escalates by timers that a restart does not lose, once, and withdraws what prices end', async () => {
    now += 25 * HOUR;
    const fired = await Promise.all([
      deskOf(1).fireTimers(),
      deskOf(1)
        .fireTimers()
        .catch(() => 0),
    ]);
    expect(Math.max(...fired)).toBeGreaterThanOrEqual(20);
    expect((await openOf(1)).map(({ state }) => state)).toEqual(Array(20).fill('escalated'));
    const topics = (await readNotices(store, { most: 999 })).map(
      ({ body }) => (JSON.parse(body) as { type: string }).type,
    );
    expect(topics.filter((type) => type === 'margin_call.escalated').length).toBe(40);
    await deskOf(1).review(headAt(1, 3_600, { block: 2 }));
    expect(await openOf(1)).toEqual([]);
    await wholeLog();
  });

  it('withdraws what a reorganisation undid, also when it was restarted meanwhile', async () => {
    await deskOf(2).review(headAt(2, 3_000, { block: 10, debts: [22_000] }));
    expect((await openOf(2)).length).toBe(1);
    // The chain is shorter now, and the price has never fallen so far.
    await deskOf(2).review(headAt(2, 3_163, { block: 9, debts: [22_000] }));
    expect(await openOf(2)).toEqual([]);
    const ended = (await wholeLog())
      .filter(({ content }) => (content as { to?: string }).to === 'withdrawn')
      .at(-1)!;
    expect(ended.content).toMatchObject({ event: { kind: 'reorg', above: 9 } });
  });
});
