import { get as httpGet } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { importBook } from '@undertow/book';
import type { Comparison } from '@undertow/report';
import { bundleOf, bundleText, readBundle, scenarioReport } from '@undertow/report';
import { unzipSync } from 'fflate';
import type { MemoryFacts } from '../../test-server/memory-facts.ts';
import {
  serveDevnet,
  serveFacts,
  until,
  type Answer,
  type ServedFacts,
} from '../../test-server/serve-facts.ts';
import { LiveBook } from '../live-book.ts';
import { reportedBook } from '../reports/reported-book.ts';
import { thisMaker } from '../reports/maker.ts';

let api: ServedFacts;
let source: MemoryFacts;

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

interface Run {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly report: { readonly id: string; readonly path: string } | null;
}

const RUN = 'id kind state reason progress { stage done all } block bookHash question report { id path }';

async function post(query: string, variables: object = {}, url = api.url): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const start = (kind: string, input: object = {}) =>
  post(
    `mutation ($kind: ReportKind!, $input: ReportInput) { startReport(kind: $kind, input: $input) { ${RUN} } }`,
    { kind, input },
  );

const find = async (id: string, url = api.url) =>
  (await post(`{ reportRun(id: "${id}") { ${RUN} } }`, {}, url)).data!['reportRun'] as Run;

/** A report, made; fails where it is not. */
async function made(
  kind: string,
  input: object = {},
): Promise<{ readonly id: string; readonly run: string }> {
  const { data, errors } = await start(kind, input);
  expect(errors).toBeUndefined();
  const { id } = data!['startReport'] as Run;
  await until(async () => (await find(id)).state !== 'running');
  const { report, state, reason } = await find(id);
  expect({ state, reason }).toEqual({ state: 'done', reason: null });
  return { id: report!.id, run: id };
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api.url}${path}`, { headers });

/** Asked as a cache asks: fetch would say that it wants none. */
const statusWith = (path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const options = { headers: { 'accept-encoding': 'gzip, br', ...headers } };
    httpGet(`${api.url}${path}`, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });

const FALL = { moves: [{ what: 'WETH', move: -0.4 }] };
const PLAN = {
  ...{ version: 1, kind: 'monte-carlo', count: 24, seed: 3, factors: ['WETH'] },
  model: { kind: 'student-t', degreesOfFreedom: 4, covariance: [[0.04]] },
};

it('makes a report once, the very bytes that the functions alone give, and serves them with its book', async () => {
  const { id, run } = await made('scenario', FALL);
  expect((await made('scenario', FALL)).run).toBe(run);
  const live = new LiveBook(source);
  await live.update();
  const { book, head } = await reportedBook(live);
  const bytes = Buffer.from(await (await get(`/r/${id}/report.json`)).arrayBuffer());
  const bundle = readBundle(bytes);
  const { question } = bundle.content;
  if (question.kind !== 'scenario') throw new Error('another kind');
  const alone = bundleOf(scenarioReport({ book, blockHash: head.hash, ...thisMaker() }, question.scenario));
  expect(bytes.toString()).toBe(bundleText(alone));
  expect(alone.id).toBe(id);
  const served = await (await get(`/r/${id}/book.json`)).text();
  expect(importBook(served).hash).toBe(book.hash);
});

it('makes every kind, and lists them by kind, venue and letters, in pages', async () => {
  const { data } = await post('{ venues { nodes { id } } }');
  const { nodes } = data!['venues'] as { readonly nodes: readonly { readonly id: string }[] };
  const state = await made('state', { columns: [-0.3], falls: [0, -0.3] });
  const sweep = await made('sweep', { plan: PLAN });
  const proposal = await made('proposal', {
    ...{ plan: PLAN, toleranceUsd: 1_000, venues: [nodes[0]!.id] },
    parameters: ['liquidationThreshold'],
  });
  const { id: scenario } = await made('scenario', FALL);
  const listed = async (args: string) => {
    const answer = await post(
      `{ reports${args} { nodes { id kind subject cid summary citation venues signers path } totalCount pageInfo { endCursor hasNextPage } } }`,
    );
    expect(answer.errors).toBeUndefined();
    return answer.data!['reports'] as {
      readonly nodes: readonly { readonly id: string; readonly citation: readonly string[] }[];
      readonly totalCount: number;
      readonly pageInfo: { readonly endCursor: string };
    };
  };
  const ids = async (args: string) => (await listed(args)).nodes.map((one) => one.id);
  const all = [proposal.id, sweep.id, state.id, scenario];
  expect(await ids('')).toEqual(all);
  expect(await ids('(where: { kind: sweep })')).toEqual([sweep.id]);
  expect(await ids(`(where: { text: "${state.id.slice(0, 9)}" })`)).toEqual([state.id]);
  expect(await ids('(where: { text: "parameter RECOMM" })')).toEqual([proposal.id]);
  expect(await ids(`(where: { venue: "${nodes[0]!.id}", scheduled: false })`)).toEqual(all);
  expect(await ids('(where: { scheduled: true })')).toEqual([]);
  const first = await listed('(first: 3)');
  expect(first.totalCount).toBe(4);
  expect(await ids(`(first: 3, after: "${first.pageInfo.endCursor}")`)).toEqual(all.slice(3));
  const { nodes: found } = await listed('(first: 1)');
  expect(found[0]).toMatchObject({ kind: 'proposal', venues: [nodes[0]!.id], path: `/r/${proposal.id}` });
  expect(found[0]!.citation).toContain(`id ${proposal.id}`);
});

it('takes the results of a sweep that was run before', async () => {
  const plan = { ...PLAN, seed: 8 };
  const { data } = await post('mutation ($plan: JSON!) { startSweep(plan: $plan) { id } }', { plan });
  const { id } = data!['startSweep'] as { readonly id: string };
  await until(async () => (await source.sweeps.find(id))?.state === 'done');
  const whole = await made('sweep', { sweep: id });
  const { content } = readBundle(Buffer.from(await (await get(`/r/${whole.id}/report.json`)).arrayBuffer()));
  expect(content.question).toMatchObject({ kind: 'sweep', plan });
});

describe('the files of a report', () => {
  let id: string;
  beforeAll(async () => ({ id } = await made('scenario', FALL)));

  it('are a page that runs nothing, with what a post shows of its link', async () => {
    const response = await get(`/r/${id}`, { accept: 'text/html' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'none'");
    const page = await response.text();
    expect(page).toContain(`<meta property="og:image" content="${api.url}/r/${id}/picture.png">`);
    expect(page).toContain(`<meta property="og:url" content="${api.url}/r/${id}">`);
    expect(page).toContain(`undertow verify ${api.url}/r/${id}/report.json`);
    for (const [, href] of page.matchAll(/<a href="([^"]*)"/g)) expect((await fetch(href!)).status).toBe(200);
    const alone = await (await get(`/r/${id}/report.html`)).text();
    expect(alone).not.toMatch(/href=|https?:\/\/(?!www\.w3\.org)/);
  });

  it('are a post whose pictures are there, tables, and pictures', async () => {
    const markdown = await (await get(`/r/${id}/report.md`)).text();
    const pictures = [...markdown.matchAll(/\]\((http[^)]*)\)/g)].map(([, address]) => address!);
    expect(pictures.length).toBeGreaterThan(0);
    for (const address of [...pictures, `${api.url}/r/${id}/picture.png`]) {
      const png = Buffer.from(await (await fetch(address)).arrayBuffer());
      expect(png.subarray(1, 4).toString()).toBe('PNG');
    }
    const svg = await (await get(`/r/${id}/picture.svg`)).text();
    expect(svg).toContain('<svg');
    const zip = () => get(`/r/${id}/tables.zip`).then((one) => one.arrayBuffer());
    const [first, again] = [await zip(), await zip()];
    expect(Buffer.from(first)).toEqual(Buffer.from(again));
    const tables = unzipSync(new Uint8Array(first));
    expect(Object.keys(tables)).toContain('figures.csv');
    const csv = await get(`/r/${id}/tables/figures.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(await csv.text()).toBe(new TextDecoder().decode(tables['figures.csv']));
  });

  it('may be kept, and are not sent again to who has them', async () => {
    for (const [file, cache] of [
      ['/report.json', 'public, max-age=300, must-revalidate, no-transform'],
      ['/book.json', 'public, max-age=31536000, immutable, no-transform'],
      ['/tables.zip', 'public, max-age=31536000, immutable'],
      ['', 'public, max-age=300, must-revalidate'],
    ] as const) {
      const response = await get(`/r/${id}${file}`);
      expect(response.headers.get('cache-control')).toBe(cache);
      const tag = response.headers.get('etag')!;
      expect(await statusWith(`/r/${id}${file}`, { 'if-none-match': tag })).toBe(304);
      expect(await statusWith(`/r/${id}${file}`, { 'if-none-match': '"another"' })).toBe(200);
    }
    const plain = await get(`/r/${id}/report.json`, { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const packed = (await source.reports.bundle(id))!;
    expect(await plain.text()).toBe(gunzipSync(packed.gzip).toString());
  });

  it('are not there for what is no report, which is said in words', async () => {
    const none = await get(`/r/${'0'.repeat(64)}`, { accept: 'text/html' });
    expect(none.status).toBe(404);
    expect(await none.text()).toMatch(/^There is no report 0{64} here\. .*\/reports says/);
    expect((await get(`/r/${'0'.repeat(64)}/book.json`)).status).toBe(404);
    expect((await get(`/r/${id}/nothing.json`)).status).toBe(404);
    for (const hostile of ['..%2f..%2fetc%2fpasswd', '%3Cscript%3E', `${id}%00`, id.toUpperCase(), "'or'1"]) {
      const response = await get(`/r/${hostile}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('This is no id of a report');
    }
    expect((await get(`/r/${id}/..%2f..%2fpackage.json`)).status).toBe(404);
  });
});

it('says what changed from one report to another, and which input moved it', async () => {
  const deeper = await made('scenario', { moves: [{ what: 'WETH', move: -0.5 }] });
  const before = await made('scenario', FALL);
  const path = `/r/${before.id}/against/${deeper.id}`;
  const { data, errors } = await post(
    `{ compareReports(a: "${before.id}", b: "${deeper.id}") { sentences comparison path } }`,
  );
  expect(errors).toBeUndefined();
  const told = data!['compareReports'] as {
    readonly sentences: readonly string[];
    readonly path: string;
    readonly comparison: Comparison;
  };
  expect(told.path).toBe(path);
  const loss = told.comparison.figures.find(({ name }) => name === 'lossUsd')!;
  // The book is the same, so that what was asked moved all of it.
  const parts = loss.moved!.parts.filter(({ change }) => change !== 0 && change !== null);
  expect(parts).toEqual([{ input: 'question', change: loss.difference }]);
  const page = await get(path, { accept: 'text/html' });
  expect(page.headers.get('cache-control')).toContain('immutable');
  expect(await page.text()).toContain(told.sentences[0]!.split(' ')[0]);
  expect(await (await get(`${path}/comparison.md`)).text()).toContain('|');
  expect(await (await get(`${path}/comparison.json`)).json()).toEqual(told.comparison);
  const state = await made('state', { columns: [-0.3], falls: [0, -0.3] });
  const refused = await get(`/r/${before.id}/against/${state.id}`);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('These reports cannot be compared: ');
  expect((await get(`/r/${before.id}/against/${'0'.repeat(64)}`)).status).toBe(404);
  expect((await get(`/r/${before.id}/against/nothing`)).status).toBe(400);
  const wrong = await post(`{ compareReports(a: "${before.id}", b: "${state.id}") { path } }`);
  expect(wrong.errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
});

it('tells of the newest as a feed', async () => {
  const { id } = await made('state', { columns: [-0.25], falls: [0] });
  const response = await get('/reports.atom');
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const feed = await response.text();
  expect(feed).toContain(`<id>${api.url}/r/${id}</id>`);
  expect(feed).toContain('State of risk on chain');
});

it('says what is wrong with what is asked', async () => {
  const message = async (kind: string, input: object) => (await start(kind, input)).errors?.[0]?.message;
  expect(await message('scenario', {})).toContain('needs moves');
  expect(await message('state', FALL)).toContain('moves is not of a report of kind state');
  expect(await message('sweep', {})).toContain('needs a plan');
  expect(await message('sweep', { sweep: 'no' })).toContain('There is no sweep "no"');
  expect(await message('proposal', {})).toContain('No prices are stored');
  expect(await message('scenario', { moves: [{ what: 'NOSUCH', move: -0.1 }] })).toContain('NOSUCH');
  const { errors } = await post('{ report(id: "x") { id } }');
  expect(errors![0]!.message).toContain('There is no report "x" here');
});

it('ends what nobody wants any more, and what failed says why', async () => {
  const { data } = await start('sweep', { plan: { ...PLAN, count: 50_000, seed: 9 } });
  const { id } = data!['startReport'] as Run;
  const cancelled = await post(`mutation { cancelReport(id: "${id}") { ${RUN} } }`);
  expect(cancelled.data!['cancelReport']).toMatchObject({ state: 'cancelled', report: null });
  const { errors } = await post('mutation { cancelReport(id: "nothing") { id } }');
  expect(errors![0]!.message).toContain('There is no making of a report "nothing"');
});

it('goes on after a restart with what was being made, or says that it cannot', async () => {
  const live = new LiveBook(source);
  await live.update();
  const { book, head } = await reportedBook(live);
  const left = {
    ...{ block: head.block, blockHash: head.hash, bookHash: book.hash, kind: 'state', schedule: undefined },
    question: JSON.stringify({ kind: 'state', moves: [-0.3], drops: [0] }),
  };
  await source.reports.start({ ...left, id: 'left' });
  await source.reports.start({ ...left, id: 'gone', blockHash: '0x00' });
  const again = await serveFacts(source);
  try {
    for (const id of ['left', 'gone'])
      await until(async () => (await find(id, again.url)).state !== 'running');
    expect(await find('left', again.url)).toMatchObject({ state: 'done' });
    const { state, reason } = await find('gone', again.url);
    expect(state).toBe('failed');
    expect(reason).toContain('ask for it at another block');
  } finally {
    await again.close();
  }
});
