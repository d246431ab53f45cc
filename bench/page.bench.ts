// What the page costs a browser: what it loads first, how soon it can be used, what it does while nothing changes, and whether its
// memory grows while blocks come. Against the stand-in of dashboards/web/test-server, which computes real cascades of invented
// accounts in this process, so that answers wait for it and the browser does not.
//   MINUTES=60 npm run bench -- page      an hour of live updates, a block a second; by default two minutes
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { CDPSession } from 'playwright-core';
import { serveForTests } from '../dashboards/web/test-server/serve.ts';
import { builtDashboard, startBrowser } from '../test/e2e/undertow-page.ts';
import './end-with-parent.ts';
import { median, report, type Row } from './report.ts';

const MINUTES = Number(process.env['MINUTES'] ?? 2);
const RUNS = 5;
const IDLE_SECONDS = 20;
const DIST = join(import.meta.dirname, '..', 'dashboards', 'web', 'dist');

const row = (measure: string, unit: string, ours: number, limit: string): Row => ({
  measure,
  unit,
  ours,
  limit,
  peerName: '',
  peer: null,
  ratio: null,
});

/** Kilobytes of the scripts that index.html names, gzipped. */
function firstScripts(): number {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const paths = [...html.matchAll(/src="(\/static\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(DIST, path))).length, 0) / 1_000;
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
}

/** Megabytes that are still in use when all that is not has been given back. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await metric(session, 'JSHeapUsedSize')) / 1e6;
}

await builtDashboard();
await using server = await serveForTests();
await using browser = await startBrowser();
const rows: Row[] = [row('first scripts, gzipped', 'kB', firstScripts(), '< 120')];

/** From asking for the page until its heading, its navigation and the block are there and a press is answered. */
const usable: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const started = performance.now();
  const { page } = await browser.open(server.url);
  await page.locator('h1').waitFor();
  await page.locator('.head[data-block]').waitFor();
  await page.getByRole('link', { name: 'System' }).click();
  await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
  usable.push((performance.now() - started) / 1_000);
  await page.close();
}
rows.push(row(`usable: opened, and a press answered (median of ${RUNS})`, 's', median(usable), '< 2'));

const { page } = await browser.open(server.url);
await page.locator('#small-map svg').waitFor({ timeout: 120_000 });
await wait(5_000);
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
await session.send('HeapProfiler.enable');
const before = await metric(session, 'TaskDuration');
await wait(IDLE_SECONDS * 1_000);
const busy = ((await metric(session, 'TaskDuration')) - before) * 1_000;
rows.push(row('main thread while nothing changes', 'ms/s', busy / IDLE_SECONDS, '< 10'));

const updates = MINUTES * 60;
const samples: number[] = [];
for (let second = 0; second < updates; second += 1) {
  server.advance(second % 2 === 0 ? 0.001 : -0.001);
  await wait(1_000);
  if (second % 20 === 19) {
    samples.push(await heap(session));
    process.stdout.write(`\r${second + 1} of ${updates} blocks, ${samples.at(-1)!.toFixed(1)} MB`);
  }
}
process.stdout.write('\n');
// The first third still fills what is kept on purpose.
const settled = samples.slice(Math.floor(samples.length / 3));
const growth = median(settled.slice(-3)) - median(settled.slice(0, 3));
rows.push(row(`memory in use after ${updates} blocks`, 'MB', samples.at(-1) ?? Number.NaN, '–'));
rows.push(row('its growth over the last two thirds', 'MB', growth, 'flat over an hour'));
report('page', rows, { minutes: MINUTES, runs: RUNS });
