/** Names under which Nest injects what is not a class. */
export const NETWORK = Symbol('network');
export const FACT_SOURCE = Symbol('fact source');
/** Where new heads are published, as `{ heads: Head }`. */
export const HEADS = Symbol('heads');
export const HEADS_TOPIC = 'heads';
