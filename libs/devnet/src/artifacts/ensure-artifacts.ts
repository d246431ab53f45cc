import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadDataError } from '@undertow/units';
import type { Abi } from 'viem';
import type { Artifact } from './artifact.ts';
import { digest, readCache, writeCache } from './artifact-cache.ts';
import { compileSolidity } from './compile-solidity.ts';
import {
  COMPILED,
  FEED_ORACLE_SETTINGS,
  MORPHO_SETTINGS,
  PRECOMPILED,
  type ContractName,
} from './contract-sources.ts';
import { fetchPackage } from './fetch-package.ts';
import { PINNED_PACKAGES, type PinnedPackage, type PinnedPackageKey } from './pinned-packages.ts';

export type Artifacts = Readonly<Record<ContractName, Artifact>>;

export interface ArtifactOptions {
  /** Folder of the cache. Default: `.undertow/artifacts` at the root of the project. */
  readonly cacheDir?: string;
  readonly onProgress?: (message: string) => void;
  /** The packages to take the contracts from; only tests give others. */
  readonly packages?: Readonly<Record<PinnedPackageKey, PinnedPackage>>;
}

const DEFAULT_CACHE_DIR = fileURLToPath(new URL('../../../../.undertow/artifacts', import.meta.url));
const FEED_ORACLE = new URL('./FeedOracle.sol', import.meta.url);

/**
 * All contracts that the local chain deploys. The first time, fetches the pinned packages (about 20 MB) and compiles
 * (about 10 s); afterwards reads one file. A damaged cache is made again.
 *
 * @throws BadDataError when a package is not the pinned one; RetryableError when it cannot be fetched now.
 */
export async function ensureArtifacts(options: ArtifactOptions = {}): Promise<Artifacts> {
  const cacheDir = options.cacheDir ?? DEFAULT_CACHE_DIR;
  const packages = options.packages ?? PINNED_PACKAGES;
  const feedOracle = await readFile(FEED_ORACLE, 'utf8');
  const settings = [packages, PRECOMPILED, COMPILED, MORPHO_SETTINGS, FEED_ORACLE_SETTINGS, 'solc 0.8.19'];
  const key = digest(JSON.stringify([settings, feedOracle])).slice(0, 16);
  const cached = await readCache(cacheDir, key);
  if (cached) return cached as Artifacts;
  const folder = await mkdtemp(join(tmpdir(), 'undertow-artifacts-'));
  try {
    const artifacts = await makeArtifacts({
      folder,
      packages,
      feedOracle,
      report: options.onProgress ?? (() => {}),
    });
    await writeCache(cacheDir, key, artifacts);
    return artifacts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Making {
  readonly folder: string;
  readonly packages: Readonly<Record<PinnedPackageKey, PinnedPackage>>;
  readonly feedOracle: string;
  readonly report: (message: string) => void;
}

async function makeArtifacts({ folder, packages, feedOracle, report }: Making): Promise<Artifacts> {
  const rootOf = (key: PinnedPackageKey) => join(folder, key, packages[key].folder);
  // All are waited for, also after a failure: one still unpacking would write into a folder that is being removed.
  const fetched = await Promise.allSettled(
    Object.entries(packages).map(async ([key, pinned]) => {
      report(`Fetching ${pinned.name}@${pinned.version}`);
      await fetchPackage(pinned, join(folder, key));
    }),
  );
  for (const outcome of fetched) if (outcome.status === 'rejected') throw outcome.reason;
  report('Compiling Morpho Blue');
  const compiled = await compileSolidity([
    { sources: await soliditySources(rootOf('morpho')), settings: MORPHO_SETTINGS },
    { sources: { 'FeedOracle.sol': { content: feedOracle } }, settings: FEED_ORACLE_SETTINGS },
  ]);
  const artifacts: Record<string, Artifact> = {};
  for (const [name, { from, file }] of Object.entries(PRECOMPILED)) {
    artifacts[name] = parseArtifact(name, await readFile(join(rootOf(from), file), 'utf8'));
  }
  for (const name of COMPILED) artifacts[name] = compiledArtifact(compiled, name);
  // Morpho emits its events from a library, so its own ABI lacks them.
  const events = compiledArtifact(compiled, 'EventsLib').abi.filter((item) => item.type === 'event');
  const morpho = compiledArtifact(compiled, 'Morpho');
  artifacts['Morpho'] = { ...morpho, abi: [...morpho.abi, ...events] };
  return artifacts as Artifacts;
}

function compiledArtifact(compiled: ReadonlyMap<string, Artifact>, name: string): Artifact {
  const artifact = compiled.get(name);
  if (!artifact)
    throw new BadDataError(`The compiler gave no contract ${name}; the pinned sources have changed.`);
  return artifact;
}

async function soliditySources(root: string): Promise<Record<string, { content: string }>> {
  const sources: Record<string, { content: string }> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.sol')) continue;
    const path = join(entry.parentPath, entry.name);
    sources[`src/${relative(root, path).split(sep).join('/')}`] = { content: await readFile(path, 'utf8') };
  }
  return sources;
}

/** Hardhat's artifact format, and the older one of Chainlink's package. */
interface PublishedArtifact {
  readonly abi?: Abi;
  readonly bytecode?: string;
  readonly linkReferences?: Record<string, Artifact['links']>;
  readonly compilerOutput?: {
    readonly abi: Abi;
    readonly evm: { readonly bytecode: { readonly object: string } };
  };
}

function parseArtifact(name: string, text: string): Artifact {
  const json = JSON.parse(text) as PublishedArtifact;
  const abi = json.abi ?? json.compilerOutput?.abi;
  const code = json.bytecode ?? json.compilerOutput?.evm.bytecode.object;
  if (!abi || !code) throw new BadDataError(`The pinned package has no ABI and bytecode of ${name}.`);
  const links = Object.assign({}, ...Object.values(json.linkReferences ?? {})) as Artifact['links'];
  return { name, abi, bytecode: code.startsWith('0x') ? code : `0x${code}`, links };
}
