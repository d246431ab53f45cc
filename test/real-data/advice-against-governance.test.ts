import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareGovernance } from '../../scripts/governance-compared.ts';
import { comparedCells, counted } from '../../scripts/governance-page.ts';
import {
  GOVERNANCE,
  ratioOf,
  readGovernance,
  venueOf,
  type GovernanceFiles,
} from '../../scripts/governance-values.ts';
import { describeWithData } from './real-file.ts';

const ROOT = join(import.meta.dirname, '../..');
const DATA = join(ROOT, '../shared/data');

describe('values as governance writes them', () => {
  it('are percent in several forms, and none where there is none', () => {
    expect(['82.5 %', '78 % [7800]', '1%\\', '49', '0.05 % [5]', '0'].map(ratioOf)).toEqual([
      0.825, 0.78, 0.01, 0.49, 0.0005, 0,
    ]);
    expect(['-', '', 'Yes', '4,650 wstETH', '[MKR / USD](https://etherscan.io)'].map(ratioOf)).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('are of the venue that a proposal is called by', () => {
    expect(
      [
        'preAaveV3EthRiskParams_20230529Change',
        'preAaveV2_Ethereum_CRV',
        'AaveV3EthereumLido_PrimeInstance',
        'preAaveV3_Opt_RiskParams',
        'preTestEthereumUpdate20231009',
        'preAaveV3RiskParams_20230516Change',
      ].map(venueOf),
    ).toEqual([
      'Aave v3 Ethereum',
      'Aave v2 Ethereum',
      'Aave v3 Ethereum Lido',
      'Aave v3 Optimism',
      'Aave Ethereum',
      'Aave v3',
    ]);
  });
});

describeWithData(GOVERNANCE, () => {
  let files: GovernanceFiles;
  beforeAll(() => {
    files = readGovernance(DATA);
  });

  it('every row is a value or is counted among what was left out', () => {
    expect(files.rows).toEqual({ set: 961, recommended: 558 });
    const left = [...files.leftOut.values()].reduce((sum, count) => sum + count, 0);
    expect(files.values.length + left).toBe(961 + 558);
    const set = files.values.filter(({ source, isEMode }) => source === 'set' && !isEMode);
    expect(set.filter(({ kind }) => kind === 'liquidationThreshold')).toHaveLength(80);
    expect(files.values.filter(({ asset }) => asset === '?')).toEqual([]);
  });

  it('the page says what comes of them, where we look bad too', () => {
    const values = files.values.filter(({ asset }) => ['WETH', 'TUSD', 'CRV', 'wstETH'].includes(asset));
    const { compared, left } = compareGovernance(DATA, { values });
    const rows = readFileSync(join(ROOT, 'docs/advice-against-governance.md'), 'utf8')
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ' '));
    for (const one of compared) expect(rows).toContain(`| ${comparedCells(one).join(' | ')} |`);
    const { all, near, above, below } = counted(compared);
    expect(near + above + below).toBe(all);
    expect(all + [...left.values()].reduce((sum, count) => sum + count, 0)).toBe(values.length);
    expect(left.get('no price of the asset')).toBeGreaterThan(5);
    const tusd = compared.find(({ value }) => value.asset === 'TUSD' && value.after === 0.65)!;
    // It lost its peg a little in those months, which no price before had shown.
    expect(tusd).toMatchObject({ reason: 'dollar', after: { windows: 90, theirs: 0, ours: 10 } });
  });
});
