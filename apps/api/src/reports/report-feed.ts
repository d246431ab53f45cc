import { shownSentence } from '@undertow/report';
import { element, toHtml } from '@undertow/web';
import { Feed } from 'feed';

/** A report as an entry of the feed. */
export interface FedReport {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly summary: readonly string[];
  /** Unix seconds. */
  readonly madeAt: number;
}

/**
 * Reports as an Atom feed (RFC 4287), the newest first. Subjects have what strangers wrote: they are text, escaped as HTML, which is what
 * titles and contents of the feed are.
 *
 * @param origin scheme and host of this server.
 */
export function reportFeed(reports: readonly FedReport[], origin: string, network: string): string {
  const feed = new Feed({
    id: `${origin}/reports`,
    link: `${origin}/reports`,
    // Unlike those of entries, this title is plain text.
    title: shownSentence(`Undertow: reports on ${network}`),
    copyright: '',
    generator: 'Undertow',
    updated: new Date((reports[0]?.madeAt ?? 0) * 1_000),
    author: { name: 'Undertow', link: `${origin}/` },
    feedLinks: { atom: `${origin}/reports.atom` },
  });
  for (const { id, kind, subject, summary, madeAt } of reports) {
    const address = `${origin}/r/${id}`;
    const items = summary.map((one) => element('li', {}, shownSentence(one)));
    feed.addItem({
      ...{ id: address, link: address, title: textOf(subject), date: new Date(madeAt * 1_000) },
      content: toHtml(element('ul', {}, items)),
      category: [{ name: kind, term: kind }],
    });
  }
  return feed.atom1();
}

/** Text as HTML: what marks it up is escaped, what cannot be in XML is replaced. */
const textOf = (text: string): string => toHtml(element('span', {}, shownSentence(text))).slice(6, -7);
