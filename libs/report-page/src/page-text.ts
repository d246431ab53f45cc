import { shownText } from '@undertow/report';
import { element, toHtml, type Markup, type Piece } from '@undertow/web';
import { STYLE } from './style.ts';

/** A page of HTML that needs nothing else and does nothing: no script, no file, no network. */
export function pageText({
  title,
  description,
  report,
  more,
  parts,
}: {
  readonly title: string;
  readonly description: string;
  /** Ids of the reports that it is of. */
  readonly report: string;
  /** More for its head: where it stands in the web. */
  readonly more?: Piece;
  readonly parts: Piece;
}): string {
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      // A report is read: nothing in it may do anything.
      element('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: "default-src 'none'; style-src 'unsafe-inline'",
      }),
      element('meta', { name: 'undertow-report', content: report }),
      element('meta', { property: 'og:title', content: title }),
      element('meta', { property: 'og:description', content: description }),
      more,
      element('title', {}, title),
      element('style', {}, STYLE),
    ),
    element('body', {}, element('main', {}, parts)),
  );
  return `<!doctype html>\n${toHtml(page)}\n`;
}

/** The head of a column. */
export const heading = (text: string, isRight: boolean, unit = ''): Markup =>
  element(
    'th',
    { scope: 'col', class: isRight ? 'figure' : undefined },
    text,
    unit !== '' && element('span', { class: 'unit' }, unit),
  );

/** What may be wider than a phone is moved by itself, with the keyboard too. */
export const scrolled = (title: string, table: Markup): Markup =>
  element('div', { class: 'table', role: 'region', tabindex: 0, 'aria-label': shownText(title) }, table);
