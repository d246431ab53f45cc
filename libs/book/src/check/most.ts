/** The largest value of anything, USD: a thousand million times all the money there is. */
export const MOST_USD = 1e24;

/** The largest price of a whole unit, USD: a unit of 77 decimals is more than there is of any. Its products stay finite. */
export const MOST_PRICE_USD = 1e90;

/** The largest number of a depth curve: beyond what any pool's prices come to, and its square times a price is finite. */
export const MOST_DEPTH = 1e60;

/** The largest whole units that a cap, a capacity or a stake may say: a word of 256 bits without decimals is below. */
export const MOST_UNITS = 1e90;

/** The last time that a date can say, unix seconds. */
export const MOST_TIME = 8_640_000_000_000;
