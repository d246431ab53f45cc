import { limitsBorrowing, overrideText, type Book, type TermsOverride } from '@undertow/book';
import {
  headline,
  moveName,
  STUCK_WORDS,
  type AccountLosses,
  type AssetPath,
  type CascadeResult,
  type MadeDue,
  type NamedMove,
  type Policies,
  type ResolvedMove,
  type Round,
  type Scenario,
  type Stuck,
} from '@undertow/cascade';
import type { MadeDueAnswer } from '@undertow/engine-pool';
import { assetFinder, withAsset, type WithAsset } from './asset-answer.ts';
import type { Head } from './shown.ts';

/** A cascade as the schema has it. */
export type CascadeAnswer = Omit<CascadeResult, 'scenario' | 'moves' | 'stuck' | 'byAccount' | OfAssets> & {
  readonly headline: string;
  readonly head: Head;
  readonly scenario: ScenarioAnswer;
  readonly overrides: readonly string[];
  readonly moves: readonly (WithAsset<ResolvedMove> & { readonly reference: string })[];
  readonly rounds: readonly (Omit<Round, 'assets'> & { readonly assets: readonly WithAsset<AssetPath>[] })[];
  readonly stuck: readonly (Stuck & { readonly because: string })[];
  readonly byAccount: readonly (Omit<AccountLosses, 'stuck'> & {
    readonly stuckBecause: string | undefined;
  })[];
} & { readonly [Name in Exclude<OfAssets, 'rounds'>]: readonly WithAsset<CascadeResult[Name][number]>[] };

/** What of a result has rows about assets. */
type OfAssets = 'rounds' | 'byMarket' | 'byAsset' | 'lots' | 'funds' | 'contagion' | 'flows';

/** What was asked for, flat, with moves by the names that the book has for them. */
export interface ScenarioAnswer {
  readonly moves: readonly NamedMove[];
  readonly volatilityMove: number;
  readonly depthFactor: number;
  readonly liquidators: Policies['liquidators']['kind'];
  readonly gasUsd: number | undefined;
  readonly capitalUsd: number | undefined;
  readonly oracles: Policies['oracles'];
  readonly depositors: Policies['depositors'];
}

/** A what-if as the schema has it. */
export interface WhatIfAnswer {
  readonly head: Head;
  readonly overrides: readonly string[];
  readonly withoutEffect: readonly string[];
  readonly bookHash: string;
  readonly madeDueAccounts: number;
  readonly madeDueUsd: number;
  readonly madeDue: readonly (Omit<MadeDue, 'healthBefore' | 'healthAfter'> & {
    readonly healthBefore: number | undefined;
    readonly healthAfter: number | undefined;
  })[];
  readonly before: CascadeAnswer;
  readonly after: CascadeAnswer;
}

/** What is asked of a book. */
export interface Asked {
  readonly book: Book;
  readonly head: Head;
  readonly scenario: Scenario;
  readonly overrides: readonly TermsOverride[];
}

/** Both runs of a what-if, and whom the change of terms alone makes due. */
export interface WhatIfRuns {
  readonly before: CascadeResult;
  readonly after: CascadeResult;
  readonly madeDue: MadeDueAnswer;
}

/** Writes what came of a cascade, on a book with other terms where there are overrides, as the schema has it. */
export function cascadeAnswer({ book, head, overrides }: Asked, result: CascadeResult): CascadeAnswer {
  const texts = overrides.map((override) => overrideText(book, override));
  return answerOf(result, { book, head, overrides: texts });
}

/** Writes what came of the same cascade under the terms of a book and under others. */
export function whatIfAnswer(asked: Asked, { before, after, madeDue }: WhatIfRuns): WhatIfAnswer {
  const { book, head, overrides } = asked;
  return {
    head,
    overrides: overrides.map((override) => overrideText(book, override)),
    withoutEffect: overrides.filter(limitsBorrowing).map((override) => overrideText(book, override)),
    bookHash: after.bookHash,
    madeDueAccounts: madeDue.accounts,
    madeDueUsd: madeDue.debtUsd,
    madeDue: madeDue.first.map((account) => ({
      ...account,
      healthBefore: finite(account.healthBefore),
      healthAfter: finite(account.healthAfter),
    })),
    before: cascadeAnswer({ ...asked, overrides: [] }, before),
    after: cascadeAnswer(asked, after),
  };
}

function answerOf(
  result: CascadeResult,
  {
    book,
    head,
    overrides,
  }: { readonly book: Book; readonly head: Head; readonly overrides: readonly string[] },
): CascadeAnswer {
  const { scenario: _, moves, stuck, byAccount, ...figures } = result;
  const shown = withAsset(assetFinder(book.assets));
  return {
    ...figures,
    headline: headline(result),
    head,
    overrides,
    scenario: scenarioAnswer(book, result),
    moves: moves.map((move, row) => ({
      ...shown(move),
      reference: book.references[book.assets[row]!.reference]!.symbol,
    })),
    rounds: figures.rounds.map((round) => ({ ...round, assets: round.assets.map(shown) })),
    byMarket: figures.byMarket.map(shown),
    byAsset: figures.byAsset.map(shown),
    lots: figures.lots.map(shown),
    funds: figures.funds.map(shown),
    contagion: figures.contagion.map(shown),
    flows: figures.flows.map(shown),
    stuck: stuck.map((one) => ({ ...one, because: STUCK_WORDS[one.reason] })),
    byAccount: byAccount.map(({ stuck: reason, ...losses }) => ({
      ...losses,
      stuckBecause: reason && STUCK_WORDS[reason],
    })),
  };
}

function scenarioAnswer(book: Book, { scenario, policies }: CascadeResult): ScenarioAnswer {
  const { liquidators, oracles, depositors } = policies;
  return {
    moves: scenario.moves.map((move) => ({ what: moveName(book, move), move: move.move })),
    volatilityMove: scenario.volatilityMove ?? 0,
    depthFactor: scenario.depthFactor ?? 1,
    liquidators: liquidators.kind,
    gasUsd: liquidators.kind === 'unlimited' ? undefined : liquidators.gasUsd,
    capitalUsd: liquidators.kind === 'capital' ? liquidators.capitalUsd : undefined,
    oracles,
    depositors,
  };
}

/** `Number.MAX_VALUE` and infinity both stand for nothing that has to be backed. */
const finite = (health: number) => (health < Number.MAX_VALUE ? health : undefined);
