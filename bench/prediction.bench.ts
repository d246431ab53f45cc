// The cascade predicted from indexed logs against the same crash carried out on the EVM, on fresh chains.
import { validate } from '../apps/cli/src/validate/run-validate.ts';
import { report, type Row } from './report.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 500);
const SEEDS = (process.env['SEEDS'] ?? '1,2,3,4,5,6,7,8,9,10').split(',').map(Number);
const SHOCKS = [-0.05, -0.1, -0.2, -0.35];

const rows: Row[] = [];
let differing = 0;
let firstRoundAccounts = 0;
const worst = new Map<string, number>();
for (const shock of SHOCKS) {
  const sums = new Map<string, { predicted: number; onChain: number }>();
  for (const seed of SEEDS) {
    const { firstRound, rows: measures } = await validate({ seed, accounts: ACCOUNTS, shock }, () => {});
    differing += firstRound.missing.length + firstRound.extra.length;
    firstRoundAccounts += firstRound.onChain;
    for (const { measure, predicted, onChain } of measures) {
      const sum = sums.get(measure) ?? { predicted: 0, onChain: 0 };
      sums.set(measure, { predicted: sum.predicted + predicted, onChain: sum.onChain + onChain });
      // Of next to nothing, to a dollar.
      const error = Math.abs(predicted - onChain) / Math.max(Math.abs(onChain), 1);
      worst.set(measure, Math.max(worst.get(measure) ?? 0, error));
    }
    console.log(`seed ${seed}, ${shock * 100} %: ${firstRound.onChain} accounts in the first round`);
  }
  for (const measure of ['liquidatedUsd', 'badDebtUsd']) {
    const { predicted: ours, onChain: peer } = sums.get(measure) as { predicted: number; onChain: number };
    const ratio = peer === 0 ? null : ours / peer;
    const name = `${measure}, ${shock * 100} %, all seeds`;
    rows.push({ measure: name, unit: 'USD', ours, peerName: 'EVM', peer, ratio, limit: 'within 0.5 %' });
  }
}
rows.push({
  measure: 'first-round accounts that differ',
  unit: 'accounts',
  ours: differing,
  peerName: 'EVM',
  peer: 0,
  ratio: null,
  limit: '0',
});
for (const [measure, error] of worst) {
  const unit = 'largest relative error';
  rows.push({ measure, unit, ours: error, peerName: 'EVM', peer: null, ratio: null, limit: '≤ 0.005' });
}
report('prediction', rows, {
  firstRoundAccounts,
  accounts: ACCOUNTS,
  seeds: SEEDS,
  shocks: SHOCKS,
});
