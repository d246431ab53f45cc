import { errorText } from '../error-text.ts';

interface Closer {
  readonly name: string;
  readonly close: () => Promise<unknown> | void;
}

/** Things to close, the newest first. What is added after the end is closed at once. */
export class Closers {
  readonly #closers: Closer[] = [];
  #closed = false;

  /** Whether the end has begun: what ends from now on is meant to. */
  get isClosing(): boolean {
    return this.#closed;
  }

  add(name: string, close: Closer['close']): void {
    this.#closers.push({ name, close });
    if (this.#closed) void this.closeAll();
  }

  /** Closes everything, whatever fails; gives one line per failure. */
  async closeAll(): Promise<string[]> {
    this.#closed = true;
    const failures: string[] = [];
    for (let next = this.#closers.pop(); next; next = this.#closers.pop()) {
      try {
        await next.close();
      } catch (error) {
        failures.push(`${next.name}: ${errorText(error)}`);
      }
    }
    return failures;
  }
}
