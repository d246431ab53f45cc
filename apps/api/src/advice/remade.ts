import type { AdviceMadeOf } from '@undertow/advice';
import type { StoredAdviceRun } from '@undertow/store';
import { contentHash } from '@undertow/sweep';
import { GraphQLError } from 'graphql';
import type { FactSource } from '../fact-source.ts';
import type { LiveBook } from '../live-book.ts';
import { adviceQuestion } from './advice-question.ts';
import { argsKept } from './kept-args.ts';

/** Makes again what a kept run was made of, and holds it against its hashes; text that says why where it is not the same any more. */
export async function remade(
  { live, source }: { readonly live: Pick<LiveBook, 'at'>; readonly source: FactSource },
  run: StoredAdviceRun,
): Promise<AdviceMadeOf | string> {
  const args = argsKept(run.asked);
  if (!args) return 'what the advice before was asked is not kept';
  try {
    const at = await live.at(run.block);
    if (at.book.hash !== run.bookHash) return 'the book of that block is not what it was';
    const question = await adviceQuestion(source, at, args);
    if (contentHash({ book: at.book.hash, question }) !== run.inputsHash)
      return 'the prices that are stored up to that block are not what they were';
    return { book: at.book, asked: question.asked };
  } catch (cause) {
    // A block that is not stored any more, a sweep that was dropped.
    if (cause instanceof GraphQLError) return cause.message.replace(/\.$/, '');
    throw cause;
  }
}
