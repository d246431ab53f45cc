import { BadDataError } from '@undertow/units';
import { Piscina } from 'piscina';
import type { Kind, Piece, Reply, ResultOf } from './kinds.ts';
import { LostThreadError } from './lost-thread-error.ts';

const THREAD = new URL('./thread.ts', import.meta.url).href;

/** How long a thread that has nothing to do is kept with its books. */
const IDLE_MS = 60_000;

/** How many threads, and how large each may become. */
export interface ThreadsOptions {
  readonly threads: number;
  /** Megabytes of objects that a thread may hold; books are shared and do not count. */
  readonly heapMb: number;
}

/** Threads that do pieces. They start when there is something to do; one that is lost is replaced. */
export class Threads {
  readonly #heapMb: number;
  readonly #piscina: Piscina<Piece, Reply>;

  constructor({ threads, heapMb }: ThreadsOptions) {
    this.#heapMb = heapMb;
    this.#piscina = new Piscina<Piece, Reply>({
      filename: THREAD,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      // What this process was started with is for it alone.
      execArgv: [],
      recordTiming: false,
    });
    // Without a listener, a thread that ends while it does nothing would end the process. Who asked hears of the others.
    this.#piscina.on('error', () => undefined);
  }

  /** Does a piece on a free thread. Throws BadDataError for what was asked wrongly, LostThreadError when the thread ended. */
  async do<K extends Kind>(piece: Piece<K>): Promise<readonly ResultOf<K>[]> {
    let reply: Reply;
    try {
      reply = await this.#piscina.run(piece as Piece);
    } catch (cause) {
      throw this.#told(cause);
    }
    if ('problem' in reply) throw new BadDataError(reply.problem);
    return reply.results as readonly ResultOf<K>[];
  }

  /** Ends all threads, whatever they do. */
  close(): Promise<void> {
    return this.#piscina.destroy();
  }

  #told(cause: unknown): unknown {
    const { code, message = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY')
      return new LostThreadError(
        `What was asked needs more memory than a thread may take (${this.#heapMb} MB): ask for less at once, or allow more.`,
        { cause },
      );
    if (message.includes('exited with code'))
      return new LostThreadError('The thread that computed this ended. Ask again.', { cause });
    return cause;
  }
}
