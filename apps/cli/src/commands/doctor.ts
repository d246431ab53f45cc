import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import type { DoctorOptions } from '../doctor/run-doctor.ts';
import { endpointUrl, wholeNumber } from '../option-values.ts';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check the set-up and say what to do about what is wrong; exits with 1 when something is.')
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .option('--rpc <url...>', 'endpoints to check', endpointUrl)
    .option('--chain <id>', 'chain id that they must serve', wholeNumber(1))
    .addHelpText(
      'after',
      '\nExamples:\n  undertow doctor\n  undertow doctor --rpc https://example.org --chain 1',
    )
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import('../doctor/run-doctor.ts');
      process.exitCode = await runDoctor(options);
    });
}
