import { element, type Markup, type Piece } from '../markup/element.ts';
import { boxed, whyNotTaken, type Rejected } from '../frame/rejected.ts';
import { DEFAULT_SETTINGS, type Settings } from './scenario.ts';

/** Who acts how, and how deep markets are. */
export function settingsForm(settings: Settings, rejected: Rejected | undefined): Markup {
  const { liquidators, gasUsd, capitalUsd, oracles, depositors, depth } = settings;
  const changed = Object.entries(DEFAULT_SETTINGS).filter(
    ([name, usual]) =>
      name !== 'volatility' && name !== 'capitalUsd' && settings[name as keyof Settings] !== usual,
  ).length;
  const number = (name: keyof Settings, value: number, min: number): Piece => [
    element('input', {
      ...{ type: 'number', 'data-act': 'setting', 'data-name': name, min, step: 'any' },
      ...boxed(rejected, `setting ${name}`, value),
    }),
    whyNotTaken(rejected, `setting ${name}`),
  ];
  return element(
    'details',
    { key: 'settings', id: 'settings' },
    element('summary', {}, `Who acts, and depth${changed === 0 ? '' : ` (${changed} changed)`}`),
    element(
      'div',
      { class: 'fields' },
      field(
        'Liquidators',
        select('liquidators', liquidators, [
          ['rational', 'act only at a profit'],
          ['unlimited', 'act at any loss (an upper bound)'],
          ['capital', 'at a profit, with so much money'],
        ]),
      ),
      liquidators !== 'unlimited' && field('Gas a call, USD', number('gasUsd', gasUsd, 0)),
      liquidators === 'capital' && field('Money a round, USD', number('capitalUsd', capitalUsd, 1)),
      field(
        'Oracles follow',
        select('oracles', oracles, [
          ['between', 'between rounds'],
          ['within', 'after every call'],
        ]),
      ),
      field(
        'Stability-pool depositors',
        select('depositors', depositors, [
          ['sell', 'sell what they get'],
          ['hold', 'hold what they get'],
        ]),
      ),
      field('Depth of all markets ×', number('depth', depth, 0)),
    ),
  );
}

const field = (name: string, control: Piece): Piece =>
  element('label', { class: 'field', key: name }, element('span', {}, name), control);

const select = (
  name: keyof Settings,
  value: string,
  options: readonly (readonly [string, string])[],
): Markup =>
  element(
    'select',
    { 'data-act': 'setting', 'data-name': name, value },
    options.map(([id, words]) => element('option', { value: id, key: id }, words)),
  );
