import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, startUndertow, until, type Run } from './run-undertow.ts';

/** Every process of a run has this in its environment, or the data folder in its arguments. */
const MARK = randomUUID();
const room = mkdtempSync(join(tmpdir(), 'undertow-start-'));
chmodSync(room, 0o711); // Root steps down to run PostgreSQL, and must still pass.
const data = join(room, 'data');
const temp = join(room, 'tmp');
mkdirSync(temp);

afterAll(() => {
  for (const pid of processesLeft()) process.kill(pid, 'SIGKILL');
  rmSync(room, { recursive: true, force: true });
});

const start = (...more: string[]): Run =>
  startUndertow(['--accounts', '60', '--data', data, ...more], { UNDERTOW_TEST_RUN: MARK, TMPDIR: temp });

function processesLeft(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        if (/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return false;
        const text =
          readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return text.includes(MARK) || text.includes(data);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function expectNothingLeft(url: string): Promise<void> {
  await until(() => processesLeft().length === 0);
  await until(() => readdirSync(temp).length === 0);
  await expect(fetch(url)).rejects.toThrow();
}

interface Status {
  readonly head: { readonly block: number };
  readonly trusted: boolean;
  readonly coverage: { readonly accounts: number; readonly share: number };
}

async function status(url: string): Promise<Status> {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ status { head { block } trusted coverage { accounts share } } }' }),
  });
  return ((await response.json()) as { data: { status: Status } }).data.status;
}

/** Undefined while nobody answers. */
const statusIfThere = (url: string): Promise<Status | undefined> => status(url).catch(() => undefined);

/** The process of a part of a run, by its program; undefined where there is none. */
const partOf = (program: string): number | undefined =>
  processesLeft().find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
    } catch {
      return false;
    }
  });

const crashedPid = (): number =>
  Number.parseInt(
    (JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { process: string }).process,
    10,
  );

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('undertow start', () => {
  let seen = 0;

  it('serves the page and GraphQL, refuses a second start in the folder, and leaves nothing after SIGINT', async () => {
    const run = start();
    const url = await address(run);
    expect(await (await fetch(url)).text()).toContain('<title>Undertow');
    const first = await status(url);
    expect(first).toMatchObject({ trusted: true });
    // All but the makers of perpetuals, who are a gap.
    expect(first.coverage.share).toBeGreaterThan(0.9);
    expect(first.coverage.accounts).toBeGreaterThan(30);
    await until(async () => (await status(url)).head.block > first.head.block);

    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.said()).toContain('in use by another Undertow');
    expect(second.said()).toContain(url);
    expect(second.said()).not.toContain('    at ');

    seen = (await status(url)).head.block;
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    await expectNothingLeft(url);
  }, 90_000);

  it('goes on from where it was, and leaves nothing when it is killed', async () => {
    const run = start();
    const url = await address(run);
    expect(run.said()).toContain('Local chain continued');
    expect((await status(url)).head.block).toBeGreaterThanOrEqual(seen);
    await until(async () => (await status(url)).head.block > seen + 1);
    process.kill(crashedPid(), 'SIGKILL');
    expect(await run.exited).not.toBe(0);
    await expectNothingLeft(url);
  }, 60_000);

  it('starts again after the crash with facts that fit the chain, and a part that ends by itself too', async () => {
    const run = start();
    const url = await address(run);
    const { head, trusted } = await status(url);
    expect(trusted).toBe(true);
    await until(async () => (await status(url)).head.block > head.block);
    for (const [name, program] of [
      ['indexer', 'indexer/src/main.ts'],
      ['API', 'api/src/main.ts'],
    ] as const) {
      const before = partOf(program);
      process.kill(before!, 'SIGKILL');
      await until(() => run.said().includes(`The ${name} was ended by SIGKILL. It is started again`));
      await until(() => ![undefined, before].includes(partOf(program)));
      const seen = await until(async () => (await statusIfThere(url))?.head.block);
      await until(async () => ((await statusIfThere(url))?.head.block ?? 0) > seen);
      expect(await status(url)).toMatchObject({ trusted: true });
    }
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    await expectNothingLeft(url);
  }, 90_000);

  it('reads the chain of earlier runs into an empty database', async () => {
    rmSync(join(data, 'postgres'), { recursive: true });
    const run = start('--no-agent');
    const url = await address(run);
    expect(run.said()).toContain('Local chain continued');
    const { trusted, coverage } = await status(url);
    expect(trusted).toBe(true);
    expect(coverage.share).toBeGreaterThan(0.9);
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    await expectNothingLeft(url);
  }, 60_000);
});
