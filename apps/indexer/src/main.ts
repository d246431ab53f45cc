import { NestFactory } from '@nestjs/core';
import { ConfigError } from '@undertow/units';
import { pino } from 'pino';
import { parseIndexerConfig } from './indexer-config.ts';
import { IndexerLoop } from './indexer-loop.ts';
import type { IndexerMessage } from './indexer-message.ts';
import { IndexerModule } from './indexer-module.ts';

// The indexer as a process of its own. Its configuration is JSON: the first argument, or UNDERTOW_INDEXER. A parent that
// forked it is told over IPC, and it ends when that parent does; else it logs to standard output.

const log = pino({ name: 'indexer', enabled: process.send === undefined });

function tell(message: IndexerMessage): void {
  if (process.connected) process.send?.(message);
  log[message.type === 'error' ? (message.fatal ? 'fatal' : 'warn') : 'info'](message);
}

function readConfig(): unknown {
  const text = process.argv[2] ?? process.env['UNDERTOW_INDEXER'];
  if (text === undefined) throw new ConfigError('no configuration: give it as JSON, or in UNDERTOW_INDEXER');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ConfigError('the configuration is not JSON', { cause: error });
  }
}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    IndexerModule.forRoot(parseIndexerConfig(readConfig()), tell),
    {
      logger: false,
      abortOnError: false,
    },
  );
  let code = 0;
  const stop = async () => {
    await app.close();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void stop());
  if (process.send) process.once('disconnect', () => void stop());
  await app.get(IndexerLoop).failed;
  code = 1;
  await stop();
}

main().catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  tell({ type: 'error', name, message, fatal: true });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
