import { answerOf, blockOf, type Asked } from '../../frame/asked.ts';
import { loadFeedDelay, loadOracles, type FeedDelay, type Oracles } from './load.ts';

/** Which prices can be trusted, at the block of the screen. */
export const oracles: Asked<Oracles> = {
  key: 'oracles',
  followsBlock: true,
  load: (state, signal) => loadOracles(blockOf(state), signal),
};

/** How far the feed that somebody opened runs behind its market; nothing while none is open. */
export const feedDelay: Asked<FeedDelay> = {
  key: 'feedDelay',
  followsBlock: true,
  forgets: true,
  // Of a feed that is not there at this block there is nothing to ask.
  isAsked: (state) => answerOf(state, oracles).value?.feeds.some(({ id }) => id === state.openFeed) ?? false,
  about: ({ openFeed }) => openFeed ?? '',
  load: (state, signal) => {
    if (state.openFeed === undefined) throw new Error('bug: the delay of a feed is loaded and none is open');
    return loadFeedDelay(state.openFeed, blockOf(state), signal);
  },
};
