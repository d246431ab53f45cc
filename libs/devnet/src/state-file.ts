import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ConfigError } from '@undertow/units';
import type { Hex } from 'viem';
import type { Chain } from './evm/chain.ts';
import type { Actors } from './scene.ts';
import type { DevnetContracts } from './venues/venue-scene.ts';

/**
 * What is kept of a chain: this record in the state file itself, and beside it the chain as anvil writes it, in up to
 * two files: `.saved` (complete) and `.exit` (written by anvil while it ends; cut short when it is killed).
 */
export interface ChainRecord {
  readonly format: typeof FORMAT;
  readonly seed: number;
  readonly accounts: number;
  readonly chainId: number;
  readonly actors: Actors;
  readonly contracts: DevnetContracts;
  /** The head when the build ended: a loaded chain must still have it. */
  readonly built: { readonly number: number; readonly hash: Hex; readonly logs: number };
}

/** Raised whenever a build deploys something else, so that old chains are built anew. */
export const FORMAT = 4;

export const savedFile = (stateFile: string) => `${stateFile}.saved`;
export const exitFile = (stateFile: string) => `${stateFile}.exit`;

export interface Wanted extends Pick<ChainRecord, 'seed' | 'accounts' | 'chainId'> {
  readonly venues: readonly string[];
}

/**
 * The record of a state file; `undefined` when there is none, or none that can be read.
 *
 * @throws ConfigError when it is of a chain with another seed, number of accounts or chain id: it is never overwritten.
 */
export async function readRecord(
  stateFile: string,
  wanted: Wanted,
): Promise<ChainRecord | 'unreadable' | undefined> {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const record = parseRecord(text);
  if (!record) return 'unreadable';
  const venues = Object.keys(record.contracts.venues);
  for (const name of ['seed', 'accounts', 'chainId', 'venues'] as const) {
    const [held, asked] = [name === 'venues' ? venues : record[name], wanted[name]].map(
      (value) => String(value) || 'none',
    );
    if (held === asked) continue;
    throw new ConfigError(
      `${stateFile} holds a local chain with ${name} ${held}, but ${asked} was asked for. ` +
        'Ask for the same, choose another state file, or delete this one to build a new chain.',
    );
  }
  return record;
}

function parseRecord(text: string): ChainRecord | undefined {
  try {
    const record = JSON.parse(text) as ChainRecord;
    return record.format === FORMAT ? record : undefined;
  } catch {
    return undefined;
  }
}

export async function writeRecord(stateFile: string, record: ChainRecord): Promise<void> {
  await writeAtomically(stateFile, JSON.stringify(record, undefined, 2));
}

/** Chains to try, newest first. */
export async function chainFiles(stateFile: string): Promise<string[]> {
  const found: { file: string; time: number }[] = [];
  for (const file of [exitFile(stateFile), savedFile(stateFile)]) {
    const stats = await stat(file).catch(() => undefined);
    if (stats) found.push({ file, time: stats.mtimeMs });
  }
  return found.sort((a, b) => b.time - a.time).map(({ file }) => file);
}

/** Writes the running chain to `.saved`: at every moment the file is whole, the last one or the new one. */
export async function saveChain(stateFile: string, chain: Chain): Promise<void> {
  const zipped = await chain.rpc<Hex>('anvil_dumpState');
  await writeAtomically(savedFile(stateFile), await promisify(gunzip)(Buffer.from(zipped.slice(2), 'hex')));
}

/** What anvil wrote while it ended normally becomes the saved chain. A second call finds nothing to do. */
export async function keepExitDump(stateFile: string): Promise<void> {
  const written = await stat(exitFile(stateFile)).catch(() => undefined);
  if (written) await rename(exitFile(stateFile), savedFile(stateFile));
}

/** Removes everything of a state file. */
export async function forgetChain(stateFile: string): Promise<void> {
  for (const file of [stateFile, savedFile(stateFile), exitFile(stateFile)]) await rm(file, { force: true });
}

/** Not for two at a time on one file: they have one draft, so that a killed process leaves only one behind. */
async function writeAtomically(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  try {
    await writeFile(draft, content, { flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
