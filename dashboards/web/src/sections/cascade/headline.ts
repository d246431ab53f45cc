import { counted, move, times, usd } from '../../format/number.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import type { Cascade } from './load.ts';

type Spoken = Pick<
  Cascade,
  'scenario' | 'accounts' | 'rounds' | 'liquidatedUsd' | 'amplification' | 'converged' | 'byAsset' | 'moves'
>;

/** What liquidators did, in one sentence; the last price named is of the moved asset that ends lowest. */
export function cascadeHeadline(cascade: Spoken): string {
  const { scenario, accounts, rounds, liquidatedUsd, amplification, converged } = cascade;
  const what = scenarioInWords(scenario);
  if (accounts === 0) return `${what}: nobody is liquidated.`;
  const parts = [
    `${counted(accounts, 'account')} liquidated in ${counted(rounds.length, 'round')}`,
    `${usd(liquidatedUsd)} of collateral seized`,
    finalPrice(cascade),
    amplification === null ? '' : `amplification ${times(amplification)}`,
  ];
  const sentence = `${what}: ${parts.filter((part) => part !== '').join(', ')}.`;
  return converged ? sentence : `${sentence} The run was stopped before it came to rest.`;
}

function finalPrice({ byAsset, moves }: Spoken): string {
  const ends = byAsset
    .filter(
      ({ asset, oracleBeforeUsd }) =>
        oracleBeforeUsd > 0 &&
        moves.some((moved) => moved.asset.address === asset.address && moved.marketMove !== 0),
    )
    .map(({ asset, oracleBeforeUsd, marketAfterUsd }) => ({
      symbol: asset.symbol,
      change: marketAfterUsd / oracleBeforeUsd - 1,
    }))
    .sort((a, b) => a.change - b.change);
  const worst = ends[0];
  if (!worst) return '';
  return ends.length === 1
    ? `final price ${move(worst.change)}`
    : `final price of ${worst.symbol} ${move(worst.change)}`;
}

/** The sentences of what the API says in words; a dot within a number ends none. */
export const sentencesOf = (headline: string): string[] => headline.split(/(?<=\.) (?=[A-Z])/);
