/** Columns where nobody says how many there are: a file, a pipe. */
const USUAL = 100;
const NARROWEST = 60;

/** Longest line of prose that is easy to read, however wide the terminal. */
const LONGEST_LINE = 110;

/** Columns of the terminal that standard output goes to. */
export const terminalWidth = (): number => Math.max(process.stdout.columns ?? USUAL, NARROWEST);

/** Columns of prose in a terminal of so many. */
export const proseWidth = (width: number): number => Math.min(width, LONGEST_LINE);
