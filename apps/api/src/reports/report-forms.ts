import { Worker } from 'node:worker_threads';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ReportForm } from './report-form.ts';

/** What the thread is sent. */
export interface FormTask {
  readonly task: number;
  /** Of the bundle. */
  readonly gzip: Uint8Array;
  readonly file: string;
  readonly address: string;
}

/** What it answers: a form, none, or what went wrong. */
export interface FormReply {
  readonly task: number;
  readonly form?: ReportForm | undefined;
  readonly problem?: string;
}

/** Which form of which report. */
export interface FormWanted extends Omit<FormTask, 'task'> {
  /** Tells these bytes of a bundle from all others. */
  readonly key: string;
}

const THREAD = new URL('./form-thread.ts', import.meta.url);
/** Bytes of forms that are kept: of some hundred reports. */
const MOST_BYTES = 64 * 1_024 * 1_024;
/** A report that was read lately is likely to be read again; all forms of it come from one bundle. */
const NO_FORM = { type: '', body: '' };

interface Waiting {
  readonly resolve: (form: ReportForm | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** Draws forms of reports on a thread of its own, which starts when somebody asks, and keeps what it drew lately. */
export class ReportForms implements OnApplicationShutdown {
  readonly #kept = new LRUCache<string, ReportForm>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => Math.max(1, body.length),
  });
  readonly #asked = new Map<string, Promise<ReportForm | undefined>>();
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #tasks = 0;

  /** A form; undefined where a report has no such file. What is asked for twice at once is drawn once. */
  form({ key, ...task }: FormWanted): Promise<ReportForm | undefined> {
    const name = JSON.stringify([key, task.file, task.address]);
    const kept = this.#kept.get(name);
    if (kept) return Promise.resolve(kept === NO_FORM ? undefined : kept);
    const asked = this.#asked.get(name);
    if (asked) return asked;
    const drawn = this.#draw(task)
      .then((form) => {
        this.#kept.set(name, form ?? NO_FORM);
        return form;
      })
      .finally(() => this.#asked.delete(name));
    this.#asked.set(name, drawn);
    return drawn;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#thread?.terminate();
  }

  #draw(wanted: Omit<FormTask, 'task'>): Promise<ReportForm | undefined> {
    return new Promise((resolve, reject) => {
      const task = this.#tasks++;
      this.#waiting.set(task, { resolve, reject });
      this.#open().postMessage({ task, ...wanted } satisfies FormTask);
    });
  }

  #open(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(THREAD, { execArgv: [] });
    thread.unref();
    thread.on('message', ({ task, form, problem }: FormReply) => {
      const waiting = this.#waiting.get(task);
      this.#waiting.delete(task);
      if (problem === undefined) waiting?.resolve(form);
      else waiting?.reject(new Error(`a form of a report could not be drawn: ${problem}`));
    });
    // A thread that ends fails what it had to do; the next form gets another.
    const lost = (cause: unknown): void => {
      if (this.#thread === thread) this.#thread = undefined;
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of waiting) reject(cause);
    };
    thread.on('error', lost);
    thread.on('exit', () => lost(new Error('the thread that draws reports ended')));
    this.#thread = thread;
    return thread;
  }
}
