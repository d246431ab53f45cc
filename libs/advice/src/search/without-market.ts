import { ownValues, valueAccount, withScaledLegs, type AccountRow, type Book } from '@undertow/book';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { Study, Swept } from '../study/study.ts';
import { timesAccounts } from './borrowing.ts';
import { Trial } from './trial.ts';

/** Trials that are kept ready to run of a study: an engine holds as much as its book. */
const OPEN_KEPT = 1;

const known = new WeakMap<Study, Map<string, Trial>>();

/**
 * What is lost without the accounts that a parameter is about, by scenario: the same for all parameters of a market, and run once for
 * them. It is known without a run where nothing was liquidated and nothing lost at their venue: accounts change what others meet only
 * by being liquidated, which is seen by what is taken from them, unless somebody owes there who has nothing to be taken.
 */
export function withoutMarket(study: Study, swept: Swept, place: ParameterPlace): Trial {
  const trials = known.get(study) ?? new Map<string, Trial>();
  known.set(study, trials);
  const name = `${place.venueRow} ${place.marketRow} ${whose(place)}`;
  const trial = trials.get(name) ?? openWithout(study, swept, place);
  // The newest last.
  trials.delete(name);
  trials.set(name, trial);
  for (const old of [...trials.values()].slice(0, -OPEN_KEPT)) old.close();
  return trial;
}

function openWithout({ trialBook }: Study, { scenarios, table }: Swept, place: ParameterPlace): Trial {
  const lossUsd = table.figure('lossUsd');
  const liquidated = table.grouped('venueLiquidatedUsd', place.venueRow);
  const lost = table.grouped('venueLossUsd', place.venueRow);
  const isSeen = !owesBare(trialBook, place);
  const isUntouched = (scenario: number) => isSeen && liquidated[scenario] === 0 && lost[scenario] === 0;
  return new Trial(() => withoutAccounts(trialBook, place), {
    scenarios,
    measured: (outcome) => outcome.lossUsd,
    ready: { lossUsd, isReady: Uint8Array.from(lossUsd, (_, scenario) => Number(isUntouched(scenario))) },
  });
}

/** Whether somebody at the venue owes with nothing that counts as collateral. */
function owesBare(book: Book, { venueRow }: ParameterPlace): boolean {
  const values = ownValues(book);
  for (let account = 0; account < book.accounts.count; account++) {
    if (book.accounts.venue[account] !== venueRow) continue;
    const { collateralUsd, debtUsd } = valueAccount(values, account as AccountRow);
    if (debtUsd > 0 && !(collateralUsd > 0)) return true;
  }
  return false;
}

/** Which accounts a parameter is about. */
const whose = ({ parameter: { kind }, marketRow }: ParameterPlace): 'venue' | 'owing' | 'holding' =>
  marketRow === undefined ? 'venue' : kind === 'borrowCap' ? 'owing' : 'holding';

/** The book without the accounts that a parameter is about: with collateral on the market, owing in it, or at the venue. */
export function withoutAccounts(book: Book, place: ParameterPlace): Book {
  const { venueRow, marketRow } = place;
  const { accounts, legs } = book;
  const who = whose(place);
  const venueOf = new Uint16Array(legs.count);
  for (let account = 0; account < accounts.count; account++)
    venueOf.fill(accounts.venue[account]!, accounts.legStart[account], accounts.legStart[account + 1]);
  const isMeant = (leg: number) =>
    who === 'venue'
      ? venueOf[leg] === venueRow
      : who === 'owing'
        ? legs.side[leg] === -1 && legs.market[leg] === marketRow
        : legs.side[leg] === 1 && legs.termsMarket[leg] === marketRow;
  return { ...withScaledLegs(book, timesAccounts(book, isMeant, 0)), hash: '' };
}
