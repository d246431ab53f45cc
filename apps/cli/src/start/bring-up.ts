import { assert } from '@undertow/units';
import { Listr, type ListrTask } from 'listr2';
import { openDatabase, type Database } from '../open-database.ts';
import { readableText } from '../readable-text.ts';
import { addPools } from './add-pools.ts';
import { addSequencer } from './add-sequencer.ts';
import { buildDashboard } from './build-dashboard.ts';
import { Failures, type Failure } from './failure.ts';
import { openDevnet, type WatchedChain } from './open-chain.ts';
import { keepUp } from './keep-up.ts';
import { Restarts } from './restarts.ts';
import { startApi } from './start-api.ts';
import { startIndexer, type Foundations } from './start-indexer.ts';
import type { StartContext } from './start-context.ts';

export interface Running {
  readonly pageUrl: string;
  /** Resolves when a part ends by itself. */
  readonly failure: Promise<Failure>;
}

/**
 * Brings up chain, database, page, indexer and API with visible progress; each part is closed through the closers.
 * `network`: the real network to follow; the local chain when absent.
 */
export async function bringUp(
  base: Pick<StartContext, 'options' | 'folder' | 'closers'>,
  network: WatchedChain | undefined,
): Promise<Running> {
  const published: { databaseUrl?: string; pageUrl?: string } = {};
  const restarts = new Restarts((restarted) => base.folder.publish({ ...published, restarted }));
  const context: StartContext = { ...base, failures: new Failures(), restarts };
  const foundations = await withSequencer(await withPools(await lay(context, network)));
  let pageUrl = '';
  await run([
    step('Indexing', (say) => startIndexer(context, foundations, say)),
    step('Starting the API', async () => {
      pageUrl = await startApi(context, foundations);
      return 'API';
    }),
  ]);
  foundations.chain.wake();
  Object.assign(published, { databaseUrl: foundations.database.url, pageUrl });
  context.folder.publish(published);
  return { pageUrl, failure: context.failures.first };
}

/** The same with the pools of a real network found. */
async function withPools(foundations: Foundations): Promise<Foundations> {
  const { traded } = foundations.chain;
  if (!traded) return foundations;
  let chain = foundations.chain;
  const find = step('Finding the pools where collateral can be sold', async (say) => {
    const found = await addPools(foundations.database.store, chain, { traded, say });
    chain = { ...chain, network: found.network };
    return found.summary;
  });
  await run([find]);
  return { ...foundations, chain };
}

/** The same with the feed that says whether the sequencer of a rollup runs. */
async function withSequencer(foundations: Foundations): Promise<Foundations> {
  const { sequencer } = foundations.chain;
  if (sequencer === undefined) return foundations;
  let chain = foundations.chain;
  const find = step('Finding the feed of the sequencer', async () => {
    const found = await addSequencer(chain, sequencer);
    chain = { ...chain, network: found.network };
    return found.summary;
  });
  await run([find]);
  return { ...foundations, chain };
}

/** Chain, database and page, all at once: none needs another. */
async function lay(context: StartContext, network: WatchedChain | undefined): Promise<Foundations> {
  let chain = network;
  let database: Database | undefined;
  const devnet = step('Starting the local chain', async (say) => {
    chain = await openDevnet(context, say);
    return chain.summary;
  });
  const steps = [
    ...(network ? [] : [devnet]),
    step('Starting the database', async (say) => {
      database = await startDatabase(context, say);
      return `Database ${database.isOurs ? 'of this folder' : 'at DATABASE_URL'}`;
    }),
    step('Building the page', async () => {
      await buildDashboard();
      return 'Page';
    }),
  ];
  await run(steps, { concurrent: true });
  assert(chain && database, 'steps that did not fail have done their work');
  return { chain, database };
}

async function startDatabase(context: StartContext, say: (message: string) => void): Promise<Database> {
  const { folder, closers } = context;
  const database = await openDatabase(folder.path, { report: say, joinRunning: false });
  closers.add('database', database.close);
  const start = async (again?: string) => {
    if (again !== undefined) await database.restart();
    return { ended: database.exited.then((how) => `ended: ${lastLine(how)}`) };
  };
  await keepUp(context, { name: 'The database', advice: DATABASE_ADVICE, start });
  return database;
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

const DATABASE_ADVICE =
  'Start again: it recovers by itself. If it does not, "undertow doctor" says what is wrong.';

/** A visible step; `work` may say what it is doing and gives the title to show when it is done. */
function step(title: string, work: (say: (message: string) => void) => Promise<string>): ListrTask {
  return {
    title,
    async task(_context, task) {
      // Endpoints and chains are repeated in both.
      task.title = readableText(await work((message) => (task.output = readableText(message))));
    },
  };
}

async function run(steps: ListrTask[], { concurrent = false } = {}): Promise<void> {
  // Plain lines when this is not a terminal. Signals are ours: listr would exit at once and leave everything running.
  await new Listr(steps, { concurrent, registerSignalListeners: false, fallbackRenderer: 'verbose' }).run();
}
