import { closeSync, fchmodSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export interface LogFileOptions {
  /** Bytes from which on it is put aside and begun anew; one that was put aside before goes. */
  readonly limitBytes?: number;
  /** Told once, until it can be written again. */
  readonly onFailure?: (error: Error) => void;
}

const LIMIT_BYTES = 10_000_000;

/**
 * A log that this process writes, for this user's eyes. It never grows beyond twice its limit, however long the programs run that fill it,
 * and one that cannot be written (the disk is full) stops nobody: lines are lost until it can be.
 */
export class LogFile {
  readonly path: string;
  readonly #limitBytes: number;
  readonly #onFailure: (error: Error) => void;
  #open: { readonly fd: number; bytes: number } | undefined;
  #isFailing = false;

  constructor(path: string, { limitBytes = LIMIT_BYTES, onFailure = () => {} }: LogFileOptions = {}) {
    this.path = path;
    this.#limitBytes = limitBytes;
    this.#onFailure = onFailure;
  }

  write(text: string | Buffer): void {
    try {
      const open = this.#opened();
      open.bytes += writeSync(open.fd, typeof text === 'string' ? Buffer.from(text) : text);
      this.#isFailing = false;
    } catch (error) {
      this.#close();
      if (!this.#isFailing) this.#onFailure(error as Error);
      this.#isFailing = true;
    }
  }

  #opened() {
    if (this.#open && this.#open.bytes >= this.#limitBytes) this.#close();
    this.#open ??= this.#begin();
    return this.#open;
  }

  #begin() {
    const open = this.#openFile();
    if (open.bytes < this.#limitBytes) return open;
    closeSync(open.fd);
    renameSync(this.path, `${this.path}.old`);
    return this.#openFile();
  }

  #openFile() {
    const fd = openSync(this.path, 'a', 0o600);
    // One of an older release could be read by everybody.
    fchmodSync(fd, 0o600);
    return { fd, bytes: fstatSync(fd).size };
  }

  #close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = undefined;
  }
}
