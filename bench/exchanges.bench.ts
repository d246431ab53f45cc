// Prices of exchanges: what watching them adds to indexing, and how long a page waits for a year of minute prices of 200 markets
// (MARKETS, DAYS), on the embedded database and, when DATABASE_URL names one, on that server too.
import './end-with-parent.ts';
import { withDatabases, withServers } from './databases.ts';
import { besideIndexing } from './exchanges/beside-indexing.ts';
import { yearOfPrices } from './exchanges/year-of-prices.ts';
import { report, type Row } from './report.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 10_000);
const RUNS = Number(process.env['RUNS'] ?? 5);
const MARKETS = Number(process.env['MARKETS'] ?? 200);
const DAYS = Number(process.env['DAYS'] ?? 365);

await withServers(async (servers) => {
  const rows: Row[] = await withDatabases(servers.get('embedded')!, (addDatabase) =>
    besideIndexing({ accounts: ACCOUNTS, runs: RUNS, addDatabase }),
  );
  for (const [server, url] of servers)
    await withDatabases(url, async (add) => {
      rows.push(...(await yearOfPrices({ server, databaseUrl: await add(), markets: MARKETS, days: DAYS })));
    });
  report('exchanges', rows, {
    accounts: ACCOUNTS,
    runs: RUNS,
    markets: MARKETS,
    days: DAYS,
    statistic: 'median',
  });
});
