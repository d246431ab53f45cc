import type { EngineKind } from '@undertow/cascade';

/** The engine that threads run unless another is asked for: it is part of the key of a sweep. */
export const POOL_ENGINE: EngineKind = 'fast';
