import { price, usd } from '../../format/number.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import type { Markup, Piece } from '../../markup/element.ts';
import { element } from '../../markup/element.ts';
import type { Horizon, MarginReport, MarginTotals, Portfolio } from './load.ts';
import { ratioWords } from './words.ts';

type Tail = NonNullable<Portfolio['tail']>;

/** The three margins, and those at each venue, as numbers. */
export function totalsTable(
  state: State,
  ways: readonly { readonly name: string; readonly totals: MarginTotals }[],
): Markup {
  return table(
    ways,
    {
      id: 'margins',
      caption: 'Three ways of looking at all accounts',
      columns: [
        { name: 'Margin', value: ({ name }) => name },
        { name: 'Equity', unit: 'USD', value: ({ totals }) => totals.equityUsd },
        { name: 'Maintenance margin', unit: 'USD', value: ({ totals }) => totals.maintenanceUsd },
        { name: 'Initial margin', unit: 'USD', value: ({ totals }) => totals.initialUsd },
        {
          name: 'Margin ratio',
          unit: 'ratio',
          value: ({ totals }) => totals.marginRatio,
          cell: ({ totals }) => ratioWords(totals.marginRatio),
        },
        { name: 'Lacks', title: 'Of maintenance', unit: 'USD', value: ({ totals }) => totals.callUsd },
      ],
      keyOf: ({ name }) => name,
    },
    state,
  );
}

/** What each account has and must have. */
export function accountsTable(state: State, { accounts }: MarginReport): Markup {
  return table(
    accounts,
    {
      id: 'margins-accounts',
      caption: 'Account by account, as the venues have it',
      columns: [
        {
          name: 'Account',
          value: ({ name }) => name,
          also: [
            { name: 'Venue id', value: ({ venue }) => venue },
            { name: 'Market', value: ({ market }) => market },
          ],
        },
        { name: 'Equity', unit: 'USD', value: ({ equityUsd }) => equityUsd },
        { name: 'Maintenance margin', unit: 'USD', value: ({ maintenanceUsd }) => maintenanceUsd },
        { name: 'Initial margin', unit: 'USD', value: ({ initialUsd }) => initialUsd },
        {
          name: 'Margin ratio',
          unit: 'ratio',
          value: ({ marginRatio }) => marginRatio,
          cell: ({ marginRatio }) => ratioWords(marginRatio),
        },
        { name: 'State', value: ({ isDue }) => (isDue ? 'may be liquidated' : 'open') },
      ],
      keyOf: ({ venue, market }) => `${venue} ${market}`,
    },
    state,
  );
}

/** How far each price is from the line of each account. */
export function distancesTable(state: State, { accounts }: MarginReport, { name: horizon }: Horizon): Piece {
  const rows = accounts.flatMap((account) => account.distances.map((distance) => ({ account, distance })));
  if (rows.length === 0)
    return element(
      'p',
      { class: 'source', key: 'no-line' },
      'No move of a single reference price brings an account to its line.',
    );
  return table(
    rows,
    {
      id: 'margins-distances',
      caption: 'How far one price is from the line, all else still',
      columns: [
        {
          name: 'Account',
          value: ({ account }) => account.name,
          also: [
            { name: 'Venue id', value: ({ account }) => account.venue },
            { name: 'Market', value: ({ account }) => account.market },
          ],
        },
        { name: 'Price of', value: ({ distance }) => distance.reference },
        {
          name: 'Now',
          unit: 'USD',
          value: ({ distance }) => distance.priceUsd,
          cell: ({ distance }) => price(distance.priceUsd),
        },
        {
          name: 'At the line',
          unit: 'USD',
          value: ({ distance }) => distance.lineUsd,
          cell: ({ distance }) => price(distance.lineUsd),
        },
        { name: 'To the line', unit: 'move', value: ({ distance }) => distance.move },
        {
          name: 'Standard deviations',
          title: `The same in standard deviations of the log returns over ${horizon}`,
          unit: 'count',
          value: ({ distance }) => distance.deviations,
          cell: ({ distance }) => distance.deviations?.toFixed(1) ?? '–',
        },
      ],
      keyOf: ({ account, distance }) => `${account.venue} ${account.market} ${distance.reference}`,
    },
    state,
  );
}

/** What each account adds to what all may lose. */
export function contributionsTable(state: State, { contributions }: Tail): Markup {
  return table(
    contributions,
    {
      id: 'margins-contributions',
      caption: 'What each account adds to what all may lose; they add up',
      columns: [
        { name: 'Account', value: ({ part }) => part },
        { name: 'To VaR', unit: 'USD', value: ({ valueAtRiskUsd }) => valueAtRiskUsd },
        { name: 'To ES', unit: 'USD', value: ({ expectedShortfallUsd }) => expectedShortfallUsd },
        { name: 'VaR alone', unit: 'USD', value: ({ aloneUsd }) => aloneUsd.valueAtRisk },
        { name: 'ES alone', unit: 'USD', value: ({ aloneUsd }) => aloneUsd.expectedShortfall },
      ],
      keyOf: ({ part }) => part,
    },
    state,
  );
}

/** What all gains when a price, or all implied volatilities, rise by a hundredth. */
export function sensitivitiesTable(
  state: State,
  { sensitivities: { prices, vegaUsd } }: MarginReport,
): Markup {
  const rows = [
    ...prices.map((one) => ({ ...one, gammaUsd: one.gammaUsd as number | null })),
    ...(vegaUsd === 0 ? [] : [{ factor: 'implied volatility', deltaUsd: vegaUsd, gammaUsd: null }]),
  ];
  return table(
    rows,
    {
      id: 'margins-sensitivities',
      caption: 'What all accounts gain when something rises by 1 %',
      columns: [
        { name: 'What rises', value: ({ factor }) => factor },
        {
          name: 'Gain',
          unit: 'USD',
          value: ({ deltaUsd }) => deltaUsd,
          cell: ({ deltaUsd }) => usd(deltaUsd),
        },
        {
          name: 'And the next 1 % more',
          title: 'What the gain itself rises by: below 0 for who wrote options',
          unit: 'USD',
          value: ({ gammaUsd }) => gammaUsd,
        },
      ],
      keyOf: ({ factor }) => factor,
    },
    state,
  );
}
