import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './artifact.ts';

export type ArtifactSet = Readonly<Record<string, Artifact>>;

/** What the cache holds under a key; `undefined` when there is nothing, or when it is damaged or half-written. */
export async function readCache(cacheDir: string, key: string): Promise<ArtifactSet | undefined> {
  const text = await readFile(cacheFile(cacheDir, key), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  if (text.slice(0, end) !== digest(text.slice(end + 1))) return undefined;
  return JSON.parse(text.slice(end + 1)) as ArtifactSet;
}

/** Stores under a key. Readers see the old content or the whole new one, never a part. */
export async function writeCache(cacheDir: string, key: string, artifacts: ArtifactSet): Promise<void> {
  await mkdir(cacheDir, { recursive: true });
  const body = JSON.stringify(artifacts);
  const draft = `${cacheFile(cacheDir, key)}.${randomUUID()}`;
  try {
    await writeFile(draft, `${digest(body)}\n${body}`);
    await rename(draft, cacheFile(cacheDir, key));
  } finally {
    await rm(draft, { force: true });
  }
}

export function cacheFile(cacheDir: string, key: string): string {
  return join(cacheDir, `contracts-${key}.json`);
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
