import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '@undertow/supervise';
import type { Artifact } from './artifact.ts';
import { digest, readCache, writeCache, type ArtifactsByName } from './artifact-cache.ts';
import type { ArtifactSet } from './artifact-set.ts';
import { fetchPackage } from './fetch-package.ts';
import { makeArtifacts, ownSourcesOf, type PackageFolders } from './make-artifacts.ts';
import type { PinnedPackage } from './pinned-packages.ts';
import { ARTIFACT_SETS, type ContractName } from './sets/index.ts';

export type Artifacts = Readonly<Record<ContractName, Artifact>>;

export interface ArtifactOptions {
  /** Folder of the cache. Default: `.undertow/artifacts` at the root of the project. */
  readonly cacheDir?: string;
  readonly onProgress?: (message: string) => void;
  /** What to make; only tests give other sets. */
  readonly sets?: readonly ArtifactSet[];
}

const DEFAULT_CACHE_DIR = fileURLToPath(new URL('../../../../.undertow/artifacts', import.meta.url));

/** Compilers take a core and up to a gigabyte each. */
const SETS_AT_ONCE = 2;

/**
 * All contracts that the local chain deploys. The first time, fetches the pinned packages and compiles; afterwards
 * reads one file per set. A set whose file is damaged, or made from something else, is made again; the others stay.
 *
 * @throws BadDataError when a package is not the pinned one; RetryableError when it cannot be fetched now.
 */
export async function ensureArtifacts(options: ArtifactOptions = {}): Promise<Artifacts> {
  const { cacheDir = DEFAULT_CACHE_DIR, onProgress: report = () => {}, sets = ARTIFACT_SETS } = options;
  const folder = tempFolder('undertow-artifacts');
  const fetchOnce = sharedFetch(folder, report);
  const waiting = sets.map((set, index) => ({ set, index }));
  const made: ArtifactsByName[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      made[next.index] = await ensureSet(next.set, { cacheDir, report, fetchOnce });
    }
  }
  try {
    // All are waited for, also after a failure: one still unpacking would write into a folder that is being removed.
    const outcomes = await Promise.allSettled(Array.from({ length: SETS_AT_ONCE }, work));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return merge(made) as Artifacts;
}

interface Making {
  readonly cacheDir: string;
  readonly report: (message: string) => void;
  readonly fetchOnce: (pinned: PinnedPackage) => Promise<string>;
}

async function ensureSet(
  set: ArtifactSet,
  { cacheDir, report, fetchOnce }: Making,
): Promise<ArtifactsByName> {
  const asText = (_: string, value: unknown) => (value instanceof RegExp ? String(value) : value);
  const key = digest(JSON.stringify([set, await ownSourcesOf(set)], asText)).slice(0, 16);
  const file = join(cacheDir, `${set.id}-${key}.json`);
  const cached = await readCache(file);
  if (cached) return cached;
  const folders: PackageFolders = new Map(
    await settled(
      Object.entries(set.packages).map(
        async ([name, pinned]) => [name, join(await fetchOnce(pinned), pinned.folder)] as const,
      ),
    ),
  );
  if (set.compile) report(`Compiling ${set.title}`);
  const artifacts = await makeArtifacts(set, folders);
  await writeCache(file, artifacts);
  return artifacts;
}

/** Fetches each package once, also when several sets use it; answers with its folder. */
function sharedFetch(folder: string, report: (message: string) => void): Making['fetchOnce'] {
  const fetched = new Map<string, Promise<string>>();
  return (pinned) => {
    const name = `${pinned.name}@${pinned.version}`;
    let fetching = fetched.get(name);
    if (!fetching) {
      report(`Fetching ${name}`);
      const into = join(folder, String(fetched.size));
      fetching = fetchPackage(pinned, into).then(() => into);
      fetched.set(name, fetching);
    }
    return fetching;
  };
}

/** As `Promise.all`, but waits for all also when one fails. */
async function settled<Result>(promises: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function merge(sets: readonly ArtifactsByName[]): ArtifactsByName {
  const all: Record<string, Artifact> = {};
  for (const set of sets) {
    for (const [name, artifact] of Object.entries(set)) {
      if (name in all) throw new Error(`bug: two sets of contracts have one of the name ${name}`);
      all[name] = artifact;
    }
  }
  return all;
}
