import { count, price, times } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import { oracles as asked } from './asked.ts';
import { feedDetail, feedName, UNKNOWN } from './feed-detail.ts';
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
      'When each feed last answered, and by which rule it does, learned from its answers that are stored: at which move of the market, by which clock, after how long at the latest. Open one to see what it missed, which jumps of its market it followed, and how far it runs behind.',
    ),
    body: (report) => {
      const columns = [...saidColumns(state), RULE, ...DAY, ...STATE];
      return report.feeds.length === 0
        ? element('p', { class: 'waiting' }, 'No feed prices anything yet.')
        : [
            report.sequencer !== null &&
              element('p', { class: 'headline', key: 'sequencer' }, sequencerWords(report.sequencer)),
            table(
              report.feeds,
              {
                id: 'feeds',
                caption: 'Base feeds that some oracle is made of',
                columns,
                keyOf: ({ id }) => id,
                below: (feed) => feed.id === state.openFeed && feedDetail(feed, state, columns.length),
              },
              state,
            ),
            sourceLine(report, { pinned: state.pinned, loaded }),
          ];
    },
  });
}

/** What a feed said, and when. */
const saidColumns = (state: State): readonly Column<Feed>[] => [
  {
    name: 'Feed',
    value: ({ label }) => label,
    cell: (feed) => feedName(feed, state),
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
];

/** By which rule it answers. */
const RULE: Column<Feed> = {
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
};

const missedCell = ({ day: { missed, came } }: Feed) =>
  missed === null ? '–' : [count(missed), element('small', {}, `${count(came)} came`)];

/** How it kept that rule over the day before. */
const DAY: readonly Column<Feed>[] = [
  {
    name: 'Missed',
    unit: 'count',
    title:
      'Answers that its own rule asked for over the day before, and that did not come within five minutes',
    value: ({ day }) => day.missed,
    cell: missedCell,
    also: [
      { name: 'Came', unit: 'count', value: ({ day }) => day.came },
      { name: 'Counted since', unit: 'time', value: ({ day }) => day.since },
      { name: 'Market seen since', unit: 'time', value: ({ day }) => day.marketSince },
      {
        name: 'Missed not known because',
        value: ({ day }) => day.missedUnknown && UNKNOWN[day.missedUnknown],
      },
    ],
  },
  {
    name: 'Jump coverage',
    unit: 'ratio',
    title: 'Share of its market’s jumps over the day before that it followed within five minutes',
    value: ({ day }) => day.jumpCoverage,
    also: [
      { name: 'Jumps', unit: 'count', value: ({ day }) => day.jumps },
      {
        name: 'Coverage not known because',
        value: ({ day }) => day.coverageUnknown && UNKNOWN[day.coverageUnknown],
      },
    ],
  },
];

/** From how much that is known, and what is wrong with it. */
const STATE: readonly Column<Feed>[] = [
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
];

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
