import {
  inspectDatabase,
  keepHouse,
  migrate,
  openStore,
  readFeedSeries,
  readLegSeries,
  writeFacts,
  type Store,
} from '@undertow/store';
import pg from 'pg';
import { median, type Row } from '../report.ts';
import { MadeHistory, owner } from './generate-facts.ts';
import { row, type Place, type Section } from './section.ts';

const DAY = 86_400;
/** Longest of several looks at the same thing is noise of the machine; the middle one counts. */
const LOOKS = 7;

/**
 * A year of facts: how fast they go in by COPY, what they take on disk before and after the house was kept, and how long people
 * wait for a year of one feed's minutes and of the busiest owner's history, first from the facts alone, then with aggregates.
 */
export const seriesSection: Section = async (place) => {
  const made = new MadeHistory({ ...place.made.history, days: 365 });
  const rows: Row[] = [];
  const plain = await plainBeside(place);
  const speed = await writeYear(await place.addDatabase(), made);
  rows.push(row(place, 'COPY, batches of 20,000', 'facts/s', speed.perSecond, '≥ 80,000 on plain'));
  if (plain !== undefined) {
    const beside = await writeYear(plain, made);
    rows.push({
      ...row(
        place,
        'the same against plain tables on that server',
        'facts/s',
        speed.perSecond,
        'ratio ≥ 0.85',
      ),
      ...{ peerName: 'plain', peer: beside.perSecond, ratio: speed.perSecond / beside.perSecond },
    });
  }
  const store = await openStore(speed.url);
  try {
    const bytes = async () => (await sizeOf(store)) / speed.facts;
    rows.push(row(place, 'bytes per fact', 'B', await bytes(), '–'));
    rows.push(...(await looks(place, store, made, 'from facts')));
    const started = performance.now();
    await keepHouse(store, made.history.chainId, 64);
    rows.push(row(place, 'keeping house after a year', 's', (performance.now() - started) / 1_000, '–'));
    const { timescale } = await inspectDatabase(store);
    const state = timescale
      ? `${timescale.compressedChunks} of ${timescale.chunks} chunks compressed`
      : 'plain';
    rows.push(row(place, `bytes per fact, aggregates kept, ${state}`, 'B', await bytes(), '–'));
    rows.push(...(await looks(place, store, made, 'house kept')));
  } finally {
    await store.close();
  }
  return rows;
};

/** On a server with TimescaleDB: another database there whose tables are plain. */
async function plainBeside(place: Place): Promise<string | undefined> {
  const store = await openStore(place.databaseUrl);
  const { flavour } = await inspectDatabase(store).finally(() => store.close());
  if (flavour === 'plain') return undefined;
  const url = new URL(await place.addDatabase());
  const name = url.pathname.slice(1);
  // Emptied and migrated again as with the Apache edition, which has plain tables.
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query('DROP EXTENSION timescaledb CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await client.query(`ALTER DATABASE ${name} SET timescaledb.license = 'apache'`);
  await client.end();
  const again = await openStore(url.href);
  await migrate(again).finally(() => again.close());
  return url.href;
}

interface Written {
  readonly url: string;
  readonly facts: number;
  readonly perSecond: number;
}

async function writeYear(url: string, { history }: MadeHistory): Promise<Written> {
  const made = new MadeHistory(history);
  const store = await openStore(url);
  let [facts, ms] = [0, 0];
  try {
    for (const range of made.ranges()) {
      const started = performance.now();
      facts += (await writeFacts(store, range)).written;
      ms += performance.now() - started;
    }
    await store.pool.query('ANALYZE');
  } finally {
    await store.close();
  }
  return { url, facts, perSecond: (facts / ms) * 1_000 };
}

async function sizeOf(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ bytes: string }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  );
  return Number(rows[0]!.bytes);
}

/** What people wait for, as they would ask. */
async function looks(place: Place, store: Store, made: MadeHistory, when: string): Promise<Row[]> {
  const { chainId } = made.history;
  const { rows: ends } = await store.pool.query<{ time: string }>(
    'SELECT extract(epoch FROM time)::bigint AS time FROM checkpoint WHERE chain_id = $1',
    [chainId],
  );
  const to = Number(ends[0]!.time) + 1;
  const wanted = { chainId, from: to - 365 * DAY, to };
  const minutes = await timed(
    async () =>
      (await readFeedSeries(store, { ...wanted, feed: 'feed-0', decimals: 8, step: 'minute' })).points.length,
  );
  const hours = await timed(
    async () =>
      (await readFeedSeries(store, { ...wanted, feed: 'feed-0', decimals: 8, step: 'hour' })).points.length,
  );
  const legsOf = (row: number) =>
    timed(
      async () =>
        (await readLegSeries(store, { ...wanted, owner: owner(row), step: 'minute' })).points.length,
    );
  const busiest = await legsOf(0);
  const usual = await legsOf(Math.floor(made.history.owners / 2));
  return [
    row(place, `a year of one feed's minutes, ${minutes.points} of them (${when})`, 'ms', minutes.ms, '< 50'),
    row(place, `a year of one feed's hours, ${hours.points} of them (${when})`, 'ms', hours.ms, '–'),
    row(
      place,
      `the busiest owner's history over a year, ${busiest.points} changes (${when})`,
      'ms',
      busiest.ms,
      '< 50',
    ),
    row(
      place,
      `a usual owner's history over a year, ${usual.points} changes (${when})`,
      'ms',
      usual.ms,
      '< 50',
    ),
  ];
}

async function timed(look: () => Promise<number>): Promise<{ readonly points: number; readonly ms: number }> {
  const took: number[] = [];
  let points = 0;
  for (let turn = 0; turn < LOOKS; turn++) {
    const started = performance.now();
    points = await look();
    took.push(performance.now() - started);
  }
  return { points, ms: median(took) };
}
