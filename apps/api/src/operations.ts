import { leftError } from './errors.ts';

interface Open {
  readonly id: string;
  readonly controller: AbortController;
  readonly release: () => void;
}

/**
 * What is being answered over one socket. An operation is open until its answer is made, also when its client has ended it before: it
 * then is only told that nobody waits for it any more. Each goes by the message that began it, since ids may come again.
 */
export class Operations {
  readonly #open = new Map<object, Open>();

  get count(): number {
    return this.#open.size;
  }

  begin(id: string, message: object, release: () => void): void {
    this.#open.set(message, { id, controller: new AbortController(), release });
  }

  signalOf(message: object): AbortSignal | undefined {
    return this.#open.get(message)?.controller.signal;
  }

  /** The answer is made, or nobody can be told any. */
  end(message: object): void {
    this.#open.get(message)?.release();
    this.#open.delete(message);
  }

  /** Its client waits for it no longer. */
  leave(id: string): void {
    for (const open of this.#open.values()) if (open.id === id) open.controller.abort(leftError());
  }

  /** The socket is closed. */
  leaveAll(): void {
    for (const { controller, release } of this.#open.values()) {
      controller.abort(leftError());
      release();
    }
    this.#open.clear();
  }
}
