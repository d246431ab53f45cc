import { runningIn } from '../data-folder.ts';
import { bad, good, type Finding } from './check.ts';

const PATIENCE_MS = 5_000;

/** A start that runs on the data folder serves what is new; nothing to find where none runs. */
export async function checkServing(data: string, ask: typeof fetch = fetch): Promise<readonly Finding[]> {
  const pageUrl = runningIn(data)?.pageUrl;
  if (pageUrl === undefined) return [];
  const name = 'Serving';
  try {
    const response = await ask(new URL('healthz', pageUrl), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { block, reason } = (await response.json()) as { block?: number; reason?: string };
    if (response.ok) return [good(name, `${pageUrl}, block ${block}`)];
    return [
      bad(name, `${pageUrl} answers, but not what is true now: ${reason ?? `status ${response.status}`}`),
    ];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [bad(name, `${pageUrl} does not answer (${why}), although its process runs: start again`)];
  }
}
