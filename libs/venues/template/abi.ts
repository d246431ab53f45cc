import type { AbiEvent } from 'viem';

/**
 * Events that say something, from the protocol's own artifacts, one `parseAbi(['event …'])[0]` (viem/utils) per name.
 * Make it `{ … } as const` with the first one: the decoder's arguments get their types from here.
 */
export const newVenueEvents: Readonly<Record<string, AbiEvent>> = {};
