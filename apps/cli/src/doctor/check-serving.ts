import { runningIn } from '../data-folder.ts';
import type { Restarted } from '../start/restarts.ts';
import { bad, good, type Finding } from './check.ts';

const PATIENCE_MS = 5_000;

/** A start that runs on the data folder serves what is new, and what of it was started again; nothing to find where none runs. */
export async function checkServing(data: string, ask: typeof fetch = fetch): Promise<readonly Finding[]> {
  const { pageUrl, restarted = [] } = runningIn(data) ?? {};
  if (pageUrl === undefined) return [];
  return [await checkHealth(pageUrl, ask), ...restarted.map(told)];
}

/** That it runs again is good; that it ended is for somebody to look at. */
const told = ({ name, times, how, at }: Restarted): Finding =>
  good(
    `Restarts of ${name.replace(/^The /, 'the ')}`,
    `${times}, the last at ${new Date(at).toISOString().slice(0, 19)}Z: it ${how}`,
  );

async function checkHealth(pageUrl: string, ask: typeof fetch): Promise<Finding> {
  const name = 'Serving';
  try {
    const response = await ask(new URL('healthz', pageUrl), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { block, reason } = (await response.json()) as { block?: number; reason?: string };
    if (response.ok) return good(name, `${pageUrl}, block ${block}`);
    return bad(
      name,
      `${pageUrl} answers, but not what is true now: ${reason ?? `status ${response.status}`}`,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(name, `${pageUrl} does not answer (${why}), although its process runs: start again`);
  }
}
