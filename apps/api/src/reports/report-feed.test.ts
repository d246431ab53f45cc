import { xml2js, type Element } from 'xml-js';
import { reportFeed, type FedReport } from './report-feed.ts';

const HOSTILE = '<script>alert(1)</script> ]]> &amp; "quoted" \u0000\u0007\u202e end';
const report = (digit: string, subject: string): FedReport => ({
  ...{ id: digit.repeat(64), kind: 'state', subject, madeAt: 1_795_175_400 },
  summary: [subject, 'Nobody is liquidated.'],
});
const ORIGIN = 'https://undertow.example';

/** The feed as a strict parser reads it. */
const parsed = (text: string): Element =>
  (xml2js(text) as Element).elements!.find(({ name }) => name === 'feed')!;
const children = (of: Element, name: string) => (of.elements ?? []).filter((one) => one.name === name);
const text = (of: Element | undefined) =>
  (of?.elements ?? []).map(({ text: plain, cdata }) => String(plain ?? cdata ?? '')).join('');

describe('the feed of reports', () => {
  it('is what RFC 4287 asks of one, with an entry for each report', () => {
    const feed = parsed(reportFeed([report('a', 'State'), report('b', 'Sweep')], ORIGIN, 'devnet'));
    expect(feed.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2005/Atom' });
    const links = children(feed, 'link').map(({ attributes }) => attributes!);
    expect(links).toContainEqual({ rel: 'self', href: `${ORIGIN}/reports.atom` });
    const entries = children(feed, 'entry');
    for (const one of [feed, ...entries]) {
      for (const name of ['id', 'title', 'updated']) expect(children(one, name)).toHaveLength(1);
      expect(text(children(one, 'updated')[0])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(URL.canParse(text(children(one, 'id')[0]))).toBe(true);
    }
    // Entries without an author have the feed's.
    expect(text(children(children(feed, 'author')[0]!, 'name')[0])).toBe('Undertow');
    expect(entries.map((one) => text(children(one, 'id')[0]))).toEqual(
      ['a', 'b'].map((digit) => `${ORIGIN}/r/${digit.repeat(64)}`),
    );
    for (const one of entries)
      expect(children(one, 'link')[0]!.attributes).toMatchObject({ href: text(children(one, 'id')[0]) });
    expect(text(children(entries[1]!, 'title')[0])).toBe('Sweep');
  });

  it('has nothing of strangers but text', () => {
    const feed = parsed(reportFeed([report('a', HOSTILE)], ORIGIN, HOSTILE));
    const [entry] = children(feed, 'entry');
    for (const name of ['title', 'content']) {
      const [of] = children(entry!, name);
      expect(of!.attributes).toMatchObject({ type: 'html' });
      expect(text(of)).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp;');
      expect(text(of)).not.toMatch(/<script|\u0000|\u0007|\u202e/);
    }
    // Of a title that is plain text, signs are signs.
    const [title] = children(feed, 'title');
    expect(title!.attributes).toBeUndefined();
    expect(text(title)).toContain('<script>alert(1)</script> ]]> & "quoted"');
    expect(reportFeed([], ORIGIN, HOSTILE)).not.toMatch(/<script|\u0000|\u0007|\u202e/);
  });

  it('is whole without a report', () => {
    expect(children(parsed(reportFeed([], ORIGIN, 'devnet')), 'entry')).toEqual([]);
  });
});
