import { simulate } from './src/simulate.ts';
import { handMadeBook, handMadeAddress } from './src/fixtures/hand-made-book.ts';
let seed = 1;
const rnd = () => { seed = (seed * 1664525 + 1013904223) % 4294967296; return seed / 4294967296; };
const n = Number(process.argv[2] ?? 20000);
const accounts: any[] = [];
for (let i = 0; i < n; i++) {
  const venue = ['aave30', 'aave36', 'morpho'][i % 3];
  const usd = Math.exp(rnd() * 8 + 4);
  const load = 0.2 + rnd() * 0.6;
  const r6 = (x: number) => Math.round(x * 1e6) / 1e6;
  const legs: any[] = [{ asset: 'WETH', amount: r6(usd / 3000), threshold: 0.825, bonus: 0.05 }];
  if (venue !== 'morpho' && rnd() < 0.5) legs.push({ asset: 'WBTC', amount: r6(usd / 60000), threshold: 0.75, bonus: 0.05 });
  legs.push({ asset: 'USDC', amount: -r6(usd * (legs.length) * load) });
  accounts.push({ venue, owner: handMadeAddress(10000 + i), legs });
}
const book = handMadeBook([
  { symbol: 'WETH', priceUsd: 3000, decimals: 18, liquidity: 2e6, feeRatio: 0.003 },
  { symbol: 'WBTC', priceUsd: 60000, decimals: 8, liquidity: 5e5, feeRatio: 0.003 },
  { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant', tie: {} },
], accounts);
for (const move of [-0.05, -0.2, -0.4]) for (const oracles of ['between', 'within'] as const) {
  const t = performance.now();
  const r = simulate(book, { moves: [{ kind: 'reference', symbol: 'WETH', move }], policies: { oracles } }, { band: false });
  console.log(move, oracles, (performance.now() - t).toFixed(0) + 'ms', 'rounds', r.rounds.length, 'accounts', r.accounts, 'liq', (r.liquidatedUsd / 1e6).toFixed(1) + 'M loss', r.lossUsd.toFixed(0), r.converged, r.byAsset[0]!.marketAfterUsd.toFixed(0));
}
