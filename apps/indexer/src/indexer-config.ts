import type { Network } from '@undertow/chain';
import { ADAPTERS, type Deployment } from '@undertow/sources';
import { ConfigError } from '@undertow/units';
import { z } from 'zod';

/** A network whose deployments all have an adapter here. */
export type WatchedNetwork = Network<Deployment>;

export interface IndexerConfig {
  readonly network: WatchedNetwork;
  /** JSON-RPC endpoints, the preferred one first. */
  readonly rpcUrls: readonly string[];
  readonly databaseUrl: string;
  /** Time between two looks at the chain's head. */
  readonly pollMs: number;
  /** Days before the head of which facts are kept where a saved ledger stands for older ones; absent = all are kept. */
  readonly keepFactsDays?: number | undefined;
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
