import { createServer, type Server } from 'node:http';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EnginePool } from '@undertow/engine-pool';
import {
  bundleOf,
  bundleText,
  readBundle,
  signedData,
  type Comparison,
  type ReportContent,
} from '@undertow/report';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { studentTPlan } from '../../../../libs/sweep/src/fixtures/plans.ts';
import { printed } from '../fixtures/printed.ts';
import { loans } from '../sweep/fixtures/loans.ts';
import { findChromium, printPdf } from './print-pdf.ts';
import { runProposalReport, runScenarioReport, runStateReport, runSweepReport } from './run-report.ts';
import { runCompare, type CompareOptions } from './run-compare.ts';
import { runSign } from './run-sign.ts';
import { runVerify, type VerifyOptions } from './run-verify.ts';
import { KEY_VARIABLE } from './signing.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-report-'));
const inFolder = (...names: readonly string[]) => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, content: string) => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};

const tables = [written('loans.csv', loans(30))];
const plan = written('plan.json', JSON.stringify({ ...studentTPlan, count: 120 }));
const small = written('small.json', JSON.stringify({ ...studentTPlan, count: 20 }));
const vote = {
  tolerance: { kind: 'usd', usd: 1e6 },
  confidence: 0.9,
  parameter: ['liquidationThreshold'],
} as const;
const signal = new AbortController().signal;
const pools = [1, 2].map((threads) => new EnginePool({ threads }));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));
const running = { signal, pool: pools[0]! };
const base = { tables, data: folder };
const fall = { shock: [{ what: 'ETH', move: -0.4 }] };

const SCENARIO = inFolder('scenario', 'report.json');
beforeAll(async () => {
  await printed(() => runScenarioReport({ ...base, ...fall, out: inFolder('scenario') }, running));
});
const contentOf = (path: string): ReportContent => readBundle(readFileSync(path)).content;

/** What verifying prints, and the exit code that it sets. */
async function verify(place: string, options: VerifyOptions = {}): Promise<{ text: string; code: unknown }> {
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const text = await printed(() => runVerify(place, options, running));
    return { text, code: process.exitCode };
  } finally {
    process.exitCode = before;
  }
}

/** The report with something in its content changed, by somebody who then made all hashes anew. */
function forged(name: string, change: (content: ReportContent) => object): string {
  const content = contentOf(SCENARIO);
  return written(name, bundleText(bundleOf({ ...content, ...change(content) })));
}

describe('undertow report', () => {
  it('writes bundle, book, post, page, pictures and tables', () => {
    const { tables: all } = contentOf(SCENARIO);
    expect(readdirSync(inFolder('scenario')).sort()).toEqual(
      [
        'book.json',
        'cascade.png',
        'cascade.svg',
        'picture.png',
        'picture.svg',
        'report.html',
        'report.json',
        'report.md',
        'tables',
        'waterfall.png',
        'waterfall.svg',
      ].sort(),
    );
    expect(readdirSync(inFolder('scenario', 'tables'))).toHaveLength(all.length + 1);
    expect(statSync(inFolder('scenario', 'report.html')).size).toBeLessThan(1_500_000);
  });

  it.each([
    [
      'scenario',
      (out: string, pool: EnginePool) => runScenarioReport({ ...base, ...fall, out }, { signal, pool }),
    ],
    ['state', (out: string, pool: EnginePool) => runStateReport({ ...base, out }, { signal, pool })],
    [
      'proposal',
      (out: string, pool: EnginePool) =>
        runProposalReport({ ...base, ...vote, out, plan: small }, { signal, pool }),
    ],
    ['sweep', (out: string, pool: EnginePool) => runSweepReport({ ...base, plan, out }, { signal, pool })],
  ])('is right by itself, and the same bytes on one thread and on two: %s', async (kind, make) => {
    const texts: string[] = [];
    for (const [at, pool] of pools.entries()) {
      const out = inFolder(`${kind}-${at}`);
      await printed(() => make(out, pool));
      texts.push(readFileSync(join(out, 'report.json'), 'utf8'));
    }
    expect(texts[1]).toBe(texts[0]);
    const { text, code } = await verify(inFolder(`${kind}-1`, 'report.json'));
    expect(text).toMatch(/Right: all \d+ figures and [\d,]+ cells of \d+ tables.*the same to the last bit/);
    expect(code).toBeUndefined();
  });

  it('says what lacks instead of making a part of a report', async () => {
    const stopped = AbortSignal.abort();
    const out = inFolder('stopped');
    await expect(
      runSweepReport({ ...base, plan, out }, { signal: stopped, pool: pools[0]! }),
    ).rejects.toThrow(/Stopped before the sweep was whole/);
    await expect(
      runScenarioReport({ ...base, shock: [{ what: 'FOO', move: -0.1 }], out }, running),
    ).rejects.toThrow(/Asset "FOO" is not in the book/);
    await expect(
      runProposalReport({ ...base, ...vote, out, plan: small }, { signal: stopped, pool: pools[0]! }),
    ).rejects.toThrow(/Stopped before all parameters were advised/);
    const grid = [{ what: 'ETH', moves: [-0.1] }];
    await expect(runProposalReport({ ...base, ...vote, out, grid }, running)).rejects.toThrow(
      /A grid is no sample/,
    );
    expect(readdirSync(folder)).not.toContain('stopped');
  });

  it('prints a PDF where there is a Chromium, and says what to do where there is none', async () => {
    const page = inFolder('scenario', 'report.html');
    await expect(printPdf(page, inFolder('none.pdf'), { PATH: '' })).rejects.toThrow(
      /no Chromium here.*install chromium.*any browser/,
    );
    await expect(printPdf(page, inFolder('none.pdf'), { UNDERTOW_CHROMIUM: '/bin/false' })).rejects.toThrow(
      /could not print/,
    );
    if (findChromium() === undefined) return;
    await printPdf(page, inFolder('report.pdf'));
    expect(readFileSync(inFolder('report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('undertow report compare', () => {
  const LATER = inFolder('later', 'report.json');
  const compare = (options: CompareOptions, after = LATER) =>
    printed(() => runCompare([SCENARIO, after], options, running));
  beforeAll(async () => {
    const deeper = { shock: [{ what: 'ETH', move: -0.5 }] };
    const fewer = { ...base, tables: [written('loans-later.csv', loans(24))] };
    await printed(() => runScenarioReport({ ...fewer, ...deeper, out: inFolder('later') }, running));
  });

  it('says what changed and which input moved it, in text, JSON and all forms at once', async () => {
    const text = await compare({});
    expect(text).toMatch(/^accounts +yes +0 accounts more, 6 gone/m);
    expect(text).toMatch(/Which input moved it\nFigure +accounts +question +Difference/);
    const found = JSON.parse(await compare({ json: true })) as Comparison;
    for (const { difference, moved } of found.figures)
      if (moved)
        expect(moved.parts.reduce((sum, { change }) => sum + change!, moved.interaction)).toBeCloseTo(
          difference!,
          6,
        );
    await compare({ out: inFolder('compared') });
    expect(readdirSync(inFolder('compared')).sort()).toEqual([
      'comparison.html',
      'comparison.json',
      'comparison.md',
    ]);
  });

  it('computes nothing with --light, nor where a book is missing', async () => {
    expect(await compare({ light: true })).toContain('it takes both books');
    const alone = written('alone.json', readFileSync(LATER, 'utf8'));
    expect(await compare({}, alone)).toContain('it takes both books');
    await expect(compare({ bookAfter: inFolder('scenario', 'book.json') }, alone)).rejects.toThrow(
      /name the right one/,
    );
  });

  it('refuses a report that was changed, and one of another engine', async () => {
    const changed = written('changed.json', readFileSync(LATER, 'utf8').replace('−50 %', '−51 %'));
    await expect(compare({}, changed)).rejects.toThrow(/is refused: .*was changed/);
    const older = forged('older.json', () => ({ engine: 'equilibrium 1' }));
    await expect(compare({ light: true }, older)).rejects.toThrow(/cannot be compared: .*equilibrium 1/);
  });
});

describe('undertow verify', () => {
  it('names a figure that its book does not give, though all hashes fit', async () => {
    const more = forged('forged.json', ({ figures }) => ({
      figures: figures.map((one) =>
        one.name === 'lossUsd' ? { ...one, value: (one.value as number) + 1e-9 } : one,
      ),
    }));
    const { text, code } = await verify(more, { book: inFolder('scenario', 'book.json') });
    expect(text).toMatch(/WRONG: 1 places are not what the book gives/);
    expect(text).toMatch(/figures\.lossUsd\.value: the report says [\d.]+, the book gives [\d.]+/);
    expect(code).toBe(1);
    // What is not computed again is not claimed.
    expect((await verify(more, { light: true })).text).toMatch(/Not looked at: whether the figures/);
  });

  it.each([
    ['a sentence', () => ({ summary: ['Nobody loses anything.'] }), /summary\[0\]: the report says "Nobody/],
    [
      'an assumption less',
      ({ assumptions }: ReportContent) => ({ assumptions: assumptions.slice(1) }),
      /assumptions\[0\]/,
    ],
    [
      'a price that went in',
      ({ tables: all }: ReportContent) => ({
        tables: all.map((one) =>
          one.name === 'prices' ? { ...one, rows: one.rows.map((row) => [...row].reverse()) } : one,
        ),
      }),
      /tables\.prices\.rows\[0\]\.address: the report says/,
    ],
    ['another engine', () => ({ engine: 'equilibrium 0' }), /NOT COMPARED: .*engine "equilibrium 0"/],
    [
      'another book',
      ({ blocks }: ReportContent) => ({ blocks: [{ ...blocks[0]!, bookHash: '0'.repeat(64) }] }),
      /WRONG: the book has hash/,
    ],
  ])('names %s', async (_what, change, message) => {
    const { text, code } = await verify(forged('forged.json', change), {
      book: inFolder('scenario', 'book.json'),
    });
    expect(text).toMatch(message);
    expect(code).toBe(1);
  });

  it('refuses what is cut off, too large or not there, and a book that was changed', async () => {
    const whole = readFileSync(SCENARIO, 'utf8');
    await expect(verify(written('cut.json', whole.slice(0, 500)))).rejects.toThrow(
      /cut\.json is refused: .*cut off/,
    );
    const large = written('large.json', '');
    truncateSync(large, 64 * 1_024 * 1_024 + 1);
    await expect(verify(large)).rejects.toThrow(/larger than 64 MB/);
    await expect(verify(inFolder('none.json'))).rejects.toThrow(/Name a report\.json/);
    const book = readFileSync(inFolder('scenario', 'book.json'), 'utf8');
    const changed = written('changed-book.json', book.replace('"WETH"', '"WETX"').replace('"ETH"', '"ETX"'));
    await expect(verify(SCENARIO, { book: changed })).rejects.toThrow(/cannot be read as a book/);
    await expect(verify(written('alone.json', whole))).rejects.toThrow(/Cannot read .*book\.json/);
  });

  it('tells programs the same as JSON', async () => {
    const { text } = await verify(SCENARIO, { json: true });
    expect(JSON.parse(text)).toMatchObject({
      isRight: true,
      signers: [],
      recomputed: { is: 'compared', differences: [] },
    });
  });

  describe('from an address', () => {
    let server: Server;
    let url: string;
    beforeAll(async () => {
      server = createServer((request, response) => {
        const name = basename(request.url ?? '');
        if (name === 'report.json' || name === 'book.json')
          response.end(readFileSync(inFolder('scenario', name)));
        else {
          response.statusCode = 404;
          response.end();
        }
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => new Promise((done) => server.close(done)));

    it('reads the bundle and the book beside it', async () => {
      expect((await verify(`${url}/r/report.json`)).text).toMatch(/the same to the last bit/);
      await expect(verify(`${url}/r/none.json`)).rejects.toThrow(/answers 404, and no report/);
      await expect(verify('http://127.0.0.1:1/report.json')).rejects.toThrow(/Cannot reach/);
    });
  });
});

describe('undertow sign', () => {
  const keys = [generatePrivateKey(), generatePrivateKey()];
  const addresses = keys.map((key) => privateKeyToAccount(key).address.toLowerCase());
  const copy = (name: string) => written(name, readFileSync(SCENARIO, 'utf8'));

  it('adds signatures of several, from a file, the environment and a wallet; the id stays', async () => {
    const path = copy('signed.json');
    const { id } = readBundle(readFileSync(path));
    await printed(() => runSign(path, { keyFile: written('key.txt', `${keys[0]!}\n`) }));
    const told = JSON.parse(await printed(() => runSign(path, { typedData: true })));
    expect(told).toEqual(JSON.parse(JSON.stringify(signedData(readBundle(readFileSync(path))))));
    const signature = await privateKeyToAccount(keys[1]!).signTypedData(told);
    await printed(() => runSign(path, { signature }));
    const once = readFileSync(path, 'utf8');
    process.env[KEY_VARIABLE] = keys[1]!.slice(2);
    await printed(() => runSign(path, {})).finally(() => delete process.env[KEY_VARIABLE]);
    // The same key signs the same bytes the same way, and stands there once.
    expect(readFileSync(path, 'utf8')).toBe(once);
    const bundle = readBundle(readFileSync(path));
    expect(bundle.id).toBe(id);
    expect(bundle.signatures.map(({ signer }) => signer)).toEqual(addresses.toSorted());
    const { text, code } = await verify(path, { light: true });
    for (const address of addresses) expect(text).toContain(`Right: signed by ${address}`);
    expect(code).toBeUndefined();
    for (const key of keys) expect(once + text).not.toContain(key.slice(2));
  });

  it('names a signature that is of another report, or by somebody else', async () => {
    const path = copy('other.json');
    await printed(() => runSign(path, { keyFile: written('key.txt', keys[0]!) }));
    const bundle = readBundle(readFileSync(path));
    const other = bundleOf({ ...bundle.content, subject: 'Another' });
    const moved = written('moved.json', bundleText({ ...other, signatures: bundle.signatures }));
    const { text, code } = await verify(moved, { light: true });
    expect(text).toContain(`WRONG: signatures[0] is not by ${addresses[0]}`);
    expect(code).toBe(1);
    await expect(runSign(moved, { keyFile: inFolder('key.txt') })).rejects.toThrow(/signatures\[0\]/);
    const signatures = bundle.signatures.map((one) => ({ ...one, signer: addresses[1]! }));
    const claimed = written('claimed.json', bundleText({ ...bundle, signatures }));
    expect((await verify(claimed, { light: true })).text).toContain(`is not by ${addresses[1]}`);
  });

  it.each([
    ['no key', '', /There is no key in/],
    ['half a key', 'ab'.repeat(16), /is no key: it must be 64 hexadecimal digits/],
    ['a key beyond the curve', 'f'.repeat(64), /is no key/],
  ])('refuses %s without telling it', async (_what, key, message) => {
    const refused = runSign(copy('refused.json'), { keyFile: written('wrong.txt', key) });
    await expect(refused).rejects.toThrow(message);
    const error = await refused.catch((one: Error) => one);
    if (key !== '') expect(`${error}${(error as Error).stack}${(error as Error).cause}`).not.toContain(key);
  });

  it('refuses signatures that are none, and two ways at once', async () => {
    await expect(runSign(SCENARIO, { signature: '0x12' })).rejects.toThrow(/no signature of this report/);
    await expect(runSign(SCENARIO, { signature: `0x${'0'.repeat(128)}1b` })).rejects.toThrow(/no signature/);
    await expect(runSign(SCENARIO, { typedData: true, keyFile: 'x' })).rejects.toThrow(/Give one of/);
    await expect(runSign('https://example.org/report.json', {})).rejects.toThrow(/cannot be signed there/);
    await expect(runSign(written('no.json', '{}'), {})).rejects.toThrow(/is refused/);
  });
});
