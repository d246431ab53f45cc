import { readableText } from './readable-text.ts';

/**
 * Writes to standard output and waits until it is taken, so that a long text is whole also in a pipe.
 *
 * @returns false when nobody reads any more (`… | head`): there is nobody to tell.
 */
export function print(text: string): Promise<boolean> {
  if (process.stdout.listenerCount('error', ignoreClosedPipe) === 0)
    process.stdout.on('error', ignoreClosedPipe);
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => {
      if (error && !isClosedPipe(error)) fail(error);
      else done(!error);
    });
  });
}

const isClosedPipe = (error: Error) => (error as NodeJS.ErrnoException).code === 'EPIPE';

/** A stream tells of its end by an event too, and one that nobody hears ends the program. */
function ignoreClosedPipe(error: Error): void {
  if (!isClosedPipe(error)) throw error;
}

/** Writes text for people, without what a terminal would obey. */
export async function printReadable(text: string): Promise<void> {
  await print(readableText(text));
}

/** Characters that are written at once. */
const AT_ONCE = 1 << 20;

/** Writes a text that comes in pieces, which together may be longer than a string can be. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const text of gathered(pieces)) {
    if (!(await print(text))) return;
  }
}

/** Small pieces joined into some of about a million characters. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < AT_ONCE) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
