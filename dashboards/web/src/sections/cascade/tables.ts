import { amount, count, moveColumn, usd, usdExact } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { table } from '../../frame/table.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import type { Cascade, Round } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';

/** Rounds, venues, markets, assets and accounts of a cascade, each to fold; the rounds are open. */
export function cascadeTables(cascade: Cascade): Piece {
  const what = scenarioInWords(cascade.scenario);
  const { rounds, byVenue, byMarket, byAsset, byAccount, lots } = cascade;
  return [
    rounds.length > 0 &&
      fold(
        'rounds',
        `Rounds (${count(rounds.length)})`,
        [roundTable(cascade, what), severalTimes(cascade)],
        true,
      ),
    fold('venues', `By venue (${count(byVenue.length)})`, venueTable(cascade, what)),
    byMarket.length > 0 &&
      fold('markets', `Losses by market (${count(byMarket.length)})`, marketTable(cascade, what)),
    fold('assets', `By asset (${count(byAsset.length)})`, assetTable(cascade, what)),
    byAccount.length > 0 && fold('hit', `Accounts (${count(byAccount.length)})`, accountTable(cascade, what)),
    lots.length > 0 && fold('lots', `Taken and not sold (${count(lots.length)})`, lotTable(cascade, what)),
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

function roundTable(cascade: Cascade, what: string): Markup {
  return table(
    `Rounds of ${what}`,
    [
      { name: 'Round', cell: ({ index }) => count(index) },
      { name: 'Accounts', isNumber: true, cell: ({ accounts }) => count(accounts) },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
      ...priceGroups(cascade).map((group) => ({
        name: groupName(group),
        title: `Price of ${group.symbols.join(', ')} after the round, against before the shock`,
        isNumber: true,
        cell: ({ index }: Round) => moveColumn(group.points[index]),
      })),
    ],
    cascade.rounds,
    ({ index }) => index,
  );
}

function venueTable({ byVenue }: Cascade, what: string): Markup {
  return table(
    `Losses by venue, ${what}`,
    [
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      { name: 'Loss', isNumber: true, cell: ({ lossUsd }) => usd(lossUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
      { name: 'Shortfall', isNumber: true, cell: ({ shortfallUsd }) => usd(shortfallUsd) },
      {
        name: 'Stuck',
        title: 'Due at the end, and nobody liquidates it',
        isNumber: true,
        cell: ({ stuckUsd }) => usd(stuckUsd),
      },
      { name: 'Accounts', isNumber: true, cell: ({ accounts }) => count(accounts) },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
    ],
    byVenue.toSorted((a, b) => b.lossUsd - a.lossUsd || b.liquidatedUsd - a.liquidatedUsd),
    ({ venue }) => venue,
  );
}

function marketTable({ byMarket }: Cascade, what: string): Markup {
  return table(
    `Losses by market of what is owed (who lent there loses), ${what}`,
    [
      { name: 'Market', cell: ({ label, market }) => element('span', { title: market }, label) },
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      { name: 'Owed', cell: ({ asset }) => element('span', { title: asset.address }, asset.symbol) },
      { name: 'Loss', isNumber: true, cell: ({ lossUsd }) => usd(lossUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
      { name: 'Shortfall', isNumber: true, cell: ({ shortfallUsd }) => usd(shortfallUsd) },
    ],
    byMarket,
    ({ venue, market, asset }) => `${venue} ${market} ${asset.address}`,
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

function assetTable({ byAsset }: Cascade, what: string): Markup {
  const moveOf = (before: number, after: number) => moveColumn(before > 0 ? after / before - 1 : null);
  // A column of nothing says nothing.
  const flows = FLOWS.filter(
    ([name, , of]) => FLOWS_ALWAYS.includes(name) || byAsset.some((path) => of(path) !== 0),
  );
  return table(
    `Prices and flows by asset, ${what}`,
    [
      { name: 'Asset', cell: ({ asset }) => element('span', { title: asset.address }, asset.symbol) },
      { name: 'Price before', isNumber: true, cell: ({ oracleBeforeUsd }) => usdExact(oracleBeforeUsd) },
      { name: 'Market after', isNumber: true, cell: ({ marketAfterUsd }) => usdExact(marketAfterUsd) },
      {
        name: 'Market move',
        isNumber: true,
        cell: ({ oracleBeforeUsd, marketAfterUsd }) => moveOf(oracleBeforeUsd, marketAfterUsd),
      },
      {
        name: 'Oracle move',
        isNumber: true,
        cell: ({ oracleBeforeUsd, oracleAfterUsd }) => moveOf(oracleBeforeUsd, oracleAfterUsd),
      },
      ...flows.map(([name, title, of]) => ({
        ...{ name, title, isNumber: true },
        cell: (path: Path) => amount(of(path)),
      })),
    ],
    byAsset,
    ({ asset }) => asset.address,
  );
}

const FLOWS_ALWAYS = ['Seized', 'Sold', 'Bought'];

function accountTable({ byAccount }: Cascade, what: string): Markup {
  return table(
    `Accounts hit, largest liquidated value first, ${what}`,
    [
      { name: 'Owner', cell: ({ owner }) => address(owner) },
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      {
        name: 'Round',
        title: 'The first round in which it is liquidated',
        isNumber: true,
        cell: ({ firstRound }) => (firstRound === null ? '–' : count(firstRound)),
      },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Loss', isNumber: true, cell: ({ lossUsd }) => usd(lossUsd) },
      {
        name: 'Stuck',
        isNumber: true,
        cell: ({ stuckUsd, stuckBecause }) =>
          element('span', { title: stuckBecause ?? undefined }, usd(stuckUsd)),
      },
    ],
    byAccount,
    ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
  );
}

function lotTable({ lots }: Cascade, what: string): Markup {
  return table(
    `Taken and not sold, at the final market prices, ${what}`,
    [
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      { name: 'Held by', cell: ({ holder }) => HOLDERS[holder] ?? holder },
      { name: 'Asset', cell: ({ asset }) => element('span', { title: asset.address }, asset.symbol) },
      { name: 'Units', isNumber: true, cell: ({ amount: held }) => amount(held) },
      { name: 'Worth', isNumber: true, cell: ({ valueUsd }) => usd(valueUsd) },
    ],
    lots.toSorted((a, b) => b.valueUsd - a.valueUsd),
    ({ venue, holder, asset }) => `${venue} ${holder} ${asset.address}`,
  );
}

const HOLDERS: Readonly<Record<string, string>> = {
  liquidator: 'liquidators',
  depositors: 'depositors of the pool',
  protocol: 'the protocol, as its fee',
  auction: 'an auction',
};
