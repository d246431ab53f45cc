import { element, type Piece } from '../markup/element.ts';

/** A piece of a sentence: plain, or marked as code or for stress. */
export type Inline = string | { readonly code: string } | { readonly stress: string };

/** A part of a text: a heading, a paragraph, or a list of paragraphs. */
export type Block =
  | { readonly heading: string; readonly level: number }
  | { readonly paragraph: readonly Inline[] }
  | { readonly items: readonly (readonly Inline[])[] };

/** A sentence as it is drawn. */
export const sentence = (pieces: readonly Inline[]): Piece =>
  pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return 'code' in piece ? element('code', {}, piece.code) : element('b', {}, piece.stress);
  });

/** A sentence as plain text: what is read out, and what is searched. */
export const plainText = (pieces: readonly Inline[]): string =>
  pieces
    .map((piece) => (typeof piece === 'string' ? piece : 'code' in piece ? piece.code : piece.stress))
    .join('');

/** A text as it is drawn, its headings so many levels deeper than in its file. */
export const drawnBlocks = (blocks: readonly Block[], deeper: number): Piece =>
  blocks.map((block) => {
    if ('heading' in block) return element(`h${Math.min(6, block.level + deeper)}`, {}, block.heading);
    if ('paragraph' in block) return element('p', {}, sentence(block.paragraph));
    return element(
      'ul',
      { class: 'prose-list' },
      block.items.map((item) => element('li', {}, sentence(item))),
    );
  });
