import type { Book, BookOracle } from './book.ts';

/** Whether nothing moves a venue's price: it is made of no feed, or of such as never answer anew. */
export const isConstantOracle = ({ feeds }: Pick<Book, 'feeds'>, { formula }: BookOracle): boolean =>
  formula.terms.every(({ feed }) => feeds[feed]!.policy.kind === 'fixed');

/** Whether every venue takes the asset's price as given: it is cash to them, and no shock to it makes anybody due. */
export const isConstantAsset = (book: Pick<Book, 'feeds' | 'oracles'>, asset: number): boolean =>
  book.oracles.every((oracle) => oracle.asset !== asset || isConstantOracle(book, oracle));
