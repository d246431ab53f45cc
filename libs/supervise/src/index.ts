export { spawnTethered } from './spawn-tethered.ts';
export type { Tethered, TetheredOptions } from './spawn-tethered.ts';
export { isRunning, processIdentity } from './process-identity.ts';
