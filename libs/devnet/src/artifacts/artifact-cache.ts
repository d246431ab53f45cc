import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './artifact.ts';

export type ArtifactsByName = Readonly<Record<string, Artifact>>;

/** What a cache file holds; `undefined` when there is none, or when it is damaged or half-written. */
export async function readCache(file: string): Promise<ArtifactsByName | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  if (text.slice(0, end) !== digest(text.slice(end + 1))) return undefined;
  return JSON.parse(text.slice(end + 1)) as ArtifactsByName;
}

/** Readers see the old content or the whole new one, never a part. */
export async function writeCache(file: string, artifacts: ArtifactsByName): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const body = JSON.stringify(artifacts);
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${digest(body)}\n${body}`);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
