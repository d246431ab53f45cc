import { join } from 'node:path';
import { errorText } from '../error-text.ts';
import { LogFile } from '../log-file.ts';

/** The log of a program in a data folder. Where it cannot be written, people are told, and the program goes on without. */
export function openLog(folder: string, name: string): LogFile {
  const path = join(folder, 'logs', `${name}.log`);
  const onFailure = (error: Error): unknown =>
    process.stderr.write(
      `undertow: ${path} cannot be written: ${errorText(error)}. It goes on without its log.\n`,
    );
  return new LogFile(path, { onFailure });
}
