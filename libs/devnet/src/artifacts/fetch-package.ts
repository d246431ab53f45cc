import pacote from 'pacote';
import { BadDataError, RetryableError } from '@undertow/units';
import type { PinnedPackage } from './pinned-packages.ts';

/**
 * Unpacks a pinned package into a folder, without its dependencies and without running anything of it. Uses npm's own
 * cache, so a second time needs no network.
 *
 * @throws BadDataError when the bytes are not the pinned ones; RetryableError when they cannot be had now.
 */
export async function fetchPackage(
  { name, version, integrity }: PinnedPackage,
  folder: string,
): Promise<void> {
  const registry = process.env['npm_config_registry'];
  try {
    await pacote.extract(`${name}@${version}`, folder, { integrity, ...(registry ? { registry } : {}) });
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    if (code === 'EINTEGRITY') {
      throw new BadDataError(
        `${name}@${version} is not the package that was pinned (${integrity.slice(0, 20)}…): the registry or a proxy ` +
          'gave other bytes. Nothing of it was used; check the registry that npm is set to.',
        { cause },
      );
    }
    throw new RetryableError(
      `Cannot fetch ${name}@${version} (${code ?? (cause as Error).message}). The local chain needs it once; connect ` +
        'to the npm registry (or a mirror, set with npm config) and start again.',
      { cause },
    );
  }
}
