import { lexer, type Token, type Tokens } from 'marked';
import type { Block, Inline } from '../src/prose/prose.ts';

/** A row of the glossary: the words for one idea, and what they mean. */
export interface Meaning {
  readonly words: readonly string[];
  readonly text: readonly Inline[];
}

/** The rows of the glossary's table. Throws where there is none, or where a word has no meaning. */
export function readGlossary(markdown: string): Meaning[] {
  const table = lexer(markdown).find((token): token is Tokens.Table => token.type === 'table');
  if (!table) throw new Error('the glossary has no table of words');
  return table.rows.map(([word, meaning]) => {
    const words = (word?.text ?? '').split(',').map((one) => one.trim());
    const text = inlines(meaning?.tokens ?? []);
    if (words.includes('') || text.length === 0) throw new Error(`“${word?.text}” has no meaning`);
    return { words, text };
  });
}

/** A text of headings, paragraphs and lists. Throws at what it does not know, so that nothing is left out in silence. */
export function readBlocks(markdown: string): Block[] {
  return lexer(markdown)
    .filter(({ type }) => type !== 'space')
    .map((token) => {
      if (token.type === 'heading') return { heading: plain(token), level: (token as Tokens.Heading).depth };
      if (token.type === 'paragraph') return { paragraph: inlines((token as Tokens.Paragraph).tokens) };
      if (token.type === 'list')
        return { items: (token as Tokens.List).items.map(({ tokens }) => inlines(tokens)) };
      throw new Error(`a text of the page cannot hold a ${token.type}: ${token.raw.slice(0, 60)}`);
    });
}

function inlines(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    switch (token.type) {
      case 'codespan':
        return [{ code: plain(token) }];
      case 'strong':
      case 'em':
        return [{ stress: plain(token) }];
      case 'text':
        return 'tokens' in token && token.tokens ? inlines(token.tokens) : [plain(token)];
      case 'paragraph':
      case 'link':
        return inlines((token as Tokens.Paragraph).tokens);
      case 'escape':
        return [plain(token)];
      default:
        throw new Error(`a sentence of the page cannot hold a ${token.type}: ${token.raw.slice(0, 60)}`);
    }
  });
}

const plain = (token: Token): string => ('text' in token ? String(token.text) : token.raw);
