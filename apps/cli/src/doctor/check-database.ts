import { readCheckpoints, readIncidents, type Store } from '@undertow/store';
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
    const flavour = (await hasTimescale(store)) ? 'TimescaleDB' : 'plain PostgreSQL';
    return [
      good(name, `${where}, migrated, ${flavour}`),
      ...(await checkChains(store)),
      ...(await checkIncidents(store)),
    ];
  } finally {
    await database.close();
  }
}

async function hasTimescale(store: Store): Promise<boolean> {
  const { rowCount } = await store.pool.query(`SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'`);
  return (rowCount ?? 0) > 0;
}

async function checkChains(store: Store): Promise<Finding[]> {
  const checkpoints = await readCheckpoints(store);
  if (checkpoints.length === 0) return [good('Indexed', 'nothing yet')];
  return checkpoints.map(({ chainId, block, facts, trusted, reason }) => {
    const name = `Chain ${chainId}`;
    if (trusted) return good(name, `${facts} facts up to block ${block}`);
    return bad(name, `stored facts do not match the chain: ${reason ?? 'no reason is stored'}`);
  });
}

async function checkIncidents(store: Store): Promise<Finding[]> {
  const open = (await readIncidents(store, 50)).filter(({ resolved }) => !resolved);
  if (open.length === 0) return [good('Incidents', 'none open')];
  return open.map(({ kind, message }) => bad(`Incident (${kind})`, message));
}
