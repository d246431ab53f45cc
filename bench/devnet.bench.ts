// Seconds to build the local chain with all venues, by number of owners, with its transactions, logs and accounts.
// Each chain is built anew, from contracts that are in the cache.
import { ensureArtifacts, startDevnet, type Devnet } from '@undertow/devnet';
import './end-with-parent.ts';
import { report, type Row } from './report.ts';

const OWNERS = (process.env['OWNERS'] ?? '2000,10000').split(',').map(Number);
const SEED = Number(process.env['SEED'] ?? 1);
/** Blocks per question: all logs at once would be hundreds of megabytes. */
const BLOCKS_PER_READ = 20;

const hex = (value: number): string => `0x${value.toString(16)}`;

interface Counted {
  readonly blocks: number;
  readonly transactions: number;
  readonly logs: number;
  readonly accounts: ReadonlyMap<string, number>;
}

async function count(devnet: Devnet): Promise<Counted> {
  const blocks = Number(await devnet.rpc('eth_blockNumber'));
  let [transactions, logs] = [0, 0];
  for (let from = 0; from <= blocks; from += BLOCKS_PER_READ) {
    const to = Math.min(blocks, from + BLOCKS_PER_READ - 1);
    const range = { fromBlock: hex(from), toBlock: hex(to) };
    logs += (await devnet.rpc<unknown[]>('eth_getLogs', [range])).length;
    const headers = Array.from({ length: to - from + 1 }, (_, index) => ({
      method: 'eth_getBlockByNumber',
      params: [hex(from + index), false],
    }));
    for (const header of await devnet.batch<{ transactions: unknown[] }>(headers)) {
      transactions += header.transactions.length;
    }
  }
  const accounts = new Map<string, number>();
  for (const venue of devnet.venues) accounts.set(venue.id, (await venue.borrowers(devnet)).length);
  return { blocks, transactions, logs, accounts };
}

await ensureArtifacts({ onProgress: (message) => console.log(message) });
const rows: Row[] = [];
for (const owners of OWNERS) {
  const started = performance.now();
  const devnet = await startDevnet({ seed: SEED, accounts: owners });
  const seconds = (performance.now() - started) / 1_000;
  try {
    const { blocks, transactions, logs, accounts } = await count(devnet);
    const byVenue = [...accounts].map(([venue, number]) => `${number} ${venue}`).join(', ');
    const total = [...accounts.values()].reduce((sum, number) => sum + number, 0);
    console.log(
      `${owners} owners: ${seconds.toFixed(1)} s, ${blocks} blocks, ${transactions} transactions, ${logs} logs`,
    );
    console.log(`  owners who can be liquidated: ${byVenue}`);
    const row = (measure: string, unit: string, ours: number, limit = '–'): Row => ({
      ...{ measure: `${measure}, ${owners} owners`, unit, ours, limit },
      ...{ peerName: '', peer: null, ratio: null },
    });
    rows.push(
      row('build', 's', seconds, owners === 10_000 ? '< 40 on 2 cores' : '–'),
      row('accounts that can be liquidated', 'accounts', total),
      row('transactions', 'transactions', transactions),
      row('logs', 'logs', logs),
    );
  } finally {
    await devnet.stop();
  }
}
report('devnet', rows, { owners: OWNERS, seed: SEED });
