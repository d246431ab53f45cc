import 'reflect-metadata';
import type { DynamicModule, Provider } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { ExchangeMonitor } from './exchange-monitor.ts';
import type { IndexerConfig } from './indexer-config.ts';
import { IndexerLoop } from './indexer-loop.ts';
import type { Tell } from './indexer-message.ts';

/** What else may be given. */
export interface IndexerSurroundings {
  /** The clock by which prices of exchanges are seen, milliseconds since 1970; this machine's by default. */
  readonly now?: () => number;
}

/**
 * Follows one chain for as long as the application runs. Written without decorators, so that Node runs these files as they
 * are, with no loader: a restart serves in half the time.
 */
export class IndexerModule {
  static forRoot(
    config: IndexerConfig,
    tell: Tell = () => {},
    { now = Date.now }: IndexerSurroundings = {},
  ): DynamicModule {
    const { exchanges } = config;
    const monitor: Provider[] =
      exchanges === undefined
        ? []
        : [
            {
              provide: ExchangeMonitor,
              useFactory: (scheduler: SchedulerRegistry) =>
                new ExchangeMonitor({ ...config, exchanges }, { tell, scheduler, now }),
              inject: [SchedulerRegistry],
            },
          ];
    return {
      module: IndexerModule,
      imports: [ScheduleModule.forRoot()],
      providers: [
        {
          provide: IndexerLoop,
          useFactory: (scheduler: SchedulerRegistry) => new IndexerLoop(config, tell, scheduler),
          inject: [SchedulerRegistry],
        },
        ...monitor,
      ],
      exports: [IndexerLoop, ...(exchanges === undefined ? [] : [ExchangeMonitor])],
    };
  }
}
