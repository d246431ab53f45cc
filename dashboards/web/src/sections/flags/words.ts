import type { Flag, FlagRule } from './load.ts';

/** What a kind of flag is called. */
const KINDS: Readonly<Record<Flag['kind'], string>> = {
  stuck: 'overdue',
  slow: 'behind its threshold',
  deviating: 'far from its market',
  jumping: 'moved as no market did',
  decoupled: 'standing still while its market moves',
  capped: 'at its cap',
  cap_pending: 'at its cap once a pending update lands',
  bounded: 'at its bound',
  drainable: 'more may be borrowed against it than it is worth',
  split_legs: 'legs that update apart',
  disagreeing: 'several prices at once',
  silent: 'silent',
  clock_apart: 'by a clock that is not ours',
  outlying: 'far from the other sources',
  spiking: 'a spike that came back',
};

export const kindInWords = (kind: Flag['kind']): string => KINDS[kind];

/** What a flag says in a few words: `ETH / USD: overdue`. */
export const flagTitle = ({ label, kind }: Pick<Flag, 'label' | 'kind'>): string =>
  `${label}: ${kindInWords(kind)}`;

/** On which side of its lines a rule finds a value bad. */
export const sideInWords = ({ bad }: Pick<FlagRule, 'bad'>): string =>
  bad === 'high' ? 'from there on' : 'from there down';
