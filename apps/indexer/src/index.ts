export { IndexerModule } from './indexer-module.ts';
export { IndexerLoop } from './indexer-loop.ts';
export { parseIndexerConfig } from './indexer-config.ts';
export { ExchangeMonitor } from './exchange-monitor.ts';
export type { ExchangesConfig, IndexerConfig, WatchedNetwork } from './indexer-config.ts';
export type { IndexerMessage } from './indexer-message.ts';
