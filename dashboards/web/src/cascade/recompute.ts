import { count } from '../format/number.ts';
import { element, type Markup } from '../markup/element.ts';
import { assetOf, linkName, type KnownAsset } from '../scenario/assets.ts';
import type { Cascade } from './load.ts';

type Cited = Pick<Cascade, 'head' | 'bookHash' | 'shocks' | 'volatilityShock'>;

/** How anybody gets the same numbers: the whole hash of the book, and the commands that write it and run the scenario on it. */
export function recompute(cascade: Cited, known: readonly KnownAsset[]): Markup {
  const { head, bookHash } = cascade;
  return element(
    'details',
    { class: 'recompute', key: 'recompute', id: 'recompute' },
    element('summary', {}, 'Check these numbers yourself'),
    element(
      'p',
      { class: 'source' },
      `Book of block ${count(head.block)}; an equal hash means equal numbers:`,
    ),
    copyable(bookHash, 'Hash'),
    element('p', { class: 'source' }, 'Whoever has indexed this chain gets the same from:'),
    ...commands(cascade, known).map((line) => copyable(line, 'Command')),
  );
}

/** Writes the book, then runs the scenario on it. */
export function commands(
  { head, shocks, volatilityShock }: Cited,
  known: readonly KnownAsset[],
): [string, string] {
  const moves = shocks.map(({ asset, ratio }) => {
    const found = assetOf({ asset, ratio }, known);
    // A symbol that is not known to be the only one names nothing; an address does.
    return ` --shock ${found ? linkName(found, known) : asset}=${ratio}`;
  });
  const volatility = volatilityShock === 0 ? '' : ` --volatility=${volatilityShock}`;
  return [
    `undertow export --block ${head.block} --out book.json`,
    `undertow simulate --book book.json${moves.join('')}${volatility}`,
  ];
}

function copyable(text: string, what: string): Markup {
  return element(
    'p',
    { class: 'copyable', key: text },
    element('code', {}, text),
    element(
      'button',
      {
        type: 'button',
        'data-act': 'copy',
        'data-text': text,
        'data-what': what,
        'aria-label': `Copy: ${text}`,
      },
      'Copy',
    ),
  );
}
