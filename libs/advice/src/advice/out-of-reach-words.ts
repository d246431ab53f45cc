import { legPriceUsd, ownValues } from '@undertow/book';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { debtOn } from '../search/candidate.ts';
import { isOrdered, type Found } from '../search/found.ts';
import { lossesCounted } from '../study/asked.ts';
import type { Study } from '../study/study.ts';
import type { AdviceEvidence } from './advice.ts';
import { usdText, valueText } from './advice-value.ts';

/** What an advice without a value speaks of. */
export interface OutOfReach {
  readonly study: Study;
  readonly place: ParameterPlace;
  readonly found: Found;
  readonly evidence: Pick<AdviceEvidence, 'before'>;
  /** The value that keeps the tolerance of what the market's own accounts add, where that is another question than was asked. */
  readonly instead?: Found | undefined;
}

/** From this share on of collateral elsewhere the losses are said to hang on it. */
const MUCH = 0.25;

/** What can be reached where no value keeps the tolerance, where the losses come from, and what to ask instead. */
export function outOfReachWords(of: OutOfReach): string[] {
  return [reachWords(of), ...whyWords(of), ...insteadWords(of)];
}

function reachWords({ place, found: { tried, least } }: OutOfReach): string {
  if (tried.length === 0) return 'The hard bounds let no value be set at all.';
  if (!least) return `Each of the ${tried.length} values that were tried exceeds it.`;
  const { excessUsd, shortfallUsd, value } = least;
  return (
    `The best that was tried is still ${excessUsd < 1 ? 'less than 1 USD' : usdText(excessUsd)} above it: at ` +
    `${valueText(place.parameter.kind, value)} the expected shortfall is at least ${usdText(shortfallUsd)}, and nothing lower was found.`
  );
}

function whyWords({ study, place, found, evidence }: OutOfReach): string[] {
  const { kind } = place.parameter;
  if (found.tried.length === 0) return [];
  const counted = lossesCounted(study.asked.tolerance);
  if (!isOrdered(place))
    return [
      'It limits nobody’s borrowing: what is lost hangs on the liquidation threshold, on caps and on depth.',
    ];
  const isCap = kind === 'supplyCap' || kind === 'borrowCap';
  const owedUsd = debtOn(study.book, place);
  if (isCap && study.asked.tolerance.most.kind === 'share' && owedUsd > 0) {
    const share = evidence.before.expectedShortfallUsd / owedUsd;
    return [
      `A cap makes what is lost and what is borrowed smaller alike: ${percent(share)} of what is borrowed is lost now. Ask with a tolerance in USD for the cap that keeps it.`,
    ];
  }
  const words: string[] = [];
  const elsewhere = isCap ? undefined : collateralElsewhere(study, place);
  if (elsewhere !== undefined && elsewhere >= MUCH)
    words.push(
      `Of the collateral that counts for its accounts, ${percent(elsewhere)} is on the terms of other markets: what they borrow against that is lost whatever is set here. Lower those markets too, or ask with a larger tolerance.`,
    );
  if (counted === 'all-venues') words.push('What others lose, at all venues, counts too.');
  return words.length > 0 ? words : ['The loss comes from elsewhere, or from accounts that no value helps.'];
}

function insteadWords({ study, place, instead }: OutOfReach): string[] {
  const { most } = study.asked.tolerance;
  if (instead?.value === undefined || most.kind !== 'usd') return [];
  const value = valueText(place.parameter.kind, instead.value);
  return [
    `Of what its own accounts add to the losses of all venues, ${usdText(most.usd)} would be kept by ${value}.`,
  ];
}

const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

/**
 * Of all collateral that counts of the accounts with some on a market, the share that is on other terms, each at its threshold; undefined of
 * a whole venue and where there is none.
 */
export function collateralElsewhere(
  { book }: Pick<Study, 'book'>,
  { marketRow, venueRow }: ParameterPlace,
): number | undefined {
  if (marketRow === undefined) return undefined;
  const { accounts, legs } = book;
  const values = ownValues(book);
  let [all, own] = [0, 0];
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venueRow) continue;
    let [held, on, owed] = [0, 0, 0];
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const usd = legs.amount[leg]! * legPriceUsd(values, leg);
      if (legs.side[leg] === -1) owed += usd;
      else held += usd * legs.liquidationThreshold[leg]!;
      if (legs.side[leg] === 1 && legs.termsMarket[leg] === marketRow)
        on += usd * legs.liquidationThreshold[leg]!;
    }
    if (!(on > 0 && owed > 0)) continue;
    all += held;
    own += on;
  }
  return all > 0 ? 1 - own / all : undefined;
}
