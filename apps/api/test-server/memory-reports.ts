import type { StoredBundle, StoredReport, StoredReportBook, StoredReportRun } from '@undertow/store';
import type { ReportSource } from '../src/reports/report-source.ts';

/** Reports kept in memory, as the store keeps them. */
export class MemoryReports implements ReportSource {
  readonly #chainId: number;
  readonly #runs = new Map<string, StoredReportRun>();
  readonly #books = new Map<string, StoredReportBook>();
  readonly #reports = new Map<string, StoredReport & StoredBundle>();
  readonly #claimed = new Set<string>();
  /** When runs begin and reports are made, unix seconds. */
  now = 1_700_000_000;

  constructor(chainId: number) {
    this.#chainId = chainId;
  }

  async start(run: Parameters<ReportSource['start']>[0]): Promise<StoredReportRun> {
    const known = this.#runs.get(run.id);
    if (known?.state === 'done' || known?.state === 'running') return known;
    const begun: StoredReportRun = {
      ...{ ...run, chainId: this.#chainId, state: 'running', reason: undefined },
      ...{ report: undefined, startedAt: this.now, endedAt: undefined },
    };
    this.#runs.delete(run.id);
    this.#runs.set(run.id, begun);
    return begun;
  }

  async end(id: string, { state, reason, report }: Parameters<ReportSource['end']>[1]): Promise<boolean> {
    const run = this.#runs.get(id);
    if (!run || run.state === 'done') return false;
    this.#runs.set(id, { ...run, state, reason, report, endedAt: this.now });
    return true;
  }

  async claim(id: string) {
    if (this.#claimed.has(id)) return undefined;
    this.#claimed.add(id);
    const release = () => Promise.resolve(void this.#claimed.delete(id));
    return { lost: new Promise<void>(() => undefined), release };
  }

  async runs({ id, state, schedule, most }: Parameters<ReportSource['runs']>[0]) {
    return [...this.#runs.values()]
      .reverse()
      .filter(
        (run) =>
          (id ?? run.id) === run.id &&
          (state ?? run.state) === run.state &&
          (schedule ?? run.schedule) === run.schedule,
      )
      .slice(0, most);
  }

  async holdBook(hash: string): Promise<boolean> {
    return this.#books.has(hash);
  }

  async keepBook(hash: string, book: StoredReportBook): Promise<void> {
    this.#books.set(hash, book);
  }

  async keep(report: Parameters<ReportSource['keep']>[0]): Promise<void> {
    if (!this.#books.has(report.bookHash)) throw new Error('the book of a report is kept before it');
    if (this.#reports.has(report.id)) return;
    const number = this.#reports.size + 1;
    const of = { chainId: this.#chainId, number, signers: [], madeAt: this.now };
    this.#reports.set(report.id, { ...report, ...of });
  }

  #found({ id, kind, venue, text, isScheduled }: Parameters<ReportSource['count']>[0]) {
    const letters = text?.toLowerCase() ?? '';
    return [...this.#reports.values()]
      .reverse()
      .filter(
        (one) =>
          (id ?? one.id) === one.id &&
          (kind ?? one.kind) === one.kind &&
          (venue === undefined || one.venues.includes(venue)) &&
          (isScheduled ?? one.schedule !== undefined) === (one.schedule !== undefined) &&
          `${one.subject.toLowerCase()}\n${one.id}`.includes(letters),
      );
  }

  async list({ most, after, before, isFromEnd, ...where }: Parameters<ReportSource['list']>[0]) {
    const found = this.#found(where).filter(
      ({ number }) => number < (after ?? Infinity) && number > (before ?? 0),
    );
    return isFromEnd ? found.slice(-most) : found.slice(0, most);
  }

  async count(where: Parameters<ReportSource['count']>[0]): Promise<number> {
    return this.#found(where).length;
  }

  async bundle(id: string): Promise<StoredBundle | undefined> {
    return this.#reports.get(id);
  }

  async book(report: string): Promise<StoredReportBook | undefined> {
    return this.#books.get(this.#reports.get(report)?.bookHash ?? '');
  }

  async sign(id: string, sign: Parameters<ReportSource['sign']>[1]): Promise<boolean> {
    const report = this.#reports.get(id);
    if (!report) return false;
    this.#reports.set(id, { ...report, ...(await sign(report)) });
    return true;
  }

  async tidy(): Promise<void> {}
}
