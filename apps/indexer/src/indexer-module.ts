import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { IndexerConfig } from './indexer-config.ts';
import { INDEXER_CONFIG, INDEXER_TELL, IndexerLoop } from './indexer-loop.ts';
import type { Tell } from './indexer-message.ts';

/** Follows one chain for as long as the application runs. */
@Module({})
export class IndexerModule {
  static forRoot(config: IndexerConfig, tell: Tell = () => {}): DynamicModule {
    return {
      module: IndexerModule,
      imports: [ScheduleModule.forRoot()],
      providers: [
        IndexerLoop,
        { provide: INDEXER_CONFIG, useValue: config },
        { provide: INDEXER_TELL, useValue: tell },
      ],
      exports: [IndexerLoop],
    };
  }
}
