import { jest } from '@jest/globals';
import type { MemoryFacts } from '../test-server/memory-facts.ts';
import { serveDevnet, until, type ServedFacts } from '../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);
const codeOf = (query: string) => api.codeOf(query);
const messageOf = (query: string) => api.messageOf(query);

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

/** What shows numbers of a book. */
const NUMBERS = [
  'heatmap { bookHash }',
  'markets { bookHash }',
  'asset(symbol: "WETH") { bookHash }',
  'accounts { bookHash }',
  'cascade(moves: []) { accounts }',
  'whatIf(moves: [], overrides: ["x"]) { bookHash }',
  'venues { bookHash }',
  'exposures { bookHash }',
  'account(owner: "0x0000000000000000000000000000000000000001") { address }',
];

describe('what is refused', () => {
  it.each([
    ['{ cascade(moves: [{ what: "FOO", move: -0.1 }]) { accounts } }', /Known: .*WETH/],
    ['{ cascade(moves: [{ what: "oracle:nowhere/WETH", move: -0.1 }]) { accounts } }', /no venue "nowhere"/],
    ['{ cascade(moves: [{ what: "feed:X / USD", move: -0.1 }]) { accounts } }', /no feed "X/],
    ['{ cascade(moves: [{ what: "USD", move: -0.1 }]) { accounts } }', /USD cannot move/],
    ['{ cascade(moves: [{ what: "WETH", move: -1 }]) { accounts } }', /move of "WETH" is -1.*above -1/],
    [
      '{ cascade(moves: [{ what: "WETH", move: -0.1 }, { what: "ETH", move: -0.2 }]) { accounts } }',
      /WETH and ETH are both W?ETH,/,
    ],
    ['{ cascade(moves: [], volatilityMove: -1) { accounts } }', /volatilityMove is -1/],
    ['{ cascade(moves: [], depthFactor: 0) { accounts } }', /depthFactor is 0; it must be above 0/],
    ['{ cascade(moves: [], policies: { liquidators: capital }) { accounts } }', /need capitalUsd/],
    ['{ cascade(moves: [], policies: { capitalUsd: 5 }) { accounts } }', /capitalUsd limits/],
    [
      '{ cascade(moves: [], policies: { liquidators: unlimited, gasUsd: 5 }) { accounts } }',
      /gasUsd changes nothing/,
    ],
    ['{ cascade(moves: [], policies: { gasUsd: -5 }) { accounts } }', /gasUsd is -5/],
    ['{ cascade(moves: [], overrides: ["nonsense"]) { accounts } }', /"nonsense" is not understood: write/],
    ['{ whatIf(moves: [], overrides: []) { bookHash } }', /overrides is empty/],
    [
      '{ whatIf(moves: [], overrides: ["aave-v3@devnet FOO supplyCap=1"]) { bookHash } }',
      /aave-v3@devnet has no market "FOO"; the book has .*WETH/,
    ],
    [
      '{ whatIf(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=1"]) { bookHash } }',
      /the contract would refuse/,
    ],
    ['{ heatmap(moves: [-1]) { bookHash } }', /above -1/],
    ['{ heatmap(moves: [0]) { bookHash } }', /nothing moves/],
    ['{ heatmap(moves: []) { bookHash } }', /at least one/],
    [`{ heatmap(moves: [${Array(41).fill(0.1).join(',')}]) { bookHash } }`, /at most 40/],
    ['{ reproduction(moves: [-0.99]) { bookHash } }', /outside -0\.98\.\.0/],
    ['{ reproduction(moves: [0.1]) { bookHash } }', /-0\.2 means 20 % down/],
    ['{ asset(symbol: "FOO") { bookHash } }', /Known: .*WETH/],
    ['{ blocks(first: 1) { oldest { block } } }', /2 to 500/],
    ['{ exposures(block: 100000000) { bookHash } }', /newest is/],
    ['{ heatmap(block: 100000000) { bookHash } }', /newest is/],
    ['{ accounts(first: 501) { totalCount } }', /1 to 500/],
    ['{ accounts(last: 0) { totalCount } }', /last is 0; it must be from 1 to 500/],
    [
      '{ accounts(first: 1, last: 1) { totalCount } }',
      /first and last are both given.*Leave one of them out/,
    ],
    ['{ liquidations(first: 1, last: 1) { totalCount } }', /first and last are both given/],
    ['{ incidents(last: 501) { totalCount } }', /last is 501/],
    ['{ accounts(before: "here") { bookHash } }', /before is no cursor of this list: give startCursor/],
    ['{ incidents(before: "here") { totalCount } }', /before is no cursor of this list/],
    ['{ accounts(where: { market: "WETH" }) { bookHash } }', /name the venue too/],
    ['{ liquidations(where: { market: "WETH" }) { totalCount } }', /name the venue too/],
    [
      '{ accounts(where: { venue: "aave-v3@devnet", market: "FOO" }) { bookHash } }',
      /aave-v3@devnet has no market "FOO"; the book has .*WETH/,
    ],
    [
      '{ liquidations(where: { venue: "aave-v3@devnet", market: "FOO" }) { totalCount } }',
      /aave-v3@devnet has no market "FOO"/,
    ],
    ['{ accounts(after: "here") { bookHash } }', /no cursor of this list: give endCursor/],
    ['{ liquidations(after: "here") { totalCount } }', /no cursor of this list/],
    ['{ incidents(after: "here") { totalCount } }', /no cursor of this list/],
    ['{ accounts(where: { venue: "x" }) { bookHash } }', /Known: .*aave-v3@devnet/],
    ['{ accounts(where: { venue: "" }) { bookHash } }', /Known: .*aave-v3@devnet/],
    ['{ accounts(where: { minDebtUsd: -1 }) { bookHash } }', /minDebtUsd is -1; it must be 0 or more/],
    ['{ accounts(where: { maxHealthFactor: 0 }) { bookHash } }', /must be above 0/],
    ['{ accounts(where: { asset: "FOO" }) { bookHash } }', /Known: .*WETH/],
    ['{ liquidations(where: { asset: "FOO" }) { totalCount } }', /Known: .*WETH/],
    ['{ liquidations(where: { venue: "x" }) { totalCount } }', /Known: .*aave-v3@devnet/],
  ])('refuses %s', async (query, message) => {
    expect(await messageOf(query)).toMatch(message);
    expect(await codeOf(query)).toBe('BAD_USER_INPUT');
  });

  it('answers the rest of a query of which a part cannot be answered', async () => {
    const { data, errors } =
      await ask(`{ good: markets { bookHash } wrong: accounts(first: 501) { totalCount }
      past: venues(block: 100000000) { bookHash } status { network explorer } }`);
    expect(data).toMatchObject({
      wrong: null,
      past: null,
      status: { network: 'devnet', explorer: 'https://explorer.example' },
    });
    expect(data?.['good']).toBeTruthy();
    expect(errors).toMatchObject([
      { path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } },
      { path: ['past'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('says of an address or a time that is none what would be right, before anything is answered', async () => {
    expect(await messageOf('{ account(owner: "0x12") { address } }')).toMatch(/40 hexadecimal digits/);
    expect(await messageOf('{ history(measure: "debtUsd", from: 1700000000000) { next } }')).toMatch(
      /milliseconds/,
    );
  });

  it('says of a query that is too large what is, with a code of its own', async () => {
    const columns = Array(40).fill(0.1).join(', ');
    const query = `{ a: heatmap(moves: [${columns}]) { bookHash } b: heatmap { bookHash } }`;
    expect(await codeOf(query)).toBe('QUERY_TOO_LARGE');
    expect(await messageOf(query)).toMatch(/cost is 53; at most 40/);
    const blocks = Array.from(
      { length: 40 },
      (_, i) => `b${i}: venues(block: ${source.newest - i}) { bookHash }`,
    );
    const folds = jest.spyOn(source, 'facts');
    expect(await codeOf(`{ ${blocks.join(' ')} }`)).toBe('QUERY_TOO_LARGE');
    expect(folds).not.toHaveBeenCalled();
    folds.mockRestore();
  });

  it('never shows a stack', async () => {
    for (const query of ['{ nope }', '{', '{ heatmap(moves: [-2]) { bookHash } }'])
      expect(JSON.stringify(await ask(query))).not.toMatch(/stacktrace|\.ts:\d|node_modules/);
  });

  it('hides what went wrong inside, and says only that the database is away', async () => {
    const broken = jest.spyOn(source, 'stored').mockRejectedValue(new Error('password=hunter2'));
    expect(JSON.stringify(await ask('{ status { network } }'))).not.toContain('hunter2');
    expect(await codeOf('{ status { network } }')).toBe('INTERNAL_SERVER_ERROR');
    expect((await fetch(`${api.url}/healthz`)).status).toBe(503);
    broken.mockRestore();
  });

  it('answers with UNTRUSTED and the reason instead of numbers, and tells it in the status', async () => {
    source.distrust('the chain went back 70 blocks');
    for (const query of NUMBERS) {
      expect(await codeOf(`{ ${query} }`)).toBe('UNTRUSTED');
      expect(await messageOf(`{ ${query} }`)).toContain('went back 70 blocks');
    }
    const { data } = await ask('{ status { trusted reason } }');
    expect(data?.['status']).toEqual({ trusted: false, reason: 'the chain went back 70 blocks' });
    source.distrust(undefined);
  });

  it('answers with REORGANISED and when to ask again while the chain has gone back behind its head', async () => {
    source.goBack(source.newest - 3);
    for (const query of NUMBERS) {
      const { errors } = await ask(`{ ${query} }`);
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining(`went back to block ${source.newest - 3}`),
          extensions: { code: 'REORGANISED', retryAfterMs: 1_000 },
        },
      ]);
    }
    const { data } = await ask('{ status { head { block } bookHash coverage { share } } }');
    expect(data?.['status']).toMatchObject({ head: null, bookHash: null });
    const health = await fetch(`${api.url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ ready: false, reason: expect.stringContaining('went back') });
    source.moveTo(source.newest);
    await until(async () => (await fetch(`${api.url}/healthz`)).status === 200);
    expect(await codeOf(`{ ${NUMBERS[0]} }`)).toBeUndefined();
  });
});
