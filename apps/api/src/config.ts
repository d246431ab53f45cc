import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ConfigError } from '@undertow/units';
import { prettifyError, z } from 'zod';
import { availabilityFile, availabilityOf } from './availability.ts';

/** The part of a network file that the API shows. */
const networkFile = z.object({
  chainId: z.int().positive(),
  name: z.string().min(1),
  /** Pages link to it. */
  explorer: z.url({ protocol: /^https$/ }).optional(),
  finalityDepth: z.int().nonnegative(),
  ...availabilityFile.shape,
});

const environment = z.object({
  /** Connection string of PostgreSQL. */
  DATABASE_URL: z.string().min(1),
  /** Path of the network JSON that the indexer follows. */
  UNDERTOW_NETWORK: z.string().min(1),
  /** Folder of the built dashboard. */
  UNDERTOW_PAGE: z.string().min(1),
  /** Port on 127.0.0.1; 0 = any free one. */
  UNDERTOW_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Host names, separated by commas, that a proxy before the API passes on. Without any it answers to this machine's alone. */
  UNDERTOW_HOSTS: z.string().default(''),
  /** Seconds between two measurements of the newest book that are kept for `history`; 0 = none. */
  UNDERTOW_MEASURE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(300),
  /** Seconds between two runs of advices on the newest book, from stored prices; 0 = none. */
  UNDERTOW_ADVISE_SECONDS: z.coerce.number().int().min(0).max(2_000_000).default(86_400),
  /** Seconds between two reports of the state of risk of the newest book; 0 = none. */
  UNDERTOW_REPORT_SECONDS: z.coerce.number().int().min(0).max(2_000_000).default(86_400),
  /** Seconds without a word of the indexer after which what is stored counts as old; 0 = never. */
  UNDERTOW_SILENT_SECONDS: z.coerce.number().int().min(0).max(86_400).default(15),
  /** Age of the newest block in seconds from which on it counts as old; 0 = never, for a chain with a clock of its own. */
  UNDERTOW_BLOCK_SECONDS: z.coerce.number().int().min(0).max(2_000_000).default(0),
  /** 1 = sweeps are offered to workers (apps/worker) too. */
  UNDERTOW_WORKERS: z.enum(['0', '1']).default('0'),
  /** Threads that run cascades; by default one for each core. */
  UNDERTOW_THREADS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  UNDERTOW_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly network: z.infer<typeof networkFile>;
  readonly pageFolder: string;
  readonly port: number;
  readonly hosts: readonly string[];
  readonly measureSeconds: number;
  readonly adviseSeconds: number;
  readonly reportSeconds: number;
  readonly silentSeconds: number;
  readonly blockSeconds: number;
  readonly threads: number;
  readonly hasWorkers: boolean;
  readonly logLevel: string;
}

/** Reads the configuration of the process; throws ConfigError that names the variable. */
export function readConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new ConfigError(`The API is configured wrongly:\n${prettifyError(parsed.error)}`);
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    network: readNetwork(data.UNDERTOW_NETWORK),
    pageFolder: data.UNDERTOW_PAGE,
    port: data.UNDERTOW_PORT,
    hosts: data.UNDERTOW_HOSTS.split(',').flatMap((host) => host.trim() || []),
    measureSeconds: data.UNDERTOW_MEASURE_SECONDS,
    adviseSeconds: data.UNDERTOW_ADVISE_SECONDS,
    reportSeconds: data.UNDERTOW_REPORT_SECONDS,
    silentSeconds: data.UNDERTOW_SILENT_SECONDS,
    blockSeconds: data.UNDERTOW_BLOCK_SECONDS,
    threads: data.UNDERTOW_THREADS,
    hasWorkers: data.UNDERTOW_WORKERS === '1',
    logLevel: data.UNDERTOW_LOG_LEVEL,
  };
}

function readNetwork(path: string): ApiConfig['network'] {
  try {
    const network = networkFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    // What cannot be read is said at the start, and not when a page asks.
    availabilityOf(network);
    return network;
  } catch (cause) {
    throw new ConfigError(
      `UNDERTOW_NETWORK: ${path} is not a network file. Start through "undertow start".`,
      { cause },
    );
  }
}
