import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { FormLane, type FormWork } from './form-lane.ts';
import type { ReportForm } from './report-form.ts';

/** What is to be drawn, and what tells it from all else. */
export interface FormWanted {
  readonly key: string;
  readonly work: FormWork;
}

/** Bytes of forms that are kept: of some hundred reports. */
const MOST_BYTES = 64 * 1_024 * 1_024;
/** Stands for a file that there is none of. */
const NO_FORM = { type: '', body: '' };

/** Draws forms of reports on a thread, and comparisons on another, so that who reads does not wait for who compares; keeps what it drew lately. */
export class ReportForms implements OnApplicationShutdown {
  readonly #kept = new LRUCache<string, ReportForm>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => Math.max(1, body.length),
  });
  readonly #asked = new Map<string, Promise<ReportForm | undefined>>();
  readonly #lanes = { form: new FormLane(), comparison: new FormLane() };

  /** A form; undefined where there is no such file. What is asked for twice at once is drawn once. */
  form({ key, work }: FormWanted): Promise<ReportForm | undefined> {
    const kept = this.#kept.get(key);
    if (kept) return Promise.resolve(kept === NO_FORM ? undefined : kept);
    const asked = this.#asked.get(key);
    if (asked) return asked;
    const drawn = this.#lanes[work.kind]
      .draw(work)
      .then((form) => {
        this.#kept.set(key, form ?? NO_FORM);
        return form;
      })
      .finally(() => this.#asked.delete(key));
    this.#asked.set(key, drawn);
    return drawn;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.#lanes).map((lane) => lane.close()));
  }
}
