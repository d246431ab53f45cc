import { toHtml } from '../markup/to-html.ts';
import { scenarioForm } from './form.ts';
import { DEFAULT_SETTINGS } from './scenario.ts';

/** What stands beside the slider of volatility. */
function volatilityResult(volatility: number): string | undefined {
  const form = scenarioForm({
    ...{
      moves: [],
      settings: { ...DEFAULT_SETTINGS, volatility },
      known: [],
      ready: [],
      fixed: undefined,
      rejected: undefined,
    },
  });
  const [, slider = ''] = toHtml(form).split('Move of implied volatility in percent');
  return /class="result[^>]*>([^<]*)</.exec(slider)?.[1];
}

test('volatility moved by 100 % is twice what it is, and says so; unmoved it is as it is', () => {
  expect([0, 1, 0.5, -0.25].map(volatilityResult)).toEqual([
    ...['as it is', '→ 2.00× of now', '→ 1.50× of now', '→ 0.75× of now'],
  ]);
});
