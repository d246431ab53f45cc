import type { Command } from 'commander';
import { wholeNumber } from './option-values.ts';

/** More than any machine has cores for; each takes memory of its own. */
const MOST = 1_024;

/** How many threads run the engine. */
export const addThreadsOption = (command: Command): Command =>
  command.option(
    '--threads <number>',
    'threads that run scenarios (default: one for each core); results are the same for any number',
    wholeNumber(1, MOST),
  );
