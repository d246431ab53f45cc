import type { Network } from '@undertow/chain';
import { KNOWN_EXCHANGES, type ExchangeId, type ExchangeUrls, type WatchedCode } from '@undertow/exchanges';
import { ADAPTERS, type Deployment } from '@undertow/sources';
import { ConfigError } from '@undertow/units';
import { z } from 'zod';

/** A network whose deployments all have an adapter here. */
export type WatchedNetwork = Network<Deployment>;

/** Which exchanges are watched, and what of them. */
export interface ExchangesConfig {
  readonly watch: readonly {
    readonly id: ExchangeId;
    /** Other addresses than its own. */
    readonly urls?: ExchangeUrls | undefined;
  }[];
  /** Coins and the assets that they stand for; the default ones when absent. */
  readonly codes?: readonly WatchedCode[] | undefined;
  /** Between two prices that are kept of a market that does not move, and between two looks at what is not pushed. */
  readonly everySeconds: number;
  /** How far back what was missed is filled from candles. */
  readonly backfillHours: number;
  /** How long after the start exchanges are opened: what is at hand comes first. */
  readonly firstLookSeconds: number;
}

export interface IndexerConfig {
  readonly network: WatchedNetwork;
  /** JSON-RPC endpoints, the preferred one first. */
  readonly rpcUrls: readonly string[];
  readonly databaseUrl: string;
  /** Time between two looks at the chain's head. */
  readonly pollMs: number;
  /** Days before the head of which facts are kept where a saved ledger stands for older ones; absent = all are kept. */
  readonly keepFactsDays?: number | undefined;
  /** Absent = no exchange is watched, and nothing of them is loaded. */
  readonly exchanges?: ExchangesConfig | undefined;
}

const height = z.number().int().nonnegative();

const shape = z.object({
  network: z.object({
    chainId: z.number().int().positive(),
    name: z.string().min(1),
    explorer: z.url({ protocol: /^https$/ }).optional(),
    finalityDepth: z.number().int().positive(),
    bootstrap: z.enum(['logs', 'snapshot']),
    startBlock: height,
    callsEvery: z.number().int().positive().optional(),
    deployments: z
      .array(
        z.looseObject({
          adapter: z.enum(ADAPTERS),
          id: z.string().min(1),
        }),
      )
      .min(1),
  }),
  rpcUrls: z.array(z.url()).min(1),
  databaseUrl: z.string().min(1),
  pollMs: z.number().int().min(20).default(500),
  // Reorganisations, late facts and compression touch what is younger than a week.
  keepFactsDays: z.number().int().min(7).optional(),
  exchanges: z
    .object({
      watch: z
        .array(z.object({ id: z.enum(KNOWN_EXCHANGES), urls: z.record(z.string(), z.unknown()).optional() }))
        .min(1),
      codes: z
        .array(
          z.object({ code: z.string().min(1), asset: z.string().min(1), isAsked: z.boolean().optional() }),
        )
        .min(1)
        .optional(),
      everySeconds: z.number().min(1).max(300).default(60),
      // All of the exchanges give the last 720 minutes at once.
      backfillHours: z.number().min(0).max(720).default(12),
      // A local chain is caught up by then; loading the modules of an exchange takes a fifth of a second.
      firstLookSeconds: z.number().min(0).max(3_600).default(10),
    })
    .optional(),
});

/**
 * Checks what came from outside. The fields of a deployment beyond its adapter and id are its adapter's own; networks
 * come from `libs/devnet` and from the adapters' lists, not from people.
 */
export function parseIndexerConfig(value: unknown): IndexerConfig {
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    throw new ConfigError(`the indexer's configuration is wrong: ${z.prettifyError(parsed.error)}`);
  }
  const upper = JSON.stringify(parsed.data.network).match(/"(0x[0-9a-fA-F]*[A-F][0-9a-fA-F]*)"/);
  if (upper) throw new ConfigError(`addresses of a network are lower case: ${upper[1]}`);
  return parsed.data as unknown as IndexerConfig;
}
