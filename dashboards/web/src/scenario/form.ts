import { move, price } from '../format/number.ts';
import { element, type Markup } from '../markup/element.ts';
import { assetOf, presets, type KnownAsset } from './assets.ts';
import { LARGEST_RISE, type Shock } from './scenario.ts';

/** Several assets moved together: ready-made scenarios, and a slider and a number for each asset. */
export function scenarioForm(
  { shocks, volatility }: { readonly shocks: readonly Shock[]; readonly volatility: number },
  known: readonly KnownAsset[],
): Markup {
  const strangers = known.length === 0 ? [] : shocks.filter((shock) => !assetOf(shock, known));
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
      element(
        'div',
        { class: 'sliders' },
        known.map((asset) =>
          slider(asset, shocks.find((shock) => assetOf(shock, known) === asset)?.ratio ?? 0),
        ),
        volatilitySlider(volatility),
      ),
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

function slider({ asset, symbol, priceUsd }: KnownAsset, ratio: number): Markup {
  const value = Number((ratio * 100).toFixed(2));
  const common = { 'data-act': 'shock', 'data-asset': asset, value };
  return element(
    'div',
    { class: 'slider', key: asset },
    element('span', { class: 'name', title: asset }, symbol),
    element('input', {
      ...common,
      type: 'range',
      min: -95,
      max: 50,
      step: 1,
      'aria-label': `Move of ${symbol}, percent`,
    }),
    element('input', {
      ...common,
      type: 'number',
      min: -99,
      max: LARGEST_RISE * 100,
      step: 'any',
      'aria-label': `Move of ${symbol} in percent`,
    }),
    element('span', { class: 'result' }, `% → ${price(priceUsd * (1 + ratio))}`),
  );
}

/** Options are priced and margined by it; a fall usually brings a rise of it. */
function volatilitySlider(volatility: number): Markup {
  const common = { 'data-act': 'volatility', value: Number((volatility * 100).toFixed(2)) };
  return element(
    'div',
    { class: 'slider', key: 'volatility' },
    element('span', { class: 'name', title: 'All implied volatilities of option venues' }, 'Volatility'),
    element('input', {
      ...{ ...common, type: 'range', min: -90, max: 200, step: 5 },
      'aria-label': 'Move of implied volatility, percent',
    }),
    element('input', {
      ...{ ...common, type: 'number', min: -99, max: LARGEST_RISE * 100, step: 'any' },
      'aria-label': 'Move of implied volatility in percent',
    }),
    element('span', { class: 'result' }, `% of what it is`),
  );
}
