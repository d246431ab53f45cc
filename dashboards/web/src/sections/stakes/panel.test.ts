import { stakesInWords } from './panel.ts';
import type { OracleStakes } from './load.ts';

const NOTHING = { accounts: 0, rounds: 0, liquidatedUsd: 0, profitUsd: 0, lossUsd: 0 };
const SOME = { accounts: 1, rounds: 1, liquidatedUsd: 5_000, profitUsd: 250, lossUsd: 0 };
const said = (stakes: Pick<OracleStakes, 'now' | 'landed'>) => stakesInWords(stakes as OracleStakes);

it('says what can be taken now and when prices land, and where there is nothing', () => {
  expect(said({ now: NOTHING, landed: { ...SOME, accounts: 12, profitUsd: 1_000_000 } })).toMatch(
    /^Now nobody can be liquidated at a profit; if the prices landed, \$1\.0+M of profit is open on 12 accounts\.$/,
  );
  expect(said({ now: SOME, landed: NOTHING })).toMatch(
    /^Now \$250 of profit is open on 1 account; if the prices landed, nobody/,
  );
  expect(said({ now: SOME, landed: null })).toMatch(/Nothing has a market/);
});
