import { sumOf, type Replayed } from './replayed.ts';

/** Accounts and repaid debt, predicted and happened. */
export function matched({ accounts, predicted, events }: Replayed) {
  const many = (...outcomes: readonly string[]) =>
    accounts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const both = many('both');
  const foreseen = both + many('predicted only');
  const came = both + many('happened only', 'not in the book');
  const repaid = sumOf(events, (event) => event.repaidUsd);
  // Where something taken has no price, the sum of the rest is held against nothing.
  const open = new Set(events.filter(({ seizedUsd }) => seizedUsd === undefined).map(({ venue }) => venue));
  const isPriced = ({ venue }: { readonly venue: string }) => !open.has(venue);
  const taken = sumOf(events.filter(isPriced), (event) => event.seizedUsd);
  const foreseenTaken = sumOf(predicted.byVenue.filter(isPriced), ({ liquidatedUsd }) => liquidatedUsd);
  const repaidOfPredicted = sumOf(
    accounts.filter(({ outcome }) => outcome === 'both'),
    ({ events: own }) => sumOf(own, (event) => event.repaidUsd),
  );
  return {
    ...{ both, foreseen, came, repaid },
    precision: foreseen === 0 ? undefined : both / foreseen,
    recall: came === 0 ? undefined : both / came,
    repaidShare: repaid === 0 ? undefined : repaidOfPredicted / repaid,
    ...{ taken, foreseenTaken, open: [...open] },
    takenError: relativeError(foreseenTaken, taken),
  };
}

/** (predicted − happened) ÷ happened; undefined where nothing happened. */
export const relativeError = (predicted: number, happened: number): number | undefined =>
  happened === 0 ? undefined : (predicted - happened) / happened;
