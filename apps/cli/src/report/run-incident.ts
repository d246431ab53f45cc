import { incidentQuestion } from '@undertow/report';
import { policiesOf, type PolicyOptions } from '../simulate/scenario-of.ts';
import { readIndexed, withIndexed } from '../read-book.ts';
import type { Running } from '../with-threads.ts';
import { readHappened } from './read-happened.ts';
import { report, type ReportOptions } from './run-report.ts';

export interface IncidentOptions
  extends Pick<ReportOptions, 'data' | 'chain' | 'out' | 'sign' | 'pdf'>, PolicyOptions {
  /** The last block before it: its book is what is predicted from. */
  readonly from: number;
  /** The last block of it; default: the newest stored. */
  readonly to?: number;
  /** The last block whose answers are the outside move; default: all. */
  readonly movedBy?: number;
}

/** A replay as a report: what was predicted from the book at a block, and what then happened. */
export async function runIncidentReport(
  { from, to, movedBy, ...options }: IncidentOptions,
  running?: Running,
): Promise<void> {
  const { data, chain } = options;
  const opened = await readIndexed({
    data,
    block: from,
    atLastChange: true,
    ...(chain !== undefined && { chain }),
  });
  const happened = await withIndexed({ data, chain }, (store, checkpoint) =>
    readHappened(store, checkpoint, { book: opened.book, to }),
  );
  await report(incidentQuestion(happened, policiesOf(options), movedBy ?? null), {
    opened,
    options,
    running,
  });
}
