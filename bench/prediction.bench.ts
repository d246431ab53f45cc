// The cascade predicted from indexed logs against the same crash carried out on the EVM, on fresh chains.
import { LEAST_SCALE_USD, LIMITS } from '../apps/cli/src/validate/compare.ts';
import { validate } from '../apps/cli/src/validate/run-validate.ts';
import './end-with-parent.ts';
import { report, type Row } from './report.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 100);
const SEEDS = (process.env['SEEDS'] ?? '1,2,3,4,5,6,7,8,9,10').split(',').map(Number);
const SHOCKS = (process.env['SHOCKS'] ?? '-0.1,-0.2,-0.35,0.2').split(',').map(Number);

const rows: Row[] = [];
let differing = 0;
let firstRoundAccounts = 0;
const beyond: string[] = [];
const worst = new Map<string, { error: number; limit: number | undefined }>();
for (const shock of SHOCKS) {
  const sums = new Map<string, { predicted: number; onChain: number }>();
  for (const seed of SEEDS) {
    const compared = await validate({ seed, accounts: ACCOUNTS, shock }, () => {});
    const { firstRound } = compared;
    differing += firstRound.missing.length + firstRound.extra.length;
    firstRoundAccounts += firstRound.onChain;
    for (const { measure, predicted, onChain, limit } of compared.rows) {
      const sum = sums.get(measure) ?? { predicted: 0, onChain: 0 };
      sums.set(measure, { predicted: sum.predicted + predicted, onChain: sum.onChain + onChain });
      const error = Math.abs(predicted - onChain) / Math.max(Math.abs(onChain), LEAST_SCALE_USD);
      worst.set(measure, { error: Math.max(worst.get(measure)?.error ?? 0, error), limit });
    }
    const crash = `seed ${seed}, ${shock * 100} %`;
    beyond.push(...compared.beyond.map((one) => `${crash}: ${one}`));
    const notes = [...compared.beyond, ...compared.notes].map((note) => `\n  ${note}`).join('');
    console.log(`${crash}: ${firstRound.onChain} accounts in the first round${notes}`);
  }
  for (const [measure, limit] of [
    ['liquidatedUsd', LIMITS.liquidated],
    ['badDebtUsd', LIMITS.loss],
  ] as const) {
    const { predicted: ours, onChain: peer } = sums.get(measure) as { predicted: number; onChain: number };
    const ratio = peer === 0 ? null : ours / peer;
    const name = `${measure}, ${shock * 100} %, all seeds`;
    rows.push({
      measure: name,
      unit: 'USD',
      ours,
      peerName: 'EVM',
      peer,
      ratio,
      limit: `within ${limit * 100} %`,
    });
  }
}
for (const [measure, unit, ours] of [
  ['first-round accounts that differ', 'accounts', differing],
  ['figures beyond their limit', 'figures', beyond.length],
] as const)
  rows.push({ measure, unit, ours, peerName: 'EVM', peer: 0, ratio: null, limit: '0' });
for (const [measure, { error, limit }] of worst) {
  const unit = 'largest relative error';
  const said = limit === undefined ? 'none' : `≤ ${limit}`;
  rows.push({ measure, unit, ours: error, peerName: 'EVM', peer: null, ratio: null, limit: said });
}
report('prediction', rows, {
  firstRoundAccounts,
  accounts: ACCOUNTS,
  seeds: SEEDS,
  shocks: SHOCKS,
  beyond,
});
