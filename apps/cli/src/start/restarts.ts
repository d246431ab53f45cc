import { errorText } from '../error-text.ts';
import { readableText } from '../readable-text.ts';

/** Of one part: how often it was started again, and why the last time. */
export interface Restarted {
  readonly name: string;
  readonly times: number;
  readonly how: string;
  /** Of the last time, milliseconds since 1970. */
  readonly at: number;
}

/** What was started again since the start, told to people as it happens. */
export class Restarts {
  readonly #byName = new Map<string, Restarted>();
  readonly #publish: (restarted: readonly Restarted[]) => void;
  readonly #say: (line: string) => void;

  /** `publish` gets all of it each time, for the other commands. */
  constructor(
    publish: (restarted: readonly Restarted[]) => void,
    say: (line: string) => void = (line) => process.stderr.write(line),
  ) {
    this.#publish = publish;
    this.#say = say;
  }

  note(name: string, how: string): void {
    const times = (this.#byName.get(name)?.times ?? 0) + 1;
    this.#byName.set(name, { name, times, how, at: Date.now() });
    const often = times === 1 ? 'the first time' : `${times} times now`;
    this.#say(readableText(`undertow: ${name} ${how}. It is started again (${often}).\n`));
    try {
      this.#publish([...this.#byName.values()]);
    } catch (error) {
      // A disk that is full must not keep a part from being started again.
      this.#say(`undertow: Restarts cannot be written down: ${errorText(error)}.\n`);
    }
  }
}
