import { count } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Cascade } from './load.ts';

type Cited = Pick<Cascade, 'bookHash' | 'scenario' | 'overrides'> & {
  readonly head: Pick<Cascade['head'], 'block'>;
};

/** How anybody gets the same numbers: the whole hash of the book, and the commands that write it and run the scenario on it. */
export function recompute(cascade: Cited): Markup {
  const { head, bookHash, overrides } = cascade;
  return element(
    'details',
    { class: 'recompute', key: 'recompute', id: 'recompute' },
    element('summary', {}, 'Check these numbers yourself'),
    element(
      'p',
      { class: 'source' },
      `Book of block ${count(head.block)}${overrides.length > 0 ? ' under the changed terms' : ''}; an equal hash means equal numbers:`,
    ),
    copyable(bookHash, 'Hash'),
    element('p', { class: 'source' }, 'Whoever has indexed this chain gets the same from:'),
    ...commands(cascade).map((line) => copyable(line, 'Command')),
  );
}

/** Writes the book, then runs the scenario on it. */
export function commands({ head, scenario, overrides }: Cited): [string, string] {
  const { moves, volatilityMove, depthFactor, liquidators, gasUsd, capitalUsd, oracles, depositors } =
    scenario;
  const option = (name: string, value: string | number | null, usual: string | number | null) =>
    value === usual || value === null ? [] : [`--${name}=${value}`];
  const parts = [
    ...moves.map(({ what, move }) => `--shock ${quoted(`${what}=${move}`)}`),
    ...option('volatility', volatilityMove, 0),
    ...option('liquidators', liquidators, 'rational'),
    ...option('gas', gasUsd, 0),
    ...option('capital', capitalUsd, null),
    ...option('oracles', oracles, 'between'),
    ...option('depositors', depositors, 'sell'),
    ...option('depth', depthFactor, 1),
    ...overrides.map((override) => `--set ${quoted(override)}`),
  ];
  return [
    `undertow export --block ${head.block} --out book.json`,
    ['undertow simulate --book book.json', ...parts].join(' '),
  ];
}

/** As a shell takes it for one word. */
const quoted = (text: string) =>
  /^[\w.:/@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

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
