import type { Coverage } from '@undertow/book';
import type { MadeDue } from '@undertow/cascade';
import { capUpdateEffect, type CapUpdateEffect } from '@undertow/lag';
import { BadDataError } from '@undertow/units';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import { inputError } from './errors.ts';
import { checkFirst } from './input.ts';
import type { Head, LedgerAtHead } from './shown.ts';

/** What is asked of an update, as a client writes it. */
export interface CapUpdateAsked {
  readonly oracle: string;
  readonly ratio: number;
  readonly time: number;
  readonly mostChange?: number | null;
}

/** What an update of a cap would do, as the schema has it. */
export interface CapUpdateAnswer extends Omit<CapUpdateEffect, 'prices' | 'madeDue'> {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
  readonly prices: readonly CappedPriceAnswer[];
  readonly madeDueAccounts: number;
  readonly madeDueUsd: number;
  madeDue(asked: { readonly first: number | null }): readonly MadeDue[];
}

type CappedPriceAnswer = Omit<CapUpdateEffect['prices'][number], 'asset'> & { readonly asset: AssetAnswer };

/** Plays an update of the cap on a rate that an oracle multiplies by, before it lands. Throws a GraphQLError that says what is wrong. */
export function capUpdateAnswer(at: LedgerAtHead, asked: CapUpdateAsked): CapUpdateAnswer {
  const { book, head } = at;
  const { prices, madeDue, ...effect } = effectOf(at, asked);
  const find = assetFinder(book.assets);
  return {
    ...effect,
    head,
    bookHash: book.hash,
    coverage: book.coverage,
    prices: prices.map((price) => ({ ...price, asset: find(book.assets[price.asset]!.address) })),
    madeDueAccounts: madeDue.length,
    madeDueUsd: madeDue.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
    madeDue: ({ first }) => madeDue.slice(0, checkFirst(first)),
  };
}

function effectOf(at: LedgerAtHead, { oracle, ratio, time, mostChange }: CapUpdateAsked): CapUpdateEffect {
  try {
    return capUpdateEffect(at, { oracle, ratio, since: time, mostChange: mostChange ?? undefined });
  } catch (error) {
    throw error instanceof BadDataError ? inputError(error.message) : error;
  }
}
