import { sumOf, type Replayed } from './replayed.ts';

/** Accounts and repaid debt, predicted and happened. */
export function matched({ accounts, predicted, events }: Replayed) {
  const many = (...outcomes: readonly string[]) =>
    accounts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const both = many('both');
  const foreseen = both + many('predicted only');
  const came = both + many('happened only', 'not in the book');
  const repaid = sumOf(events, (event) => event.repaidUsd);
  const repaidOfPredicted = sumOf(
    accounts.filter(({ outcome }) => outcome === 'both'),
    ({ events: own }) => sumOf(own, (event) => event.repaidUsd),
  );
  return {
    ...{ both, foreseen, came, repaid },
    precision: foreseen === 0 ? undefined : both / foreseen,
    recall: came === 0 ? undefined : both / came,
    repaidShare: repaid === 0 ? undefined : repaidOfPredicted / repaid,
    repaidError: relativeError(predicted.repaidUsd, repaid),
  };
}

/** (predicted − happened) ÷ happened; undefined where nothing happened. */
export const relativeError = (predicted: number, happened: number): number | undefined =>
  happened === 0 ? undefined : (predicted - happened) / happened;
