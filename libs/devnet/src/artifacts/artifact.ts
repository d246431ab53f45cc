import type { Abi, Hex } from 'viem';
import { assert } from '@undertow/units';

/** A compiled contract: what is needed to deploy it and to talk to it. */
export interface Artifact {
  readonly name: string;
  readonly abi: Abi;
  /** Creation code; holds placeholders while libraries are not linked. */
  readonly bytecode: string;
  /** Where the addresses of libraries go, in bytes from the start of the code. */
  readonly links: Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>;
}

/** Creation code with the addresses of its libraries filled in. */
export function linkBytecode(artifact: Artifact, libraries: Readonly<Record<string, Hex>> = {}): Hex {
  let code = artifact.bytecode.slice(2);
  for (const [library, places] of Object.entries(artifact.links)) {
    const address = libraries[library];
    assert(address, `${artifact.name} needs the library ${library}, which is not deployed`);
    for (const { start, length } of places) {
      code = code.slice(0, start * 2) + address.slice(2) + code.slice((start + length) * 2);
    }
  }
  assert(/^[0-9a-f]+$/i.test(code), `${artifact.name} still has unlinked libraries`);
  return `0x${code}`;
}
