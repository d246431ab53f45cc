import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { ReportBundle } from '@undertow/report';
import type { FormReply, FormTask } from './report-forms.ts';
import { reportForm } from './report-form.ts';

// A thread of its own draws the forms of reports: pages, pictures and tables take a tenth of a second, during which nobody else would be
// answered.

const port = parentPort!;

/** Bundles come from the database, where they lie as this program wrote them. */
const bundleIn = (gzip: Uint8Array): ReportBundle => JSON.parse(gunzipSync(gzip).toString()) as ReportBundle;

function answer({ gzip, file, address }: Omit<FormTask, 'task'>): Omit<FormReply, 'task'> {
  try {
    return { form: reportForm(bundleIn(gzip), file, address) };
  } catch (cause) {
    return { problem: (cause as Error).stack ?? String(cause) };
  }
}

port.on('message', ({ task, ...asked }: FormTask) => port.postMessage({ task, ...answer(asked) }));
