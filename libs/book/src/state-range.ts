/** The largest integer of a contract. */
export const GREATEST_WORD = 2n ** 256n - 1n;
