/** Word joiner: invisible, and no forum sees a name to notify, a picture or an address behind it. */
const JOINER = '\u2060';

/** Marks of Markdown, of HTML or of a forum, and dots within words, which make addresses; not those of numbers. */
const MARKS = /[\\`*_{}[\]()#+!|<>~&$^=]|(?<=[^\s\d])\.(?=\S)|(?<=\d)\.(?=[^\s\d])/g;

/** Text of one line in which nothing is a mark: no link, no name that is notified, no picture, no list, no cell of a table. */
export const inertMarkdown = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(MARKS, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s)/, '$1\\$2')
    .replace(/^-(?=\s)/, '\\-')
    .replaceAll('@', `@${JOINER}`)
    .replaceAll(/:(?=\S)/g, `\\:${JOINER}`);
