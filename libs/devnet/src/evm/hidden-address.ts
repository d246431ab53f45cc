import { randomBytes } from 'node:crypto';

/**
 * A loopback address that nobody can guess, for a server that asks nobody who they are: a page of the web can open connections to this
 * machine, but not try 16 million addresses. Where only 127.0.0.1 is a loopback address (macOS), that one.
 */
export function hiddenAddress(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return '127.0.0.1';
  const [second, third, fourth] = randomBytes(3);
  // The last is none of the ends, which are a network's own.
  return `127.${second}.${third}.${1 + (fourth! % 254)}`;
}
