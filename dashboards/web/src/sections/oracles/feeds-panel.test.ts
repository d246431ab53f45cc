import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { loadedAt, toyState } from '../../../test-server/toy-state.ts';
import { nothingLoaded } from '../../frame/loaded.ts';
import { withAnswer } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import type { State } from '../../frame/state.ts';
import { toHtml } from '../../markup/to-html.ts';
import { feedActions } from './actions.ts';
import { feedDelay, oracles } from './asked.ts';
import { delaySentence, jumpSentence, missedSentence } from './feed-detail.ts';
import { feedsPanel } from './feeds-panel.ts';
import { FEED_DELAY, ORACLES, type Feed, type FeedDelay, type Oracles } from './load.ts';

const NOW = 1_795_175_400;
const SINCE = NOW - 86_400;
const plain = (text: string) =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('\u202f', ' ')
    .replaceAll(/\s+/g, ' ');
const textOf = (state: State) => plain(toHtml(feedsPanel(state)));

const DAY: Feed['day'] = {
  ...{ since: SINCE, marketSince: SINCE, came: 41, missed: 3, missedUnknown: null },
  ...{ jumps: 4, jumpCoverage: 0.75, coverageUnknown: null },
};
const DELAY: FeedDelay = {
  ...{ seconds: 3_600, leastSeconds: 3_300, greatestSeconds: 4_200 },
  ...{ error: 0.0048, errorWithoutDelay: 0.0064, samples: 24 },
};

let state: State;
let feed: Feed;
beforeAll(async () => {
  const { oracles: report } = await toyAnswer<{ oracles: Oracles }>(ORACLES);
  const [first, ...others] = report.feeds;
  feed = { ...first!, day: DAY };
  const opening = await toyState(NOW);
  state = {
    ...opening,
    ...withAnswer(opening, oracles, loadedAt({ ...report, feeds: [feed, ...others] }, NOW)),
  };
});

test('every feed has what it missed and its jump coverage, and a dash where that cannot be told', () => {
  const shown = textOf(state);
  expect(shown).toContain('3 41 came 75');
  // Nothing is stored of the others.
  expect(shown).toMatch(/no answers – –/);
  expect(shown).not.toMatch(/NaN|undefined|null/);
});

test('a feed that is opened shows its day, and asks for the delay of that one alone', async () => {
  expect(feedDelay.isAsked!(state)).toBe(false);
  let open: Partial<State> = {};
  const frame = { get: () => ({ ...state, ...open }), set: (change: Partial<State>) => (open = change) };
  const button = { dataset: { feed: feed.id } } as unknown as HTMLElement;
  const act = feedActions(frame as unknown as Frame)['open-feed']!;
  act(button);
  const opened: State = { ...state, ...open };
  expect([feedDelay.isAsked!(opened), feedDelay.about!(opened)]).toEqual([true, feed.id]);
  expect(feedDelay.isAsked!({ ...state, openFeed: '0xgone' })).toBe(false);
  expect(textOf(opened)).toContain('It missed 3 that its own rule asked for');
  expect(textOf(opened)).toContain('Its delay is being computed…');
  const known = { ...opened, ...withAnswer(opened, feedDelay, loadedAt(DELAY, NOW)) };
  expect(textOf(known)).toContain('Its delay was 60 min over the day before (90 % band 55 min to 70 min)');
  const problem = { kind: 'down', message: 'nobody answered' } as const;
  const failed = { ...opened, ...withAnswer(opened, feedDelay, { ...nothingLoaded, problem }) };
  expect(textOf(failed)).toContain('Its delay is not known: nobody answered.');
  const variables = { feed: feed.id, block: null };
  expect(await toyAnswer(FEED_DELAY, variables)).toEqual({ oracles: { feeds: [{ delay: null }] } });
  act(button);
  expect(open.openFeed).toBeUndefined();
});

test('what is not known of a day is said with its reason', () => {
  const young: Feed['day'] = {
    ...{ ...DAY, missed: null, missedUnknown: 'rule_unknown' },
    ...{ jumps: null, jumpCoverage: null, coverageUnknown: 'no_answers' },
  };
  expect(missedSentence(young)).toBe(
    'What it missed cannot be told: too few of its answers are stored to learn its rule.',
  );
  expect(jumpSentence(young)).toBe('Its jump coverage cannot be told: no answer of it is stored.');
  expect(plain(missedSentence(DAY))).toMatch(
    /^It missed 3 .* beside 41 that came, since 2026-1\d-\d\d \d\d:\d\d UTC\.$/,
  );
  expect(missedSentence({ ...DAY, marketSince: SINCE + 7_200 })).toContain(
    'moves of its market are seen since',
  );
  expect(missedSentence({ ...DAY, marketSince: null })).toContain('as it was not measured.');
  expect(plain(jumpSentence(DAY))).toMatch(
    /^Its jump coverage is 75 ?%: of 4 jumps of its market it followed 3 /,
  );
  expect(delaySentence(null)).toContain('cannot be told');
  expect(delaySentence({ ...DELAY!, errorWithoutDelay: null })).not.toContain('without a delay');
});
