import { Worker } from 'node:worker_threads';
import { BadDataError } from '@undertow/units';
import type { PackedReport } from './comparison.ts';
import type { ReportForm } from './report-form.ts';

/** What the thread draws: a form of a report by its file, or what changed between two. */
export type FormWork =
  | {
      readonly kind: 'form';
      readonly bundle: Uint8Array;
      readonly file: string;
      readonly address: string;
    }
  | {
      readonly kind: 'comparison';
      readonly before: PackedReport;
      readonly after: PackedReport;
      readonly file: string;
    };

/** What it answers: a form, none, why the reports cannot be compared, or what went wrong. */
export interface FormReply {
  readonly task: number;
  readonly form?: ReportForm | undefined;
  readonly refusal?: string;
  readonly problem?: string;
}

const THREAD = new URL('./form-thread.ts', import.meta.url);

interface Waiting {
  readonly resolve: (form: ReportForm | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** A thread that draws one thing after another; it starts when somebody asks, and one that is lost is replaced. */
export class FormLane {
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #tasks = 0;

  /** @throws BadDataError for what cannot be compared. */
  draw(work: FormWork): Promise<ReportForm | undefined> {
    return new Promise((resolve, reject) => {
      const task = this.#tasks++;
      this.#waiting.set(task, { resolve, reject });
      this.#open().postMessage({ task, work });
    });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #open(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(THREAD, { execArgv: [] });
    thread.unref();
    thread.on('message', (reply: FormReply) => this.#take(reply));
    // What it had to do fails.
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

  #take({ task, form, refusal, problem }: FormReply): void {
    const waiting = this.#waiting.get(task);
    this.#waiting.delete(task);
    if (refusal !== undefined) waiting?.reject(new BadDataError(refusal));
    else if (problem !== undefined)
      waiting?.reject(new Error(`a form of a report could not be drawn: ${problem}`));
    else waiting?.resolve(form);
  }
}
