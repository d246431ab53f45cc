import { pino } from 'pino';
import { openStore } from '@undertow/store';
import { CallDesk } from './calls/call-desk.ts';
import { readConfig } from './config.ts';
import { openFactSource } from './open-fact-source.ts';
import { startApi } from './start-api.ts';

const log = pino({ name: 'api', level: process.env['UNDERTOW_LOG_LEVEL'] ?? 'info' });

try {
  const config = readConfig(process.env);
  const source = await openFactSource(
    config.databaseUrl,
    config.network.chainId,
    config.hasWorkers ? { report: (err) => log.error({ err }, 'the queue of sweeps failed') } : undefined,
  );
  const store = config.calls && (await openStore(config.databaseUrl));
  const desk =
    config.calls &&
    store &&
    new CallDesk({
      ...config.calls,
      store,
      chainId: config.network.chainId,
      now: () => Math.floor(Date.now() / 1_000),
    });
  const api = await startApi({ ...config, source, log, desk });
  const stop = (): void => {
    void api
      .close()
      .then(() => source.close())
      .then(() => store?.close())
      .finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.send?.({ type: 'ready', url: api.url });
  log.info({ url: api.url }, 'ready');
} catch (err) {
  log.fatal({ err }, 'the API could not start');
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
