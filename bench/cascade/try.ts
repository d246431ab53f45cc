import { openEngine } from '../../libs/cascade/src/index.ts';
import { syntheticBook } from './synthetic-book.ts';
import { syntheticScenarios } from './synthetic-scenarios.ts';
const N = Number(process.argv[2] ?? 10000),
  S = Number(process.argv[3] ?? 50),
  C = Number(process.argv[4] ?? 3);
let t = performance.now();
const lap = (name: string) => {
  const now = performance.now();
  console.log(name, (now - t).toFixed(0), 'ms');
  t = performance.now();
};
const book = syntheticBook(N);
lap('book');
const scenarios = syntheticScenarios(book, S);
lap('scenarios');
const fast = openEngine(book, { kind: 'fast' });
lap('open');
const all: any[] = [];
fast.run(scenarios.slice(0, 10), () => {});
lap('warm 10');
fast.run(scenarios, (o) => all.push(o));
const ms = performance.now() - t;
console.log('fast', S, 'scenarios', (ms / S).toFixed(3), 'ms each', ((1000 * S) / ms).toFixed(0), '/s');
const mean = (f: (o: any) => number) => all.reduce((s, o) => s + f(o), 0) / all.length;
console.log(
  'rounds',
  mean((o) => o.accountsPerRound.length),
  'calls',
  mean((o) => o.calls),
  'accounts',
  mean((o) => o.accounts),
  'stuck',
  mean((o) => o.stuckUsd),
  'loss',
  mean((o) => o.lossUsd),
  'liq',
  mean((o) => o.liquidatedUsd),
);
if (C > 0) {
  t = performance.now();
  const clear = openEngine(book, { kind: 'clear' });
  const cs: any[] = [];
  clear.run(scenarios.slice(0, C), (o) => cs.push(o));
  console.log('clear', ((performance.now() - t) / C).toFixed(0), 'ms each');
  for (let i = 0; i < C; i++)
    for (const k of [
      'accounts',
      'calls',
      'liquidatedUsd',
      'lossUsd',
      'lossAtSaleUsd',
      'stuckUsd',
      'repaidUsd',
    ]) {
      const a = all[i][k],
        b = cs[i][k];
      if (Math.abs(a - b) > 1e-9 * Math.max(1, Math.abs(b))) console.log('DIFF', i, k, a, b);
    }
}
