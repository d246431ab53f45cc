import { once } from 'node:events';
import { resolve } from 'node:path';
import { lastLines } from '../child-app.ts';
import { lockDataFolder } from '../data-folder.ts';
import { checkDatabaseUrl } from '../open-database.ts';
import { print } from '../print.ts';
import { readableText } from '../readable-text.ts';
import { stopSignal } from '../stop-signal.ts';
import { bringUp } from './bring-up.ts';
import { checkPort } from './check-port.ts';
import { Closers } from './closers.ts';
import type { Failure } from './failure.ts';
import { openNetwork } from './open-chain.ts';
import type { StartOptions } from './start-options.ts';

/** Starts everything, waits until it is told to stop or something ends, stops everything. Gives the exit code. */
export async function runStart(options: StartOptions): Promise<number> {
  const stopping = stopSignal();
  const stopped = once(stopping, 'abort').then(() => undefined);
  const closers = new Closers();
  const { rpc, chain } = options;
  // Before anything is written: a wrong port, address, chain or database leaves no trace.
  await checkPort(options.port);
  await checkDatabaseUrl();
  const network = rpc && chain ? await openNetwork(rpc, chain) : undefined;
  const folder = lockDataFolder(resolve(options.data));
  closers.add('data folder', () => folder.release());
  let failure: Failure | undefined;
  try {
    const starting = bringUp({ options, folder, closers }, network);
    starting.catch(() => undefined); // When we are told to stop meanwhile, nobody waits for it any more.
    const running = await Promise.race([starting, stopped]);
    if (running) {
      await print(`\nUndertow is running at ${running.pageUrl}\n`);
      failure = await Promise.race([running.failure, stopped]);
    }
    if (failure) tellFailure(failure);
    else process.stderr.write('\nStopping …\n');
  } finally {
    for (const line of await closers.closeAll()) process.stderr.write(`While stopping: ${line}\n`);
  }
  return failure ? 1 : 0;
}

function tellFailure({ name, how, logFile, advice }: Failure): void {
  const log = logFile === undefined ? '' : `\nLast lines of ${logFile}:\n${lastLines(logFile)}\n`;
  process.stderr.write(
    readableText(`\nundertow: ${name} ${how}.${log}\n${advice}\nEverything is being stopped.\n`),
  );
}
