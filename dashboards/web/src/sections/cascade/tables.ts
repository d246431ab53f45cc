import { count, usdExact } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { venueColumn } from '../venues/column.ts';
import type { Cascade, Round } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';

/** Rounds, assets and what was taken of a cascade, each to fold; the rounds are open. */
export function roundTables(state: State, cascade: Cascade): Piece {
  const what = scenarioInWords(cascade.scenario);
  const { rounds, byAsset, lots } = cascade;
  return [
    rounds.length > 0 &&
      fold(
        'rounds',
        `Rounds (${count(rounds.length)})`,
        [roundTable(state, cascade, what), severalTimes(cascade)],
        true,
      ),
    fold('assets', `By asset (${count(byAsset.length)})`, assetTable(state, cascade, what)),
    lots.length > 0 &&
      fold('lots', `Taken and not sold (${count(lots.length)})`, lotTable(state, cascade, what)),
  ];
}

/** Where the losses of a cascade are, by venue and by market, each to fold. */
export function lossTables(state: State, cascade: Cascade): Piece {
  const what = scenarioInWords(cascade.scenario);
  const { byVenue, byMarket } = cascade;
  return [
    fold('venues', `By venue (${count(byVenue.length)})`, venueTable(state, cascade, what)),
    byMarket.length > 0 &&
      fold('markets', `Losses by market (${count(byMarket.length)})`, marketTable(state, cascade, what)),
  ];
}

function fold(id: string, title: string, content: Piece, isOpen = false): Markup {
  return element(
    'details',
    { key: id, id: `cascade-${id}`, open: isOpen },
    element('summary', {}, title),
    content,
  );
}

/** Why the accounts of the rounds add up to more than there are. */
function severalTimes({ rounds, accounts }: Cascade): Piece {
  const times = rounds.reduce((sum, round) => sum + round.accounts, 0);
  if (times === accounts) return undefined;
  return element(
    'p',
    { class: 'source' },
    `The rounds name ${count(times)} accounts, but only ${count(accounts)} are liquidated: some are hit in several rounds.`,
  );
}

function roundTable(state: State, cascade: Cascade, what: string): Markup {
  return table(
    cascade.rounds,
    {
      id: 'cascade-rounds',
      caption: `Rounds of ${what}`,
      columns: [
        { name: 'Round', value: ({ index }) => index },
        { name: 'Accounts', unit: 'count', value: ({ accounts }) => accounts },
        { name: 'Liquidated', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
        { name: 'Repaid', unit: 'USD', value: ({ repaidUsd }) => repaidUsd },
        { name: 'Bad debt', unit: 'USD', value: ({ badDebtUsd }) => badDebtUsd },
        ...priceGroups(cascade).map((group): Column<Round> => ({
          name: groupName(group),
          unit: 'move',
          value: ({ index }) => group.points[index],
          title: `Price of ${group.symbols.join(', ')} after the round, against before the shock`,
        })),
      ],
      keyOf: ({ index }) => index,
    },
    state,
  );
}

function venueTable(state: State, { byVenue }: Cascade, what: string): Markup {
  return table(
    byVenue.toSorted((a, b) => b.lossUsd - a.lossUsd || b.liquidatedUsd - a.liquidatedUsd),
    {
      id: 'cascade-venues',
      caption: `Losses by venue, ${what}`,
      columns: [
        venueColumn(),
        { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
        { name: 'Bad debt', unit: 'USD', value: ({ badDebtUsd }) => badDebtUsd },
        { name: 'Shortfall', unit: 'USD', value: ({ shortfallUsd }) => shortfallUsd },
        {
          name: 'Stuck',
          title: 'Due at the end, and nobody liquidates it',
          unit: 'USD',
          value: ({ stuckUsd }) => stuckUsd,
        },
        { name: 'Accounts', unit: 'count', value: ({ accounts }) => accounts },
        { name: 'Liquidated', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
        { name: 'Repaid', unit: 'USD', value: ({ repaidUsd }) => repaidUsd },
      ],
      keyOf: ({ venue }) => venue,
    },
    state,
  );
}

function marketTable(state: State, { byMarket }: Cascade, what: string): Markup {
  return table(
    byMarket,
    {
      id: 'cascade-markets',
      caption: `Losses by market of what is owed (who lent there loses), ${what}`,
      columns: [
        {
          name: 'Market',
          value: ({ label }) => label,
          cell: ({ label, market }) => element('span', { title: market }, label),
          also: [{ name: 'Market id', value: ({ market }) => market }],
        },
        venueColumn(),
        assetColumn('Owed'),
        { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
        { name: 'Bad debt', unit: 'USD', value: ({ badDebtUsd }) => badDebtUsd },
        { name: 'Shortfall', unit: 'USD', value: ({ shortfallUsd }) => shortfallUsd },
      ],
      keyOf: ({ venue, market, asset }) => `${venue} ${market} ${asset.address}`,
    },
    state,
  );
}

type Path = Cascade['byAsset'][number];

/** Columns of what was traded of an asset, in units. */
const FLOWS: readonly (readonly [name: string, title: string, of: (path: Path) => number])[] = [
  ['Seized', 'Units taken from accounts', ({ seized }) => seized],
  ['Sold', 'Units sold on its own market', ({ sold }) => sold],
  ['Bought', 'Units bought on its own market', ({ bought }) => bought],
  ['Exchanged', 'Units turned into what it is tied to', ({ exchanged }) => exchanged],
  ['Unsold', 'Units that no known market took', ({ unsold }) => unsold],
  ['Not to be had', 'Units that wanted to be bought and no market gave', ({ unbought }) => unbought],
];

function assetTable(state: State, { byAsset }: Cascade, what: string): Markup {
  const moveOf = (before: number, after: number) => (before > 0 ? after / before - 1 : null);
  // A column of nothing says nothing.
  const flows = FLOWS.filter(
    ([name, , of]) => FLOWS_ALWAYS.includes(name) || byAsset.some((path) => of(path) !== 0),
  );
  return table(
    byAsset,
    {
      id: 'cascade-assets',
      caption: `Prices and flows by asset, ${what}`,
      columns: [
        assetColumn(),
        {
          name: 'Price before',
          unit: 'USD',
          value: ({ oracleBeforeUsd }) => oracleBeforeUsd,
          cell: ({ oracleBeforeUsd }) => usdExact(oracleBeforeUsd),
        },
        {
          name: 'Market after',
          unit: 'USD',
          value: ({ marketAfterUsd }) => marketAfterUsd,
          cell: ({ marketAfterUsd }) => usdExact(marketAfterUsd),
        },
        {
          name: 'Market move',
          unit: 'move',
          value: ({ oracleBeforeUsd, marketAfterUsd }) => moveOf(oracleBeforeUsd, marketAfterUsd),
        },
        {
          name: 'Oracle move',
          unit: 'move',
          value: ({ oracleBeforeUsd, oracleAfterUsd }) => moveOf(oracleBeforeUsd, oracleAfterUsd),
        },
        ...flows.map(([name, title, of]): Column<Path> => ({ name, title, unit: 'units', value: of })),
      ],
      keyOf: ({ asset }) => asset.address,
    },
    state,
  );
}

const FLOWS_ALWAYS = ['Seized', 'Sold', 'Bought'];

function lotTable(state: State, { lots }: Cascade, what: string): Markup {
  return table(
    lots.toSorted((a, b) => b.valueUsd - a.valueUsd),
    {
      id: 'cascade-lots',
      caption: `Taken and not sold, at the final market prices, ${what}`,
      columns: [
        venueColumn(),
        { name: 'Held by', value: ({ holder }) => HOLDERS[holder] ?? holder },
        assetColumn(),
        { name: 'Units', unit: 'units', value: ({ amount }) => amount },
        { name: 'Worth', unit: 'USD', value: ({ valueUsd }) => valueUsd },
      ],
      keyOf: ({ venue, holder, asset }) => `${venue} ${holder} ${asset.address}`,
    },
    state,
  );
}

const HOLDERS: Readonly<Record<string, string>> = {
  liquidator: 'liquidators',
  depositors: 'depositors of the pool',
  protocol: 'the protocol, as its fee',
  auction: 'an auction',
};
