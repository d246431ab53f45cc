import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BadDataError } from '@undertow/units';
import type { Abi } from 'viem';
import type { Artifact } from './artifact.ts';
import type { Compiler } from './artifact-set.ts';

/** One run of a compiler. */
export interface CompilerInput {
  readonly compiler: Compiler;
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of the contracts wanted; code is made for no others. */
  readonly wanted: readonly string[];
}

/**
 * Compiles in a worker thread: the wanted contracts by name.
 *
 * @throws BadDataError with the compiler's own words, or naming a contract that is not in the sources.
 */
export async function compileSolidity(input: CompilerInput): Promise<ReadonlyMap<string, Artifact>> {
  const { compiler, sources, settings, wanted } = input;
  const output = ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences'];
  const outputSelection = { '*': Object.fromEntries(wanted.map((name) => [name, output])) };
  const json = JSON.stringify({ language: 'Solidity', sources, settings: { ...settings, outputSelection } });
  const worker = new Worker(new URL('./compile.worker.mjs', import.meta.url), {
    workerData: { compiler, input: json },
    execArgv: [],
  });
  try {
    const [compiled] = (await once(worker, 'message')) as [string];
    const contracts = new Map(artifactsOf(compiled, wanted).map((artifact) => [artifact.name, artifact]));
    for (const name of wanted) {
      if (contracts.has(name)) continue;
      throw new BadDataError(`${compiler} gave no contract ${name}; the pinned sources have changed.`);
    }
    return contracts;
  } finally {
    await worker.terminate();
  }
}

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Record<string, Record<string, CompiledContract>>;
}

interface CompiledContract {
  readonly abi: Abi;
  readonly evm: {
    readonly bytecode: { readonly object: string; readonly linkReferences?: LinkReferences };
  };
}

/** By file and library: where its address goes. */
type LinkReferences = Readonly<Record<string, Artifact['links']>>;

function artifactsOf(json: string, wanted: readonly string[]): Artifact[] {
  const output = JSON.parse(json) as CompilerOutput;
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error');
  if (errors.length > 0) {
    throw new BadDataError(
      `Solidity does not compile: ${errors.map((error) => error.formattedMessage).join('\n')}`,
    );
  }
  return Object.values(output.contracts ?? {}).flatMap((contracts) =>
    Object.entries(contracts).flatMap(([name, { abi, evm }]) => {
      if (!wanted.includes(name)) return [];
      const { object, linkReferences } = evm.bytecode;
      return [{ name, abi, bytecode: `0x${object}`, links: linksOf(linkReferences) }];
    }),
  );
}

/** Links by library alone: no two libraries of a contract have one name. */
export function linksOf(references: LinkReferences = {}): Artifact['links'] {
  return Object.assign({}, ...Object.values(references)) as Artifact['links'];
}
