import type { PinnedPackage } from './pinned-packages.ts';

/** Compilers that are installed, by the name of their npm package. */
export type Compiler = 'solc-0.8.19' | 'solc-0.8.24' | 'solc-0.8.27';

/** The contracts of one protocol: where they come from. Fetched, compiled and cached on their own. */
export interface ArtifactSet {
  /** Names its file in the cache. */
  readonly id: string;
  /** For progress messages. */
  readonly title: string;
  readonly packages: Readonly<Record<string, PinnedPackage>>;
  /** Contracts that a package carries compiled, by the name they have with us: the package and the file in its folder. */
  readonly precompiled: Readonly<Record<string, PackageFile>>;
  readonly compile?: readonly CompileStep[];
}

export interface PackageFile {
  /** Key of the package. */
  readonly from: string;
  /** Path below the package's folder. */
  readonly file: string;
}

/** One run of a compiler. */
export interface CompileStep {
  readonly compiler: Compiler;
  /** Folders of packages whose Solidity files are given to the compiler. */
  readonly sources?: readonly SourceTree[];
  /** Solidity of our own: the path that the compiler is told, and the file beside `artifact-set.ts`. */
  readonly ownSources?: Readonly<Record<string, string>>;
  /** A complete compiler input that a package carries: its sources and, unless given below, its settings. */
  readonly input?: PackageFile;
  /** Sources of `input` whose path matches are left out. */
  readonly leaveOut?: RegExp;
  /** Compiler settings, without `outputSelection`. Default: those of `input`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Contracts to keep: the name they have with us, and the one in the source. */
  readonly contracts: Readonly<Record<string, string>>;
  /** Contracts in the source whose events are added to the ABI of a kept one: our name, and the others' in the source. */
  readonly eventsOf?: Readonly<Record<string, readonly string[]>>;
}

export interface SourceTree {
  /** Key of the package. */
  readonly from: string;
  /** Folder below the package's folder. Default: all of it. */
  readonly under?: string;
  /** What the compiler is told instead of the path to that folder, such as `src/`. */
  readonly as: string;
  /** The only files wanted, by their path below that folder. Default: all. */
  readonly files?: readonly string[];
}

/** Names of the contracts of a set (of any of them, for a union of sets). */
export type NamesOf<Set extends ArtifactSet> = Set extends unknown
  ? (keyof Set['precompiled'] & string) | CompiledNamesOf<Set>
  : never;

type CompiledNamesOf<Set> = Set extends {
  readonly compile: readonly { readonly contracts: infer Contracts }[];
}
  ? NamesIn<Contracts>
  : never;

type NamesIn<Contracts> = Contracts extends unknown ? keyof Contracts & string : never;

/** The file of a contract in Hardhat's output: `lens/Quoter` is in `lens/Quoter.sol/Quoter.json`. */
export function hardhat<Key extends string>(
  from: Key,
  path: string,
): { readonly from: Key; readonly file: string } {
  return { from, file: `${path}.sol/${path.slice(path.lastIndexOf('/') + 1)}.json` };
}
