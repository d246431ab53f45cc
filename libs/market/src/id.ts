/** A lower-case 0x-prefixed hexadecimal string. */
export type Hex = `0x${string}`;

/** A lower-case 0x-prefixed 20-byte address. Addresses are lower-cased where they enter, and never after. */
export type Address = Hex;

/** One protocol instance on one chain, such as `aave-v3@devnet`. */
export type VenueId = string;

/** The scope of one set of terms within a venue: a reserve's asset address, an e-mode `category:1`, a reserve in it `category:1:<asset>`, a Morpho market id. */
export type MarketId = string;

/** A price source on a chain: the address that a venue asks, or `venue:asset` when it is polled. */
export type FeedId = string;
