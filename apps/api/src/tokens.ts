/** Names under which Nest injects what is not a class. */
export const NETWORK = Symbol('network');
export const FACT_SOURCE = Symbol('fact source');
/** Where news is published: new heads as `{ heads: Head }`, what was done to flags as `FlagMessage`. */
export const NEWS = Symbol('news');
export const HEADS_TOPIC = 'heads';
export const FLAGS_TOPIC = 'oracleFlagChanges';
