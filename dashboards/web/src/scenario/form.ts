import { move, price } from '../format/number.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { assetOf, presets, shockFactor, type KnownAsset } from './assets.ts';
import { LARGEST_RISE, type Shock } from './scenario.ts';

export interface ScenarioForm {
  readonly shocks: readonly Shock[];
  readonly volatility: number;
  readonly known: readonly KnownAsset[];
  /** Why some assets are not among the known ones. */
  readonly fixed: string | undefined;
}

/** Several assets moved together: ready-made scenarios, and a slider and a number for each asset. */
export function scenarioForm({ shocks, volatility, known, fixed }: ScenarioForm): Markup {
  const strangers = known.length === 0 ? [] : shocks.filter((shock) => !assetOf(shock, known));
  const hasDerived = known.some(({ derivedFrom }) => derivedFrom !== null);
  return element(
    'div',
    { class: 'scenario', key: 'scenario' },
    element(
      'div',
      { class: 'presets', role: 'group', 'aria-label': 'Ready-made scenarios' },
      presets(known).map(({ name }, i) =>
        element('button', { type: 'button', 'data-act': 'preset', 'data-preset': i, key: name }, name),
      ),
    ),
    element(
      'details',
      { key: 'own', id: 'own-scenario' },
      element('summary', {}, 'Your own scenario'),
      hasDerived &&
        note(
          'derived',
          'What is derived moves with what it is derived from; its own slider moves the ratio of the two, on top (a depeg). The price is the one right after the shock.',
        ),
      element(
        'div',
        { class: 'sliders' },
        known.map((asset) => assetSlider(asset, shocks, known)),
        volatilitySlider(volatility),
      ),
      note(
        'volatility',
        'Volatility changes what it costs to close a written option, not who is due: what a writer must put up does not depend on it.',
      ),
      fixed !== undefined && note('fixed', fixed),
      strangers.length > 0 &&
        element(
          'p',
          { class: 'problem', key: 'strangers' },
          `Also moved, though not watched here: ${strangers.map(({ asset, ratio }) => `${asset} ${move(ratio)}`).join(', ')}.`,
        ),
      element('button', { type: 'button', 'data-act': 'clear', key: 'clear' }, 'Move nothing'),
    ),
  );
}

const note = (key: string, words: string) => element('p', { class: 'source', key }, words);

function assetSlider(asset: KnownAsset, shocks: readonly Shock[], known: readonly KnownAsset[]): Markup {
  const { asset: address, symbol, priceUsd, derivedFrom } = asset;
  const ratio = shocks.find((shock) => assetOf(shock, known) === asset)?.ratio ?? 0;
  const factor = shockFactor(asset, shocks, known);
  return slider({
    key: address,
    name: [
      element('span', { title: address }, symbol),
      derivedFrom !== null && element('small', {}, `ratio to ${derivedFrom.symbol}`),
    ],
    ...{ ratio, spoken: symbol, act: 'shock', asset: address, range: { min: -95, max: 50, step: 1 } },
    result: element(
      'span',
      { class: factor === 1 ? 'result' : 'result moved', title: `Now ${price(priceUsd)}` },
      `→ ${price(priceUsd * factor)}`,
    ),
  });
}

/** Options are priced and closed by it; a fall usually brings a rise of it. */
const volatilitySlider = (volatility: number): Markup =>
  slider({
    key: 'volatility',
    name: element('span', { title: 'All implied volatilities of option venues' }, 'Volatility'),
    ...{ ratio: volatility, spoken: 'implied volatility', act: 'volatility' },
    range: { min: -90, max: 200, step: 5 },
    result: element('span', { class: 'result' }, 'of what it is'),
  });

interface Slider {
  readonly key: string;
  readonly name: Piece;
  readonly ratio: number;
  /** What moves, for screen readers. */
  readonly spoken: string;
  readonly act: string;
  readonly asset?: string;
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  readonly result: Markup;
}

function slider({ key, name, ratio, spoken, act, asset, range, result }: Slider): Markup {
  const common = { 'data-act': act, 'data-asset': asset };
  // Written last: a range cuts its value to the limits that it has by then.
  const value = Number((ratio * 100).toFixed(2));
  return element(
    'div',
    { class: 'slider', key },
    element('span', { class: 'name' }, name),
    element('input', {
      ...common,
      type: 'range',
      ...range,
      'aria-label': `Move of ${spoken}, percent`,
      value,
    }),
    element(
      'span',
      { class: 'percent' },
      element('input', {
        ...{ ...common, type: 'number', min: -99, max: LARGEST_RISE * 100, step: 'any' },
        'aria-label': `Move of ${spoken} in percent`,
        value,
      }),
      '%',
    ),
    result,
  );
}
