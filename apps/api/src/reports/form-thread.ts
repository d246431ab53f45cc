import { parentPort } from 'node:worker_threads';
import { comparisonMarkdown } from '@undertow/report';
import { comparisonPage } from '@undertow/report-page';
import { BadDataError } from '@undertow/units';
import { bundleIn, comparisonOf } from './comparison.ts';
import type { FormReply, FormWork } from './form-lane.ts';
import { reportForm, type ReportForm } from './report-form.ts';

// A thread of its own draws the forms of reports: pages, pictures and tables take a tenth of a second, a comparison seconds, during which
// nobody else would be answered.

const port = parentPort!;

function formOf(work: FormWork): ReportForm | undefined {
  if (work.kind === 'form') return reportForm(bundleIn(work.bundle), work.file, work.address);
  const comparison = comparisonOf(work.before, work.after);
  const markdown = comparisonMarkdown(comparison);
  switch (work.file) {
    case '':
      return { type: 'text/html; charset=utf-8', body: comparisonPage(comparison) };
    case 'comparison.md':
      return { type: 'text/markdown; charset=utf-8', body: markdown };
    case 'comparison.json':
      return { type: 'application/json', body: JSON.stringify(comparison) };
    default:
      return undefined;
  }
}

function answer(work: FormWork): Omit<FormReply, 'task'> {
  try {
    return { form: formOf(work) };
  } catch (cause) {
    // A class does not come through to the other thread.
    if (cause instanceof BadDataError) return { refusal: cause.message };
    return { problem: (cause as Error).stack ?? String(cause) };
  }
}

port.on('message', ({ task, work }: { readonly task: number; readonly work: FormWork }) =>
  port.postMessage({ task, ...answer(work) }),
);
