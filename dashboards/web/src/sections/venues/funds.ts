import type { Venue } from './load.ts';

/** The funds that hold or owe something. Empty ones say nothing: a deficit of nothing least of all. */
export const fundsOf = ({ funds }: Venue): Venue['funds'] => funds.filter(({ amount }) => amount !== 0);
