import { count, counted, percent } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { feedDelay as asked } from './asked.ts';
import type { Feed, FeedDelay } from './load.ts';
import { ruleWords, span } from './words.ts';

/** The name of a feed, which opens its day. */
export function feedName({ id, label }: Feed, { openFeed }: Pick<State, 'openFeed'>): Markup {
  const isOpen = openFeed === id;
  return element(
    'button',
    {
      ...{ type: 'button', class: 'opens', 'data-act': 'open-feed', 'data-feed': id },
      'aria-expanded': isOpen ? 'true' : 'false',
      'aria-label': `${label}, how it kept its rule`,
      title: `${id} – ${isOpen ? 'hide' : 'show'} how it kept its rule, and its delay`,
    },
    label,
  );
}

/** What a feed did over the day before, in a row below its own. */
export function feedDetail(feed: Feed, state: State, columns: number): Markup {
  const { id, day } = feed;
  return element(
    'tr',
    { key: `${id} day`, class: 'legs' },
    element(
      'td',
      { colspan: columns },
      element(
        'ul',
        {},
        [`It answers ${ruleWords(feed)}.`, missedSentence(day), jumpSentence(day), delayAnswer(state)].map(
          (words) => element('li', {}, words),
        ),
      ),
    ),
  );
}

type Day = Feed['day'];

/** Answers that came and that were missed, and since when that is counted. */
export function missedSentence({ since, came, missed, missedUnknown, marketSince }: Day): string {
  if (missed === null) return `What it missed cannot be told: ${UNKNOWN[missedUnknown!]}.`;
  const from = since === null ? '' : ` since ${minute(since)} UTC`;
  const seen =
    marketSince === null
      ? '; moves of its market are not seen, as it was not measured'
      : since !== null && marketSince > since
        ? `; moves of its market are seen since ${minute(marketSince)} UTC`
        : '';
  return `It missed ${count(missed)} that its own rule asked for, beside ${count(came)} that came,${from}${seen}.`;
}

/** Which jumps of its market it followed. */
export function jumpSentence({ jumps, jumpCoverage, coverageUnknown }: Day): string {
  if (jumps === null || jumpCoverage === null)
    return `Its jump coverage cannot be told: ${UNKNOWN[coverageUnknown!]}.`;
  return `Its jump coverage is ${percent(jumpCoverage)}: of ${counted(jumps, 'jump')} of its market it followed ${count(Math.round(jumpCoverage * jumps))} within five minutes.`;
}

/** Why something of a day cannot be told. */
export const UNKNOWN = {
  no_answers: 'no answer of it is stored',
  rule_unknown: 'too few of its answers are stored to learn its rule',
  threshold_unknown: 'no move of its market was seen to bring an answer',
  market_unknown: 'its market was not measured for long enough',
  no_jump: 'its market did not jump',
} as const satisfies Record<NonNullable<Day['missedUnknown']>, string>;

function delayAnswer(state: State): string {
  const { value, problem } = answerOf(state, asked);
  if (value !== undefined) return delaySentence(value);
  return problem === undefined
    ? 'Its delay is being computed…'
    : `Its delay is not known: ${problem.message}.`;
}

/** How far it ran behind its market, with the band. */
export function delaySentence(delay: FeedDelay): string {
  if (delay === null)
    return 'Its delay cannot be told: it answered too seldom over the day before, or its market was not measured for long enough.';
  const { seconds, leastSeconds, greatestSeconds, error, errorWithoutDelay, samples } = delay;
  const without = errorWithoutDelay === null ? '' : `, ${percent(errorWithoutDelay, 2)} without a delay`;
  return `Its delay was ${span(seconds)} over the day before (90\u202f% band ${span(leastSeconds)} to ${span(greatestSeconds)}): ${counted(samples, 'answer')} lay ${percent(error, 2)} from the market so long before, in the middle${without}.`;
}
