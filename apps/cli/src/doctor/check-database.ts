import { FOLD_VERSION } from '@undertow/book';
import {
  inspectDatabase,
  oldestFact,
  readCheckpoints,
  readIncidents,
  readSavedLedgers,
  type Checkpoint,
  type DatabaseState,
  type Store,
} from '@undertow/store';
import { openDatabase } from '../open-database.ts';
import { bad, good, type Finding } from './check.ts';

/** The database can be started or reached, is migrated, and what is stored can be trusted. */
export async function checkDatabase(data: string): Promise<readonly Finding[]> {
  const name = 'Database';
  let database;
  try {
    database = await openDatabase(data);
  } catch (error) {
    return [bad(name, error instanceof Error ? error.message : String(error))];
  }
  try {
    const { store } = database;
    const where = process.env['DATABASE_URL'] ? 'at DATABASE_URL' : 'embedded, in the data folder';
    return [
      good(name, `${where}, migrated`),
      checkTables(await inspectDatabase(store)),
      ...(await checkChains(store)),
      ...(await checkIncidents(store)),
    ];
  } finally {
    await database.close();
  }
}

/** What the tables are, what TimescaleDB says that it has of them, and what could be done. */
export function checkTables({ flavour, extension, reason, timescale }: DatabaseState): Finding {
  const name = 'Tables';
  const { installed, available } = extension;
  if (flavour === 'plain') {
    if (available === undefined) return good(name, 'plain PostgreSQL');
    if (reason !== undefined) return good(name, `plain PostgreSQL; ${reason}`);
    return good(
      name,
      `plain PostgreSQL, although TimescaleDB ${installed ?? available} is there: "undertow to-timescale" moves them`,
    );
  }
  if (reason !== undefined || timescale === undefined)
    return bad(
      name,
      `they are TimescaleDB's, but ${reason ?? 'this database does not have the extension any more'}`,
    );
  const { hypertables, continuousAggregates, chunks, compressedChunks, policies } = timescale;
  const has =
    `${hypertables} hypertables, ${continuousAggregates} continuous aggregates, ${compressedChunks} of ${chunks} chunks ` +
    'compressed';
  if (hypertables === 0 || continuousAggregates === 0)
    return bad(
      name,
      `they should be TimescaleDB's ${installed}, which has ${has}: restore them, or use an empty database`,
    );
  if (policies > 0)
    return bad(
      name,
      `TimescaleDB ${installed}, ${has}, and ${policies} policies that go by the server's clock: remove those ` +
        '(timescaledb_information.jobs), or replayed history may be compressed or deleted at once',
    );
  return good(name, `TimescaleDB ${installed}, ${has}`);
}

async function checkChains(store: Store): Promise<Finding[]> {
  const checkpoints = await readCheckpoints(store);
  if (checkpoints.length === 0) return [good('Indexed', 'nothing yet')];
  const found = await Promise.all(
    checkpoints.map(async (checkpoint) => {
      const { chainId } = checkpoint;
      const oldest = await oldestFact(store, chainId);
      const ledgers = await readSavedLedgers(store, chainId, FOLD_VERSION);
      return checkChain(checkpoint, { oldest, ledgers: ledgers.map(({ block }) => block) });
    }),
  );
  return found.flat();
}

/** How far a chain is read and from when on, whether that can be trusted, and what stands for facts that were dropped. */
export function checkChain(
  { chainId, block, facts, trusted, reason, keptAbove, keptSince }: Checkpoint,
  { oldest, ledgers }: { readonly oldest: number | undefined; readonly ledgers: readonly number[] },
): readonly Finding[] {
  const name = `Chain ${chainId}`;
  const since = oldest === undefined ? '' : `, the oldest of ${dayOf(oldest)}`;
  const read = trusted
    ? good(name, `${facts} facts up to block ${block}${since}`)
    : bad(name, `stored facts do not match the chain: ${reason ?? 'no reason is stored'}`);
  if (keptAbove === undefined || keptSince === undefined) return [read];
  const dropped = `facts before ${dayOf(keptSince)} are dropped (--keep-facts-days); books from block ${keptAbove} on`;
  const retention = ledgers.includes(keptAbove)
    ? good(`Retention of chain ${chainId}`, dropped)
    : bad(
        `Retention of chain ${chainId}`,
        `facts before ${dayOf(keptSince)} are dropped, and the ledger that stands for them, saved at block ${keptAbove}, is not ` +
          'one that this release folds on: go back to the release that saved it, or index anew into an empty database',
      );
  return [read, retention];
}

const dayOf = (time: number) => new Date(time * 1_000).toISOString().slice(0, 10);

async function checkIncidents(store: Store): Promise<Finding[]> {
  const open = (await readIncidents(store, 50)).filter(({ resolved }) => !resolved);
  if (open.length === 0) return [good('Incidents', 'none open')];
  return open.map(({ kind, message }) => bad(`Incident (${kind})`, message));
}
