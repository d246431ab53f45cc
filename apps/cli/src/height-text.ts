import type { Book } from '@undertow/book';

/** Where a book stands, as the beginning of a sentence. One that was made of tables has no block, and perhaps no chain. */
export function heightText({ block, chainId }: Pick<Book, 'block' | 'chainId'>): string {
  if (block > 0) return `Block ${block} of chain ${chainId}`;
  return chainId === 0 ? 'A book of tables' : `A book of tables of chain ${chainId}`;
}
