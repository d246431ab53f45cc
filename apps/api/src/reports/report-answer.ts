import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { citation, type ReportBundle } from '@undertow/report';
import type { StoredReport } from '@undertow/store';
import { LRUCache } from 'lru-cache';
import type { FactSource } from '../fact-source.ts';
import type { ReportRun } from './report-runs.ts';

/** A report as the schema has it; what is in its bundle is read when it is asked for. */
export interface ReportAnswer extends Omit<StoredReport, 'chainId' | 'number'> {
  readonly path: string;
  cid(): Promise<string>;
  summary(): Promise<readonly string[]>;
  citation(): Promise<readonly string[]>;
  question(): Promise<unknown>;
}

/** A making of a report as the schema has it. */
export interface ReportRunAnswer extends Omit<ReportRun, 'chainId' | 'question' | 'report'> {
  readonly question: unknown;
  report(): Promise<ReportAnswer | undefined>;
}

/** Bundles that were read lately, by id and length: somebody may have signed. */
const read = new LRUCache<string, Promise<ReportBundle>>({ max: 20 });
const unpacked = promisify(gunzip);

export function reportAnswer(source: Pick<FactSource, 'reports'>, stored: StoredReport): ReportAnswer {
  const { chainId: _, number: __, ...head } = stored;
  const bundle = () => bundleOnce(source, stored);
  return {
    ...head,
    path: `/r/${stored.id}`,
    cid: async () => (await bundle()).cid,
    summary: async () => (await bundle()).content.summary,
    citation: async () => citation(await bundle()),
    question: async () => (await bundle()).content.question,
  };
}

export function reportRunAnswer(source: Pick<FactSource, 'reports'>, run: ReportRun): ReportRunAnswer {
  const { chainId: _, question, report, ...head } = run;
  return {
    ...head,
    question: JSON.parse(question) as unknown,
    async report() {
      if (report === undefined) return undefined;
      const [found] = await source.reports.list({ id: report, most: 1 });
      return found && reportAnswer(source, found);
    },
  };
}

function bundleOnce(source: Pick<FactSource, 'reports'>, { id, bytes }: StoredReport): Promise<ReportBundle> {
  const key = `${id} ${bytes}`;
  const known = read.get(key);
  if (known) return known;
  const found = readBundleOf(source, id);
  read.set(key, found);
  found.catch(() => read.delete(key));
  return found;
}

/** As this program wrote it into the database, so that it need not be checked. */
async function readBundleOf({ reports }: Pick<FactSource, 'reports'>, id: string): Promise<ReportBundle> {
  const stored = await reports.bundle(id);
  if (!stored) throw new Error(`the report ${id} was dropped while it was read`);
  return JSON.parse((await unpacked(stored.gzip)).toString()) as ReportBundle;
}
