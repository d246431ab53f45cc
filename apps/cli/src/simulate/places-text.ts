import { mechanisms, type Book } from '@undertow/book';
import type { AccountLosses, AssetPath, CascadeResult, HeldLot, MarketLosses } from '@undertow/cascade';
import { amount, count, money, moveCell } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { units } from '../text-table.ts';
import { clipText } from '../wrap-text.ts';
import { accountPlace } from './account-place.ts';

/** Rows of a table that are printed; the rest is counted. */
const MOST_ROWS = 12;
const MOST_ACCOUNTS = 5;

/** So that a market's figures fit beside its name. */
const LONGEST_NAME = 48;

/** What happened at each venue, largest loss first. */
export function venuesText(book: Book, { byVenue }: CascadeResult): string {
  const rows = byVenue.toSorted((a, b) => b.lossUsd - a.lossUsd || b.liquidatedUsd - a.liquidatedUsd);
  const drawn = figureTable(rows, {
    title: 'By venue, USD',
    columns: [
      { head: 'Venue', of: ({ venue }) => venue },
      { head: 'Loss', of: ({ lossUsd }) => money(lossUsd) },
      { head: 'Bad debt', of: ({ badDebtUsd }) => money(badDebtUsd) },
      { head: 'Shortfall', of: ({ shortfallUsd }) => money(shortfallUsd) },
      { head: 'Stuck', of: ({ stuckUsd }) => money(stuckUsd) },
      { head: 'Accounts\nliquidated', of: ({ accounts }) => count(accounts) },
      { head: 'Liquidated', of: ({ liquidatedUsd }) => money(liquidatedUsd) },
      { head: 'Repaid', of: ({ repaidUsd }) => money(repaidUsd) },
    ],
  });
  const notes = rows.flatMap(({ venue, liquidatedUsd }) => liquidatedNote(book, venue, liquidatedUsd));
  return drawn === '' ? '' : [drawn, ...notes].join('\n');
}

/** What the value liquidated is, where it is not simply collateral seized. */
function liquidatedNote({ venues }: Book, id: string, liquidatedUsd: number): string[] {
  const venue = venues.find((one) => one.id === id);
  const words = venue && mechanisms[venue.mechanism].words.liquidated;
  if (liquidatedUsd === 0 || words === undefined || words === USUAL_WORDS) return [];
  return [`  ${id}: liquidated is ${words}`];
}

const USUAL_WORDS = mechanisms['pooled-lending'].words.liquidated;

/** Who lent what is lost. */
export function marketsText({ byMarket }: CascadeResult): string {
  return figureTable<MarketLosses>(byMarket, {
    title: 'By market of what is owed, USD: who lent there loses',
    columns: [
      { head: 'Market', of: ({ venue, label }) => clipText(`${venue} ${label}`, LONGEST_NAME) },
      { head: 'Owed', of: ({ symbol }) => symbol, isWords: true },
      { head: 'Loss', of: ({ lossUsd }) => money(lossUsd) },
      { head: 'Bad debt', of: ({ badDebtUsd }) => money(badDebtUsd) },
      { head: 'Shortfall', of: ({ shortfallUsd }) => money(shortfallUsd) },
    ],
    most: MOST_ROWS,
    rest: (left) => `${money(left.reduce((sum, { lossUsd }) => sum + lossUsd, 0))} USD lost`,
  });
}

/** Accounts that lose most or stay due, whole addresses: `undertow account` takes them. */
export function accountsText(book: Book, { byAccount }: CascadeResult): string {
  const hurt = byAccount
    .filter(({ lossUsd, stuckUsd }) => lossUsd > 0 || stuckUsd > 0)
    .sort((a, b) => b.lossUsd - a.lossUsd || b.stuckUsd - a.stuckUsd);
  return figureTable<AccountLosses>(hurt, {
    title: 'Accounts with the largest losses, USD',
    columns: [
      { head: 'Owner', of: ({ owner }) => owner },
      { head: 'Venue', of: (account) => accountPlace(book, account), isWords: true },
      { head: 'Loss', of: ({ lossUsd }) => money(lossUsd) },
      { head: 'Stuck', of: ({ stuckUsd }) => money(stuckUsd) },
    ],
    most: MOST_ACCOUNTS,
    rest: (left) => `${money(left.reduce((sum, { lossUsd }) => sum + lossUsd, 0))} USD lost`,
  });
}

/** What was traded of every asset, and where its prices end. */
export function assetsText({ byAsset }: CascadeResult): string {
  const rows = byAsset.filter(isTraded).sort((a, b) => tradedUsd(b) - tradedUsd(a));
  return figureTable<AssetPath>(rows, {
    title: 'By asset: prices in USD, amounts in units; exchanged = turned into what it is tied to',
    columns: [
      { head: 'Asset', of: ({ symbol }) => symbol },
      { head: 'Price\nbefore', of: ({ oracleBeforeUsd }) => units(oracleBeforeUsd) },
      { head: 'Market\nafter', of: ({ marketAfterUsd }) => units(marketAfterUsd) },
      { head: 'Market\nmove', of: (path) => moveCell(path.marketAfterUsd / path.oracleBeforeUsd - 1) },
      { head: 'Oracle\nmove', of: (path) => moveCell(path.oracleAfterUsd / path.oracleBeforeUsd - 1) },
      { head: 'Seized', of: ({ seized }) => amount(seized) },
      { head: 'Sold', of: ({ sold }) => amount(sold) },
      { head: 'Bought', of: ({ bought }) => amount(bought) },
      { head: 'Exchanged', of: ({ exchanged }) => amount(exchanged) },
      { head: 'Unsold', of: ({ unsold }) => amount(unsold) },
      { head: 'Not to\nbe had', of: ({ unbought }) => amount(unbought) },
    ],
    most: MOST_ROWS,
  });
}

const isTraded = ({ seized, sold, bought, exchanged, unsold, unbought }: AssetPath) =>
  [seized, sold, bought, exchanged, unsold, unbought].some((units) => units !== 0);

const tradedUsd = ({ seized, sold, bought, unsold, marketAfterUsd }: AssetPath) =>
  (seized + sold + bought + unsold) * marketAfterUsd;

/** What was taken and not sold, by who has it. */
export function lotsText({ lots }: CascadeResult): string {
  return figureTable<HeldLot>(
    lots.toSorted((a, b) => b.valueUsd - a.valueUsd),
    {
      title: 'Taken and not sold, at the final market prices',
      columns: [
        { head: 'Venue', of: ({ venue }) => venue },
        { head: 'Held by', of: ({ holder }) => HOLDERS[holder], isWords: true },
        { head: 'Asset', of: ({ symbol }) => symbol, isWords: true },
        { head: 'Units', of: ({ amount: held }) => amount(held) },
        { head: 'Worth USD', of: ({ valueUsd }) => money(valueUsd) },
      ],
      most: MOST_ROWS,
      rest: (left) => `worth ${money(left.reduce((sum, { valueUsd }) => sum + valueUsd, 0))} USD`,
    },
  );
}

const HOLDERS: Readonly<Record<HeldLot['holder'], string>> = {
  liquidator: 'liquidators',
  depositors: 'depositors of the pool',
  protocol: 'the protocol, as its fee',
  auction: 'an auction',
};
