import { price, times } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import { oracles as asked } from './asked.ts';
import type { Feed } from './load.ts';
import { warningList, warningText } from './warnings.ts';
import { ruleWords, sequencerWords, span, tradingWords } from './words.ts';

/** Every base feed against its own rule. */
export function feedsPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'feeds',
    title: 'Feeds against their own rules',
    loaded,
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'When each feed last answered, and by which rule it does, learned from its answers that are stored: at which move of the market, by which clock, after how long at the latest.',
    ),
    body: (report) =>
      report.feeds.length === 0
        ? element('p', { class: 'waiting' }, 'No feed prices anything yet.')
        : [
            report.sequencer !== null &&
              element('p', { class: 'headline', key: 'sequencer' }, sequencerWords(report.sequencer)),
            table(
              report.feeds,
              {
                id: 'feeds',
                caption: 'Base feeds that some oracle is made of',
                columns: [
                  {
                    name: 'Feed',
                    value: ({ label }) => label,
                    cell: ({ label, id }) => element('span', { title: id }, label),
                    also: [{ name: 'Feed id', value: ({ id }) => id }],
                  },
                  {
                    name: 'Answer',
                    unit: 'units',
                    value: ({ answer }) => answer,
                    cell: ({ answer, marketAnswer }) => [
                      price(answer),
                      marketAnswer !== null && element('small', {}, `market ${price(marketAnswer)}`),
                    ],
                    also: [
                      { name: 'By its market', unit: 'units', value: ({ marketAnswer }) => marketAnswer },
                      {
                        name: 'Move of the market by threshold',
                        value: ({ moveOfThreshold }) => moveOfThreshold,
                      },
                      { name: 'Jump', unit: 'ratio', value: ({ jump }) => jump },
                    ],
                  },
                  {
                    name: 'Age',
                    unit: 'count',
                    title: 'Seconds since it says that it answered, at the block',
                    value: ({ ageSeconds }) => ageSeconds,
                    cell: ageCell,
                    also: [
                      { name: 'Answered at', unit: 'time', value: ({ answeredAt }) => answeredAt },
                      { name: 'Its market', value: (feed) => tradingWords(feed) ?? null },
                    ],
                  },
                  {
                    name: 'Answers',
                    value: ruleWords,
                    also: [
                      { name: 'Threshold', unit: 'ratio', value: ({ rule }) => rule.threshold },
                      {
                        name: 'Longest gap in seconds',
                        unit: 'count',
                        value: ({ rule }) => rule.heartbeatSeconds,
                      },
                    ],
                  },
                  { name: 'Learned from', unit: 'count', value: ({ answersKnown }) => answersKnown },
                  {
                    name: 'Room to bounds',
                    unit: 'ratio',
                    title: 'Distance from the least or greatest that it can answer',
                    value: ({ boundHeadroom }) => boundHeadroom,
                  },
                  {
                    name: 'Wrong now',
                    value: ({ warnings }) => warningText(warnings),
                    cell: ({ warnings }) => warningList(warnings),
                  },
                ],
                keyOf: ({ id }) => id,
              },
              state,
            ),
            sourceLine(report, { pinned: state.pinned, loaded }),
          ],
  });
}

function ageCell(feed: Feed) {
  const { ageSeconds, ageOfHeartbeat } = feed;
  if (ageSeconds === null) return 'no timestamp';
  const trading = tradingWords(feed);
  return [
    span(ageSeconds),
    ageOfHeartbeat !== null && element('small', {}, `${times(ageOfHeartbeat)} of its longest gap`),
    trading !== undefined && element('small', {}, trading),
  ];
}
