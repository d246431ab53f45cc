import { amount, count, moveColumn, usd, usdExact } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { address } from '../page/address.ts';
import { table } from '../page/table.ts';
import { shocksInWords } from './headline.ts';
import type { Cascade, Round } from './load.ts';
import { groupName, priceGroups } from './price-paths.ts';

/** Rounds, venues, assets and accounts of a cascade, each to fold; the rounds are open. */
export function cascadeTables(cascade: Cascade): Piece {
  const what = shocksInWords(cascade.shocks, cascade.volatilityShock);
  return [
    fold(
      'rounds',
      `Rounds (${count(cascade.rounds.length)})`,
      [roundTable(cascade, what), severalTimes(cascade)],
      true,
    ),
    fold('venues', `By venue (${count(cascade.byVenue.length)})`, venueTable(cascade, what)),
    fold('assets', `By asset (${count(cascade.byAsset.length)})`, assetTable(cascade, what)),
    fold('hit', `Accounts hit (${count(cascade.accounts)})`, accountTable(cascade, what)),
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
      { name: 'Accounts', isNumber: true, cell: ({ accounts }) => count(accounts) },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
    ],
    byVenue,
    ({ venue }) => venue,
  );
}

function assetTable({ byAsset }: Cascade, what: string): Markup {
  return table(
    `Price and flow by asset, ${what}`,
    [
      { name: 'Asset', cell: ({ symbol, asset }) => element('span', { title: asset }, symbol) },
      { name: 'Price before', isNumber: true, cell: ({ priceBeforeUsd }) => usdExact(priceBeforeUsd) },
      { name: 'Price after', isNumber: true, cell: ({ priceAfterUsd }) => usdExact(priceAfterUsd) },
      {
        name: 'Move',
        isNumber: true,
        cell: ({ priceBeforeUsd, priceAfterUsd }) =>
          moveColumn(priceBeforeUsd > 0 ? priceAfterUsd / priceBeforeUsd - 1 : null),
      },
      {
        name: 'Seized',
        title: 'Units taken from accounts',
        isNumber: true,
        cell: ({ seized }) => amount(seized),
      },
      { name: 'Sold', title: 'Units sold into depth', isNumber: true, cell: ({ sold }) => amount(sold) },
      {
        name: 'Bought',
        title: 'Units bought back to repay debt',
        isNumber: true,
        cell: ({ bought }) => amount(bought),
      },
      {
        name: 'Unsold',
        title: 'Units that no known market could take',
        isNumber: true,
        cell: ({ unsold }) => amount(unsold),
      },
    ],
    byAsset,
    ({ asset }) => asset,
  );
}

function accountTable({ byAccount, accounts }: Cascade, what: string): Markup {
  const shown =
    byAccount.length < accounts
      ? `The ${count(byAccount.length)} largest of ${count(accounts)} accounts hit`
      : 'Accounts hit';
  return table(
    `${shown}, ${what}`,
    [
      { name: 'Owner', cell: ({ owner }) => address(owner) },
      { name: 'Venue', cell: ({ venue }) => venueName(venue) },
      {
        name: 'Round',
        title: 'The first round in which it is liquidated',
        isNumber: true,
        cell: ({ firstRound }) => count(firstRound),
      },
      { name: 'Liquidated', isNumber: true, cell: ({ liquidatedUsd }) => usd(liquidatedUsd) },
      { name: 'Repaid', isNumber: true, cell: ({ repaidUsd }) => usd(repaidUsd) },
      { name: 'Bad debt', isNumber: true, cell: ({ badDebtUsd }) => usd(badDebtUsd) },
    ],
    byAccount,
    ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
  );
}
