import type { Book } from '@undertow/book';
import type { CapUpdateEffect } from '@undertow/lag';
import { count, dollars, money } from './compact-numbers.ts';
import { heightText } from './height-text.ts';
import { table, units } from './text-table.ts';

/** Accounts that are listed, the one with the largest debt first. */
const LISTED = 20;

/** What an update of a cap would do, for a terminal: what is lost first, then where the cap stands. */
export function capUpdateText(
  book: Pick<Book, 'block' | 'chainId' | 'assets'>,
  {
    label,
    feed,
    rate,
    ratio,
    isHeldBack,
    headroomBefore,
    headroomAfter,
    latestSince,
    prices,
    madeDue,
  }: CapUpdateEffect,
): string {
  const debtUsd = madeDue.reduce((sum, one) => sum + one.debtUsd, 0);
  const lines = [
    madeDue.length === 0
      ? 'The update alone would make nobody liquidatable.'
      : `!! The update alone would make ${count(madeDue.length)} ${madeDue.length === 1 ? 'account' : 'accounts'} with ${dollars(debtUsd)} of debt liquidatable.`,
    `${heightText(book)}. ${label} (${feed}).`,
    '',
    `The token is redeemed for ${rateText(rate)}; the cap would grow from ${rateText(ratio)}${isHeldBack ? ', held back from what was asked' : ''}.`,
    `Room below the cap: ${roomText(headroomBefore)} now, ${roomText(headroomAfter)} once the update has landed.`,
    ...(latestSince === undefined
      ? []
      : [`With that rate it could name ${minute(latestSince)} UTC at the latest without binding.`]),
    '',
    ...(prices.length === 0 ? ['No price would change.'] : [pricesTable(book, prices)]),
    ...(madeDue.length === 0 ? [] : ['', madeDueTable(madeDue)]),
  ];
  return `${lines.join('\n')}\n`;
}

function pricesTable({ assets }: Pick<Book, 'assets'>, prices: CapUpdateEffect['prices']): string {
  return table(
    ['Asset', 'Oracle', 'Now USD', 'After USD', 'Change'],
    prices.map(({ asset, id, beforeUsd, afterUsd }) => [
      ...[assets[asset]!.symbol, id, units(beforeUsd), units(afterUsd)],
      hundredths(afterUsd / beforeUsd - 1),
    ]),
    [0, 1],
  );
}

function madeDueTable(madeDue: CapUpdateEffect['madeDue']): string {
  const drawn = table(
    ['Venue', 'Owner', 'Debt USD', 'Health now', 'Health after'],
    madeDue
      .slice(0, LISTED)
      .map(({ venue, owner, debtUsd, healthBefore, healthAfter }) => [
        ...[venue, owner, money(debtUsd), healthBefore.toFixed(4), healthAfter.toFixed(4)],
      ]),
    [0, 1],
  );
  return madeDue.length <= LISTED
    ? drawn
    : `${drawn}\n… and ${count(madeDue.length - LISTED)} more with less debt; --json has all.`;
}

const rateText = (rate: number) => String(Number(rate.toPrecision(8)));
/** Two decimals: a hundredth of a percent is what such caps are about. */
const hundredths = (ratio: number) => `${(ratio * 100).toFixed(2).replace('-', '−')} %`;
const roomText = (room: number | undefined) =>
  room === undefined ? 'not known' : `${hundredths(room)}${room <= 0 ? ', it binds' : ''}`;
const minute = (time: number) => new Date(time * 1_000).toISOString().slice(0, 16).replace('T', ' ');
