import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../src/start-api.ts';
import { MemoryFacts } from './memory-facts.ts';
import { recordDevnet } from './record-devnet.ts';

/** What a query was answered with. */
export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: Record<string, unknown>;
  }[];
}

/** The API over facts in memory, with what tests ask it by. */
export interface ServedFacts {
  readonly url: string;
  /** Lines of the log from warnings on. */
  readonly logged: readonly string[];
  ask(query: string): Promise<Answer>;
  /** Code and message of the first error of a query. */
  codeOf(query: string): Promise<unknown>;
  messageOf(query: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Serves facts as the API does, with a page of three small files. */
export async function serveFacts(source: MemoryFacts, { silentSeconds = 0 } = {}): Promise<ServedFacts> {
  const page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  mkdirSync(join(page, 'static'));
  writeFileSync(join(page, 'index.html'), '<h1>the page</h1>');
  writeFileSync(join(page, 'graphiql.html'), '<h1>GraphiQL</h1>');
  writeFileSync(join(page, 'static', 'app-1a2b.js'), '1;'.repeat(4_000));
  const logged: string[] = [];
  const api = await startApi({
    ...{
      source,
      pageFolder: page,
      port: 0,
      hosts: ['Undertow.example'],
      measureSeconds: 0,
      adviseSeconds: 0,
      reportSeconds: 0,
      silentSeconds,
      blockSeconds: 0,
      threads: 1,
    },
    network: {
      ...{ chainId: source.chainId, name: 'devnet', finalityDepth: 64 },
      explorer: 'https://explorer.example',
    },
    log: pino({ level: 'warn' }, { write: (line) => void logged.push(line) }),
  });
  await until(async () => (await fetch(`${api.url}/healthz`)).status === 200);
  const ask = (query: string) => askOf(api, query);
  return {
    url: api.url,
    ...{ logged, ask },
    codeOf: async (query) => (await ask(query)).errors?.[0]?.extensions['code'],
    messageOf: async (query) => (await ask(query)).errors?.[0]?.message,
    async close() {
      await api.close();
      rmSync(page, { recursive: true });
    },
  };
}

/** Serves a recorded local chain at its newest block, with what is to be said to it before. */
export async function serveDevnet(
  prepare: (source: MemoryFacts) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly api: ServedFacts; readonly source: MemoryFacts }> {
  const source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  await prepare(source);
  return { api: await serveFacts(source), source };
}

async function askOf({ url }: RunningApi, query: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

/** Asks until something holds; fails by the test's own time limit. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
