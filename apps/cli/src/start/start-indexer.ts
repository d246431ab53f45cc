import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { startChildApp } from '../child-app.ts';
import type { Database } from '../open-database.ts';
import { CHILD_ADVICE, childStarted } from './child-started.ts';
import { openLog } from './open-log.ts';
import { keepUp } from './keep-up.ts';
import { matchHistory } from './match-history.ts';
import type { WatchedChain } from './open-chain.ts';
import type { StartContext } from './start-context.ts';

/** What the programs of a start work on. */
export interface Foundations {
  readonly chain: WatchedChain;
  readonly database: Database;
}

/** The part of the indexer's messages that is shown here; apps/indexer/src/indexer-message.ts says them all. */
interface IndexerMessage {
  readonly type: string;
  readonly phase?: string;
  readonly block?: number;
  readonly head?: number;
  readonly count?: number;
  readonly message?: string;
  readonly fatal?: boolean;
}

const MAIN = fileURLToPath(new URL('../../../indexer/src/main.ts', import.meta.url));

/** Starts the indexer and waits until it has caught up with the head of the local chain, or has begun on a real one. */
export async function startIndexer(
  context: StartContext,
  { chain, database }: Foundations,
  say: (message: string) => void,
): Promise<string> {
  if (chain.history) {
    const match = await matchHistory(database.store, chain.history);
    if (match === 'forgotten') say('The local chain is another one than before: its old facts are dropped.');
  }
  const file = openLog(context.folder.path, 'indexer');
  const log = pino({ name: 'indexer' }, file);
  const { keepFactsDays, exchanges, exchangeCoins } = context.options;
  const begun = Promise.withResolvers<string>();
  const name = 'The indexer';
  const start = async () => {
    const indexer = startChildApp({
      name,
      main: MAIN,
      log: file,
      env: {
        UNDERTOW_INDEXER: JSON.stringify({
          network: chain.network,
          rpcUrls: chain.rpcUrls,
          databaseUrl: database.url,
          keepFactsDays,
          exchanges: exchanges && { watch: exchanges.map((id) => ({ id })), codes: exchangeCoins },
        }),
      },
      onMessage(message) {
        record(log, message);
        const progress = progressText(message);
        if (progress === undefined) return;
        say(progress);
        if (message.type === 'progress') begun.resolve(`Indexing (${progress})`);
      },
    });
    const caughtUp = childStarted(context, indexer).then(
      ({ block }) => `Indexed up to block ${String(block)}`,
    );
    const said = await (chain.history ? caughtUp : Promise.race([caughtUp, begun.promise]));
    return { ...indexer, said };
  };
  return (await keepUp(context, { name, logFile: file.path, advice: CHILD_ADVICE, start })).said;
}

/** One log line per message; heads, one every few seconds, are for debugging. */
function record(log: pino.Logger, message: IndexerMessage): void {
  const { type, fatal } = message;
  if (type === 'error') log[fatal ? 'fatal' : 'warn'](message, message.message);
  else if (type === 'head') log.debug(message, `block ${message.block}`);
  else log.info(message, progressText(message) ?? type);
}

/** What is shown of a message while starting. */
function progressText(message: IndexerMessage): string | undefined {
  const { type, phase, block = 0, head = 0, count = 0 } = message;
  if (type === 'error' && !message.fatal) return `trying again: ${firstLine(message.message ?? '')}`;
  if (type !== 'progress') return undefined;
  const what = phase === 'owners' ? 'accounts' : phase === 'snapshot' ? 'accounts read' : 'facts';
  return `block ${block} of ${head}, ${count} ${what}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!;
