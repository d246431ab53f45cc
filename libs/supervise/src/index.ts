export { spawnTethered } from './spawn-tethered.ts';
export type { Tethered, TetheredOptions } from './spawn-tethered.ts';
export { isRunning, processIdentity } from './process-identity.ts';
export { RestartLimit, RESTART_RULES } from './restart-limit.ts';
export type { RestartRules } from './restart-limit.ts';
export { tempFolder } from './temp-folder.ts';
