/** Control, direction and invisible characters, but line breaks: a terminal would obey them. */
const UNREADABLE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text for a terminal: names come from chains and from files of strangers. */
export const readableText = (text: string): string => text.replaceAll(UNREADABLE, '');
