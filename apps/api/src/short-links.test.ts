import { queryOfShort, writeShort, type ShortScenario } from '@undertow/web';
import type { MemoryFacts } from '../test-server/memory-facts.ts';
import { serveDevnet, type ServedFacts } from '../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

const open = (path: string) =>
  fetch(`${api.url}${path}`, { redirect: 'manual', headers: { accept: 'text/html' } });

async function shortAt(block: number, hash: string) {
  const scenario: ShortScenario = {
    ...{ moves: [{ what: 'feed:ETH / USD', move: -0.3 }], overrides: [], block, hash },
    settings: {
      ...{ volatility: 0, depth: 0.5, liquidators: 'rational', gasUsd: 0, capitalUsd: 1e6 },
      ...{ oracles: 'between', depositors: 'sell' },
    },
  };
  return { scenario, path: `/s/${writeShort(scenario)}` };
}

it('leads to the page of the scenario, pinned to its block', async () => {
  const { block, hash } = (await source.stored())!;
  const { scenario, path } = await shortAt(block, hash);
  const response = await open(path);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe(`/scenario${queryOfShort(scenario)}`);
  expect(response.headers.get('location')).toContain(`block=${block}`);
});

it('says so where its block is gone, became another, or is none, and leads to the same at the newest block', async () => {
  const { block, hash } = (await source.stored())!;
  for (const [path, words] of [
    [(await shortAt(block, '0xffffff')).path, 'The chain went back'],
    [(await shortAt(block + 9, hash)).path, 'is not stored'],
  ] as const) {
    const response = await open(path);
    const page = await response.text();
    expect(response.status).toBe(410);
    expect(page).toContain(words);
    const [, instead] = /href="([^"]*)"/.exec(page)!;
    expect(instead).toMatch(/^\/scenario\?shock=/);
    expect(instead).not.toContain('block=');
  }
});

it('refuses what is no address of a scenario, and shows nothing of it', async () => {
  for (const path of [
    '/s/1~dp0@1a2b3c~ETH',
    '/s/%3Cscript%3Ealert(1)%3C/script%3E',
    '/s/2~x',
    '/s/%00',
    '/s/%ff',
  ]) {
    const response = await open(path);
    expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
    expect(await response.text()).not.toContain('<script');
  }
});
