import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The text of a file, unpacked where its name ends in `.gz`. */
export function openText(path: string): Readable {
  const file = createReadStream(path);
  if (!/\.gz$/i.test(path)) return file;
  // An error of the file is passed on to the text, and one of the text ends the file.
  return pipeline(file, createGunzip(), () => undefined);
}
