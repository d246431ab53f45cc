import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import type { IndexerConfig } from './indexer-config.ts';
import { IndexerLoop } from './indexer-loop.ts';
import type { Tell } from './indexer-message.ts';

/**
 * Follows one chain for as long as the application runs. Written without decorators, so that Node runs these files as they
 * are, with no loader: a restart serves in half the time.
 */
export class IndexerModule {
  static forRoot(config: IndexerConfig, tell: Tell = () => {}): DynamicModule {
    return {
      module: IndexerModule,
      imports: [ScheduleModule.forRoot()],
      providers: [
        {
          provide: IndexerLoop,
          useFactory: (scheduler: SchedulerRegistry) => new IndexerLoop(config, tell, scheduler),
          inject: [SchedulerRegistry],
        },
      ],
      exports: [IndexerLoop],
    };
  }
}
