import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FOLD_VERSION } from '@undertow/book';
import { foldLedger } from '@undertow/ledgers';
import { openStore, readSavedLedgers, revertTo, writeFacts, type Store } from '@undertow/store';
import { LiveBook } from '../../apps/api/src/live-book.ts';
import { openFactSource } from '../../apps/api/src/open-fact-source.ts';
import { startGuard } from '../guard.ts';
import { median, type Row } from '../report.ts';
import { spawnTimed, type TimedRun } from '../spawn-timed.ts';
import { row, type Place, type Section } from './section.ts';

const ROOT = join(import.meta.dirname, '../..');
const LOWER_DECORATORS = pathToFileURL(join(ROOT, 'apps/api/src/lower-decorators.ts')).href;
/** Repetitions of what is short; the slowest of past blocks, the median of the others. */
const HEADS = 5;
const PAST = 8;

/** How long the API takes to start, to follow the chain, and to go back. */
export const ledgerSection: Section = async (place) => {
  const store = await openStore(place.databaseUrl);
  const filesBefore = await temporaryFiles(store);
  const first = await startApi(place);
  const again = await startApi(place);
  const source = await openFactSource(place.databaseUrl, place.made.history.chainId);
  const live = new LiveBook(source, console.error);
  try {
    await live.update();
    const saved = await readSavedLedgers(store, place.made.history.chainId, FOLD_VERSION);
    const bytes = saved.reduce((sum, ledger) => sum + ledger.bytes, 0);
    return [
      row(place, 'API start, no ledger saved', 's', first.seconds, 'once in a database’s life'),
      row(place, 'API start', 's', again.seconds, '< 3'),
      row(
        place,
        'peak memory of the first start',
        'MB',
        first.peakMegabytes,
        'does not grow with the history',
      ),
      row(place, 'peak memory of a start', 'MB', again.peakMegabytes, '–'),
      row(place, 'ledgers saved', 'ledgers', saved.length, '–'),
      row(
        place,
        'bytes of saved ledgers per fact',
        'bytes',
        bytes / place.made.history.facts,
        '< 217, a fact’s own',
      ),
      ...(await newHeads(place, store, live)),
      ...(await pastBlocks(place, live)),
      await reorgs(place, store, live, 1),
      await reorgs(place, store, live, 1_000),
      row(place, 'memory after all of this', 'MB', process.memoryUsage.rss() / 1024 ** 2, '–'),
      row(place, 'temporary files', 'files', (await temporaryFiles(store)) - filesBefore, '0'),
    ];
  } finally {
    await live.saved();
    await source.close();
    await store.close();
  }
};

/** The API as a process, from spawn until it says that a height is ready. */
async function startApi({ databaseUrl, made }: Place): Promise<TimedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
  startGuard().remove(folder);
  const network = join(folder, 'network.json');
  writeFileSync(network, JSON.stringify({ chainId: made.history.chainId, name: 'bench', finalityDepth: 64 }));
  const port = String(40_000 + (process.pid % 20_000));
  try {
    return await spawnTimed({
      command: process.execPath,
      args: ['--import', LOWER_DECORATORS, 'apps/api/src/main.ts'],
      cwd: ROOT,
      env: {
        ...{
          DATABASE_URL: databaseUrl,
          UNDERTOW_NETWORK: network,
          UNDERTOW_PAGE: folder,
          UNDERTOW_PORT: port,
        },
        // As the command line starts it (apps/cli/bin).
        ...{ NODE_COMPILE_CACHE: join(ROOT, '.undertow/compile-cache') },
      },
      limitSeconds: 900,
      isDone: () =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          ({ status }) => status === 200,
          () => false,
        ),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function newHeads(place: Place, store: Store, live: LiveBook): Promise<Row[]> {
  const ledgers: number[] = [];
  const books: number[] = [];
  const { made } = place;
  for (let block = made.lastBlock + 1; block <= made.lastBlock + HEADS; block++) {
    await writeFacts(store, made.blocks(block, block, 0));
    ledgers.push(await seconds(() => live.update()));
    books.push(await seconds(() => live.at()));
  }
  return [
    row(place, 'new head', 's', median(ledgers), '< 0.3'),
    row(place, 'its book, when asked for', 's', median(books), '–'),
  ];
}

/** Blocks all over the history, each with its own facts to fold onto what is saved. */
async function pastBlocks(place: Place, live: LiveBook): Promise<Row[]> {
  const ledgers: number[] = [];
  const source = await openFactSource(place.databaseUrl, place.made.history.chainId);
  try {
    const { revision } = (await source.stored())!;
    for (let index = 0; index < PAST; index++) {
      const height = Math.floor((place.made.lastBlock * (index + 0.7)) / PAST);
      const { block } = (await source.blockAtOrBelow(height))!;
      ledgers.push(await seconds(() => foldLedger(source, { block, revision })));
    }
    const book = await seconds(() => live.at(Math.floor(place.made.lastBlock * 0.55)));
    return [
      row(place, 'past block, the slowest of 8', 's', Math.max(...ledgers), '< 1'),
      row(place, 'past block, median of 8', 's', median(ledgers), '–'),
      row(place, 'past block with its book', 's', book, '–'),
    ];
  } finally {
    await source.close();
  }
}

/** From the moment at which the chain has gone back until what is true then can be queried, and until its new head can. */
async function reorgs(place: Place, store: Store, live: LiveBook, depth: number): Promise<Row> {
  const { chainId } = place.made.history;
  const times: number[] = [];
  for (let branch = 1; branch <= 3; branch++) {
    const head = (await live.head())!.block;
    await revertTo(store, chainId, head - depth);
    const back = await seconds(() => live.update());
    await writeFacts(store, place.made.blocks(head - depth + 1, head, branch));
    times.push(back + (await seconds(() => live.update())));
  }
  return row(
    place,
    `reorg of ${depth.toLocaleString('en')}`,
    's',
    median(times),
    depth === 1 ? '< 1' : '< 3',
  );
}

async function temporaryFiles({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ files: string }>(
    'SELECT temp_files AS files FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0]?.files);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
