import { CommanderError } from 'commander';
import { explainError, UsageError } from './explain-error.ts';
import { buildProgram } from './program.ts';

/** Wrong arguments, as most commands of a shell have it. */
const USAGE = 2;

const program = buildProgram();
try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own message.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else {
    process.stderr.write(`${explainError(error, program.opts<{ verbose?: boolean }>().verbose === true)}\n`);
    process.exitCode = error instanceof UsageError ? USAGE : 1;
  }
}
