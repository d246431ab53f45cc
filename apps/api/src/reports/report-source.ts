import {
  claimWork,
  countReports,
  dropOldReportRuns,
  dropOldReports,
  dropReportBooks,
  endReportRun,
  holdReportBook,
  keepReport,
  keepReportBook,
  readReportBook,
  readReportBundle,
  readReportRuns,
  readReports,
  signReport,
  startReportRun,
  type ChainClaim,
  type ListPart,
  type NewReport,
  type NewReportRun,
  type ReportFilter,
  type ReportRunsWanted,
  type SignedBundle,
  type Store,
  type StoredBundle,
  type StoredReport,
  type StoredReportBook,
  type StoredReportRun,
} from '@undertow/store';

/** Reports of a chain that stay: a year and more of daily ones, and as many that somebody asked for. Signed ones always stay. */
const KEPT = { scheduled: 500, asked: 2_000 };
/** Makings that came to nothing are told of for a while, so many of them. */
const ENDED_KEPT = 50;

/** Which reports of the chain. */
export type ReportsWanted = Omit<ReportFilter, 'chainId'>;

/** What is kept of reports of one chain: the store in production. */
export interface ReportSource {
  /** Begins a making, or says how it stands where it is done or under way. */
  start(run: Omit<NewReportRun, 'chainId'>): Promise<StoredReportRun>;
  end(id: string, to: Parameters<typeof endReportRun>[2]): Promise<boolean>;
  /** The right to make a report; undefined while another process has it. */
  claim(id: string): Promise<ChainClaim | undefined>;
  /** That which was begun last first. */
  runs(wanted: Omit<ReportRunsWanted, 'chainId'>): Promise<readonly StoredReportRun[]>;
  /** Whether a book is kept, and stays until there is a report of it. */
  holdBook(hash: string): Promise<boolean>;
  keepBook(hash: string, book: StoredReportBook): Promise<void>;
  /** Keeps a report whose book is kept, unless it is there. */
  keep(report: Omit<NewReport, 'chainId'>): Promise<void>;
  /** The newest first. */
  list(wanted: ReportsWanted & ListPart<number>): Promise<readonly StoredReport[]>;
  count(wanted: ReportsWanted): Promise<number>;
  bundle(id: string): Promise<StoredBundle | undefined>;
  /** The book of a report. */
  book(report: string): Promise<StoredReportBook | undefined>;
  /** Whether there is such a report. */
  sign(id: string, sign: (bundle: StoredBundle) => Promise<SignedBundle>): Promise<boolean>;
  /** Drops old reports, makings that came to nothing, and books that none is of. */
  tidy(): Promise<void>;
}

/** The reports of one chain of a store. */
export const reportsOf = (store: Store, chainId: number): ReportSource => ({
  start: (run) => startReportRun(store, { ...run, chainId }),
  end: (id, to) => endReportRun(store, id, to),
  claim: (id) => claimWork(store, 'report', id),
  runs: (wanted) => readReportRuns(store, { ...wanted, chainId }),
  holdBook: (hash) => holdReportBook(store, hash),
  keepBook: (hash, book) => keepReportBook(store, hash, book),
  keep: (report) => keepReport(store, { ...report, chainId }),
  list: (wanted) => readReports(store, { ...wanted, chainId }),
  count: (wanted) => countReports(store, { ...wanted, chainId }),
  bundle: (id) => readReportBundle(store, id),
  book: (report) => readReportBook(store, report),
  sign: (id, sign) => signReport(store, id, sign),
  async tidy() {
    await dropOldReports(store, { chainId, ...KEPT });
    await dropOldReportRuns(store, { chainId, keep: ENDED_KEPT });
    await dropReportBooks(store);
  },
});
