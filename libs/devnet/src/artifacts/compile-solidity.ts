import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BadDataError } from '@undertow/units';
import type { Abi } from 'viem';
import type { Artifact } from './artifact.ts';

/** One run of the compiler. */
export interface CompilerInput {
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Compiles with solc 0.8.19 in a worker thread: all contracts of all inputs by name.
 *
 * @throws BadDataError with the compiler's own words.
 */
export async function compileSolidity(
  inputs: readonly CompilerInput[],
): Promise<ReadonlyMap<string, Artifact>> {
  const worker = new Worker(new URL('./compile.worker.mjs', import.meta.url), {
    workerData: { inputs: inputs.map(standardJson) },
    execArgv: [],
  });
  try {
    const [outputs] = (await once(worker, 'message')) as [string[]];
    const contracts = new Map<string, Artifact>();
    for (const output of outputs)
      for (const artifact of artifactsOf(output)) contracts.set(artifact.name, artifact);
    return contracts;
  } finally {
    await worker.terminate();
  }
}

function standardJson({ sources, settings }: CompilerInput): string {
  const outputSelection = { '*': { '*': ['abi', 'evm.bytecode.object'] } };
  return JSON.stringify({ language: 'Solidity', sources, settings: { ...settings, outputSelection } });
}

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
}

function* artifactsOf(json: string): Generator<Artifact> {
  const output = JSON.parse(json) as CompilerOutput;
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error');
  if (errors.length > 0) {
    throw new BadDataError(
      `Solidity does not compile: ${errors.map((error) => error.formattedMessage).join('\n')}`,
    );
  }
  for (const contracts of Object.values(output.contracts ?? {})) {
    for (const [name, { abi, evm }] of Object.entries(contracts)) {
      yield { name, abi, bytecode: `0x${evm.bytecode.object}`, links: {} };
    }
  }
}
