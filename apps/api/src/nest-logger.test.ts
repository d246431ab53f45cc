import { Writable } from 'node:stream';
import { pino } from 'pino';
import { inputError } from './errors.ts';
import { nestLogger } from './nest-logger.ts';

it('keeps what clients get wrong out of the log, and what we get wrong in it', () => {
  const lines: string[] = [];
  const kept = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const log = nestLogger(pino({ level: 'info' }, kept));
  log.error(inputError('first is 0; it must be from 1 to 500.'), undefined, 'ExceptionsHandler');
  expect(lines).toEqual([]);
  log.error(new Error('no memory'), undefined, 'ExceptionsHandler');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('no memory');
});
