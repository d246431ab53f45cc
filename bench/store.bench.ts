// The store with a long history: made-up facts of 180 days on the embedded database and, when DATABASE_URL names one, on
// that server too, in databases of their own that are dropped at the end. FACTS says how many; 5,000,000 is what the limits
// are for.
import { openStore, writeFacts } from '@undertow/store';
import './end-with-parent.ts';
import { withDatabases, withServers } from './databases.ts';
import { report, type Row } from './report.ts';
import { MadeHistory } from './store/generate-facts.ts';
import { ledgerSection } from './store/ledger-section.ts';
import type { Place, Section } from './store/section.ts';
import { togetherSection } from './store/together-section.ts';
import { seriesSection } from './store/series-section.ts';

const FACTS = Number(process.env['FACTS'] ?? 1_000_000);
const OWNERS = Number(process.env['OWNERS'] ?? Math.ceil(FACTS / 80));
const history = { chainId: 1, facts: FACTS, days: 180, owners: OWNERS, seed: 1 };
const SECTIONS: readonly Section[] = [ledgerSection, seriesSection, togetherSection];

/** Measures everything on one server. */
function measure(server: Place['server'], serverUrl: string): Promise<Row[]> {
  return withDatabases(serverUrl, async (addDatabase) => {
    const made = new MadeHistory(history);
    const databaseUrl = await addDatabase();
    await fill(databaseUrl, made);
    const rows: Row[] = [];
    for (const section of SECTIONS) rows.push(...(await section({ server, databaseUrl, made, addDatabase })));
    return rows;
  });
}

async function fill(databaseUrl: string, made: MadeHistory): Promise<void> {
  const store = await openStore(databaseUrl);
  const started = performance.now();
  let written = 0;
  for (const range of made.ranges()) written += (await writeFacts(store, range)).written;
  await store.close();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${written} facts of ${made.lastBlock} blocks made and written in ${seconds.toFixed(0)} s`);
}

await withServers(async (servers) => {
  const rows: Row[] = [];
  for (const [server, url] of servers) rows.push(...(await measure(server, url)));
  report('store', rows, { ...history, servers: servers.size });
});
