import { exported } from '../../export/exportable.ts';
import { percent, usd } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { oneAdvice } from '../advice-one/asked.ts';
import { frontier as asked } from './asked.ts';
import { frontierChart, frontierSentence, type Standing } from './chart.ts';
import type { Frontier } from './load.ts';

const NAME = 'toxicity-frontier';

/** Where liquidations of the chosen market turn toxic, and where it stands now and as advised. */
export function frontierPanel(state: State): Markup {
  return section({
    id: NAME,
    title: 'Where liquidations turn toxic',
    loaded: answerOf(state, asked),
    now: state.now,
    body: (frontier) =>
      frontier === null
        ? element(
            'p',
            { class: 'waiting', key: 'none' },
            'Nobody owes against this market, so that nothing can be liquidated.',
          )
        : body(state, frontier),
  });
}

function body(state: State, frontier: Frontier): Piece {
  const width = state.widths[NAME] ?? 0;
  const drawing = { frontier, standing: standingOf(state, frontier), theme: themeOf(state), width };
  const svg = width > 0 ? frontierChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: 'plot' }, svg);
  const { closeShare, slippage, sizeUsd, lagFall, why } = frontier;
  return [
    element('p', { key: 'words' }, `${frontierSentence(drawing)}.`),
    svg
      ? exported(plot, {
          ...{ id: NAME, title: 'Toxicity frontier' },
          data: () => ({
            columns: [
              { name: 'Bonus', unit: 'ratio' },
              { name: 'Largest threshold', unit: 'ratio' },
              { name: 'Set by' },
              { name: 'Largest threshold by the contract', unit: 'ratio' },
            ],
            rows: frontier.points.map(({ bonus, threshold, by }, at) => [
              ...[bonus, threshold, by, frontier.contract[at]?.threshold],
            ]),
          }),
          pictures: () => [{ title: 'Toxicity frontier', words: frontierSentence(drawing), svg }],
        })
      : plot,
    element(
      'p',
      { class: 'source', key: 'key' },
      'Above the solid line a liquidation leaves an account less healthy than before, or with less than it owes; the dashed line is the one that contracts check, without slippage and lag. ',
      `One call repays up to ${percent(closeShare)} of a debt; closing the largest, ${usd(sizeUsd)}, turns prices by ${percent(slippage, 2)}; the price may have fallen by ${percent(lagFall, 2)} before its oracle says so.`,
      why !== null && ` Slippage is not in the line: ${why}.`,
    ),
  ];
}

/** Where the market is now, and where the advised value would put it. */
function standingOf({ answers }: State, { threshold, bonus }: Frontier): readonly Standing[] {
  if (threshold === null || bonus === null) return [];
  const now = { name: 'now', threshold, bonus };
  const advice = answerOf({ answers }, oneAdvice).value;
  const value = advice?.advised?.value;
  if (value === undefined) return [now];
  if (advice?.parameter.kind === 'liquidationThreshold')
    return [now, { name: 'advised', threshold: value, bonus }];
  if (advice?.parameter.kind === 'liquidationBonus')
    return [now, { name: 'advised', threshold, bonus: value }];
  return [now];
}
