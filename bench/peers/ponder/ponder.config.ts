// Ponder watching what the indexer watches: written by bench/indexing.ts to the file in BENCH_SITE.
import { readFileSync } from 'node:fs';
import { createConfig } from 'ponder';

const site = JSON.parse(readFileSync(process.env.BENCH_SITE!, 'utf8'));

export default createConfig({
  database: { kind: 'postgres', connectionString: site.databaseUrl },
  // Ponder asks one endpoint at most 20 times a second; naming it many times lifts that for a fair run.
  chains: { devnet: { id: site.chainId, rpc: Array.from({ length: 64 }, () => site.rpcUrl) } },
  contracts: Object.fromEntries(
    site.contracts.map(({ name, abi, addresses }: { name: string; abi: unknown; addresses: string[] }) => [
      name,
      { chain: 'devnet', abi, address: addresses, startBlock: 0 },
    ]),
  ) as never,
});
