import { roundsAgainstReasons } from './hurt-table.ts';

const round = (index: number, liquidatedUsd: number) => ({
  ...{ index, liquidatedUsd, accounts: 1, repaidUsd: 0, badDebtUsd: 0, assets: [], byVenue: [] },
});
const row = (cause: string, liquidatedUsd: number) => ({
  ...{ cause, asset: { address: '0x', symbol: 'WETH' }, venue: 'a', liquidatedUsd, badDebtUsd: 0 },
});

test('says why the shock stands for more than the first round', () => {
  const cascade = {
    rounds: [round(1, 6_720_000), round(2, 1_000_000), round(3, 910_000)],
    contagion: [row('shock', 8_090_000), row('a', 300_000), row('b', 240_000)],
  };
  expect(roundsAgainstReasons(cascade)).toMatch(
    /^Amplification counts rounds: \$6\.72M in the first, \$1\.91M after it\. .* sales brought \$540K of what came later, the shock the rest/,
  );
});

test('says nothing where one round is all', () => {
  expect(roundsAgainstReasons({ rounds: [round(1, 5)], contagion: [row('shock', 5)] })).toBeUndefined();
});
