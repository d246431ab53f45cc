// An advised threshold, made true by the protocol's own admin call and crashed on the EVM in every scenario of the tail, beside the
// present one, on fresh chains: does it keep the loss within the tolerance that the present one misses? And how long advice takes, of a
// whole local chain and of 100,000 accounts. SEEDS= (of nothing) leaves out the first, SPEED=0 the second.
import { startDevnet } from '@undertow/devnet';
import { ADVISED, crashAdvised, tenDays } from '../test/devnet/advised-crash.ts';
import { SPEED_SETTING, speedRows } from './advice/speed.ts';
import './end-with-parent.ts';
import { report, type Row } from './report.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 60);
const SEEDS = (process.env['SEEDS'] ?? '1,2,3,4,5,6,7,8,9,10')
  .split(',')
  .filter((seed) => seed !== '')
  .map(Number);
/** Of which the worst hundredth are crashes on the EVM. */
const SCENARIOS = Number(process.env['SCENARIOS'] ?? 100);
const CONFIDENCE = 0.99;
const TOLERATED_SHARE = 0.02;

const rows: Row[] = [];
const bySeed: Record<string, unknown>[] = [];
let [missed, kept, keptUnpaid, crashes] = [0, 0, 0, 0];
for (const seed of SEEDS) {
  const devnet = await startDevnet({ seed, accounts: ACCOUNTS });
  const found = await crashAdvised(devnet, {
    plan: tenDays(SCENARIOS),
    ...{ confidence: CONFIDENCE, toleratedShare: TOLERATED_SHARE },
  });
  await devnet.stop();
  const { advice, toleranceUsd, present, advised, leftToLiquidatorsUsd, unpaid } = found;
  missed += present.onChainUsd > toleranceUsd ? 1 : 0;
  kept += advised.onChainUsd <= toleranceUsd ? 1 : 0;
  keptUnpaid += unpaid && unpaid.onChainUsd <= toleranceUsd ? 1 : 0;
  crashes += (unpaid ? 5 : 4) * found.crashes;
  const [from, to] = [advice.current?.value, advice.advised?.value];
  bySeed.push({ seed, from, to, toleranceUsd, present, advised, leftToLiquidatorsUsd, unpaid });
  console.log(JSON.stringify(bySeed.at(-1)));
  const limit = `tolerance ${Math.round(toleranceUsd)}`;
  for (const [measure, shortfall] of [
    [`seed ${seed}, threshold ${from}: added loss`, present],
    [`seed ${seed}, threshold ${to}, advised: added loss`, advised],
    [`seed ${seed}, threshold ${unpaid?.threshold}, advised if nobody pays back: added loss`, unpaid],
  ] as const) {
    if (!shortfall) continue;
    const { predictedUsd: ours, onChainUsd: peer } = shortfall;
    rows.push({
      measure,
      unit: 'USD',
      ours,
      peerName: 'EVM',
      peer,
      ratio: peer === 0 ? null : ours / peer,
      limit,
    });
  }
}
const count = { unit: 'seeds', peerName: 'of', peer: SEEDS.length, ratio: null, limit: 'all' } as const;
if (SEEDS.length > 0) {
  rows.push({ measure: 'present threshold misses the tolerance on the EVM', ours: missed, ...count });
  rows.push({ measure: 'advised threshold keeps it on the EVM', ours: kept, ...count });
  rows.push({
    measure: 'threshold advised if nobody pays back keeps it there by liquidators alone',
    ours: keptUnpaid,
    ...count,
  });
}
if (SEEDS.length > 0)
  report('advice', rows, {
    ...{ of: ADVISED, accounts: ACCOUNTS, seeds: SEEDS, scenarios: SCENARIOS, confidence: CONFIDENCE },
    ...{ toleratedShare: TOLERATED_SHARE, crashes, bySeed },
  });
if (process.env['SPEED'] !== '0') report('advice-speed', await speedRows(), SPEED_SETTING);
