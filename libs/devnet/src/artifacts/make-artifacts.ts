import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BadDataError } from '@undertow/units';
import type { Abi } from 'viem';
import type { ArtifactsByName } from './artifact-cache.ts';
import type { ArtifactSet, CompileStep, SourceTree } from './artifact-set.ts';
import type { Artifact } from './artifact.ts';
import { compileSolidity, linksOf } from './compile-solidity.ts';

/** Where the files of a set's package are, by the package's key. */
export type PackageFolders = ReadonlyMap<string, string>;

/** Makes the contracts of a set from its unpacked packages. */
export async function makeArtifacts(set: ArtifactSet, folders: PackageFolders): Promise<ArtifactsByName> {
  const artifacts: Record<string, Artifact> = {};
  for (const [name, { from, file }] of Object.entries(set.precompiled)) {
    artifacts[name] = parseArtifact(name, await readFile(join(folderOf(folders, from), file), 'utf8'));
  }
  for (const step of set.compile ?? []) Object.assign(artifacts, await compileStep(step, folders));
  return artifacts;
}

/** Solidity of our own that a set compiles: part of what its cache depends on. */
export async function ownSourcesOf(set: ArtifactSet): Promise<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const { ownSources = {} } of set.compile ?? [])
    for (const file of Object.values(ownSources)) sources[file] = await readOwn(file);
  return sources;
}

async function compileStep(step: CompileStep, folders: PackageFolders): Promise<ArtifactsByName> {
  const { compiler, contracts, eventsOf = {}, leaveOut } = step;
  const sources: Record<string, { content: string }> = {};
  let settings = step.settings;
  if (step.input) {
    const file = join(folderOf(folders, step.input.from), step.input.file);
    const complete = JSON.parse(await readFile(file, 'utf8')) as CompilerInputFile;
    for (const [path, source] of Object.entries(complete.sources))
      if (!leaveOut?.test(path)) sources[path] = source;
    settings ??= complete.settings;
  }
  for (const tree of step.sources ?? []) Object.assign(sources, await readTree(tree, folders));
  for (const [path, file] of Object.entries(step.ownSources ?? {})) {
    sources[path] = { content: await readOwn(file) };
  }
  const wanted = [...new Set([...Object.values(contracts), ...Object.values(eventsOf).flat()])];
  const compiled = await compileSolidity({ compiler, sources, settings: settings ?? {}, wanted });
  const artifacts: Record<string, Artifact> = {};
  for (const [name, inSource] of Object.entries(contracts)) {
    const artifact = compiled.get(inSource) as Artifact;
    const events = (eventsOf[name] ?? []).flatMap((other) =>
      (compiled.get(other) as Artifact).abi.filter((item) => item.type === 'event'),
    );
    artifacts[name] = { ...artifact, name, abi: [...artifact.abi, ...events] };
  }
  return artifacts;
}

interface CompilerInputFile {
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

async function readTree(
  { from, under = '', as, files }: SourceTree,
  folders: PackageFolders,
): Promise<Record<string, { content: string }>> {
  const root = join(folderOf(folders, from), under);
  const sources: Record<string, { content: string }> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.sol')) continue;
    const path = join(entry.parentPath, entry.name);
    const below = relative(root, path).split(sep).join('/');
    if (files && !files.includes(below)) continue;
    sources[as + below] = { content: await readFile(path, 'utf8') };
  }
  return sources;
}

function readOwn(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), 'utf8');
}

function folderOf(folders: PackageFolders, key: string): string {
  const folder = folders.get(key);
  if (folder === undefined) throw new Error(`bug: no package ${key} is pinned in this set of contracts`);
  return folder;
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
  return {
    name,
    abi,
    bytecode: code.startsWith('0x') ? code : `0x${code}`,
    links: linksOf(json.linkReferences),
  };
}
