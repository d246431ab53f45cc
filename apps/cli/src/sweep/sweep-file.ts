import { readFileSync } from 'node:fs';
import { ENGINE_KINDS, type EngineKind } from '@undertow/cascade';
import { readPlan, type Plan, type SweepChunk, type SweepSummary } from '@undertow/sweep';
import { z } from 'zod';
import { asUsage, UsageError } from '../explain-error.ts';

export const SWEEP_FORMAT = 'undertow-sweep';
export const SWEEP_VERSION = 1;

/** A sweep as far as it has been run: what `--out` writes and `--resume` reads. */
export interface SweepFile {
  readonly engine: EngineKind;
  readonly bookHash: string;
  readonly chainId: number;
  readonly block: number;
  readonly plan: Plan;
  readonly chunks: readonly SweepChunk[];
}

const schema = z.object({
  format: z.literal(SWEEP_FORMAT),
  version: z.literal(SWEEP_VERSION),
  engine: z.enum(ENGINE_KINDS),
  bookHash: z.string(),
  chainId: z.int(),
  block: z.int(),
  plan: z.unknown(),
  chunks: z.array(z.object({ from: z.int(), to: z.int(), hash: z.string(), base64: z.base64() })),
});

/** A sweep as what JSON can say, its results as the bytes of chunks. */
export const sweepJson = (
  { chunks, ...file }: SweepFile,
  summed: SweepSummary | undefined,
): Readonly<Record<string, unknown>> => ({
  format: SWEEP_FORMAT,
  version: SWEEP_VERSION,
  ...file,
  summary: summed,
  chunks: chunks.map(({ from, to, hash, buffer }) => ({
    from,
    to,
    hash,
    base64: Buffer.from(buffer).toString('base64'),
  })),
});

/** Whether something that was read of JSON says that it is a sweep. */
export const isSweepFile = (value: unknown): boolean =>
  (value as { readonly format?: unknown } | null)?.format === SWEEP_FORMAT;

/** @throws UsageError for what is no file of a sweep. */
export function readSweepFile(path: string): SweepFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as a sweep: ${(cause as Error).message}. ${NAME_ONE}`, {
      cause,
    });
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const { path: place, message } = read.error.issues[0]!;
    throw new UsageError(`${path} cannot be read as a sweep: ${place.join('.')}: ${message}. ${NAME_ONE}`);
  }
  const { engine, bookHash, chainId, block, plan, chunks } = read.data;
  return {
    engine,
    bookHash,
    chainId,
    block,
    plan: asUsage(() => readPlan(plan), `${path} cannot be read as a sweep: `),
    chunks: chunks.map(({ from, to, hash, base64 }) => ({ from, to, hash, buffer: bytesOf(base64) })),
  };
}

const NAME_ONE = 'Name a file that "undertow sweep --out" wrote.';

/** The bytes in a buffer of their own: small ones of Node's share one. */
function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
