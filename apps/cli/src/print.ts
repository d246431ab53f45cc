/** Writes to standard output and waits until it is taken, so that a long text is whole also in a pipe. */
export function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => {
      // The reader closed its end (`… | head`): there is nobody to tell.
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') fail(error);
      else done();
    });
  });
}
