import type { Policies } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import { coverageFigures, coverageSentence, inputTables } from '../book-tables.ts';
import type { ReportContent, ReportFigure, ReportQuestion } from '../content.ts';
import { blockWords, commonPart, originOf, type MadeOf } from '../made-of.ts';
import { figureOf } from '../table.ts';
import { count, dollars, percent, scenarioWords } from '../words.ts';
import { happenedHash, type Happened } from './happened.ts';
import { incidentTables } from './incident-tables.ts';
import { matched } from './matched.ts';
import { replayed, sumOf, type Replayed } from './replayed.ts';

export type IncidentQuestion = Extract<ReportQuestion, { readonly kind: 'incident' }>;

/**
 * A question with the hash of what happened.
 *
 * @param movedBy the last block whose answers are the outside move; what came later is held to be the cascade’s own. Null = all.
 */
export const incidentQuestion = (
  happened: Happened,
  policies: Policies,
  movedBy: number | null = null,
): IncidentQuestion => ({
  kind: 'incident',
  movedBy,
  policies,
  happenedHash: happenedHash(happened),
  happened,
});

/**
 * A replay as a report: what was predicted from the book before under the moves that then came, beside what happened.
 *
 * @throws BadDataError where what happened is not what its hash says, or not after the book; and as `simulate` does.
 */
export function incidentReport(made: MadeOf, question: IncidentQuestion): ReportContent {
  const { book } = made;
  const { happened, policies, movedBy } = question;
  const hash = happenedHash(happened);
  if (hash !== question.happenedHash)
    throw new BadDataError(
      `question.happened was changed: its hash is ${hash}, and the report states ${question.happenedHash}`,
    );
  const { to } = happened;
  const outside = [...happened.liquidations, ...happened.answers].find(
    ({ block }) => block <= book.block || block > to.block,
  );
  if (to.block <= book.block || outside !== undefined)
    throw new BadDataError(
      `what happened must be after block ${book.block}, that of the book, and up to block ${to.block}${outside ? `, but something is of block ${outside.block}` : ''}`,
    );
  const replay = replayed(book, happened, { policies, movedBy });
  return {
    ...commonPart(made),
    kind: 'incident',
    subject: `Replay of ${blockWords(book)} to ${to.block}: ${scenarioWords(book, replay.scenario)}`,
    question,
    seed: null,
    summary: [...sentences(made, question, replay), coverageSentence(book)],
    figures: [...incidentFigures(made, happened, replay), ...coverageFigures(book)],
    tables: [...incidentTables(book, happened, replay), ...inputTables(book)],
  };
}

function sentences({ book }: MadeOf, { happened, movedBy }: IncidentQuestion, replay: Replayed): string[] {
  const { predicted, atAnswers, events, scenario } = replay;
  const { both, foreseen, came, taken, foreseenTaken, takenError, open } = matched(replay);
  const badDebt = sumOf(events, (event) => event.badDebtUsd);
  const standing = happened.flags.filter(({ severity }) => severity === 'critical').length;
  return [
    `What came${movedBy === null ? '' : ` by block ${movedBy}, taken for the outside move`}: ${scenarioWords(book, scenario)}, in ${happened.to.block - book.block} blocks and ${count(Math.max(0, happened.to.time - book.time), 'second')}.`,
    `Predicted from the book before: ${count(foreseen, 'account')} liquidated, ${dollars(predicted.liquidatedUsd)} taken (${dollars(atAnswers.liquidatedUsd)} if sales moved no price), bad debt ${dollars(predicted.badDebtUsd)}.`,
    events.length === 0
      ? 'Happened: nobody was liquidated.'
      : `Happened: ${count(came, 'account')} in ${count(events.length, 'liquidation')}, ${dollars(taken)} taken, bad debt of ${dollars(badDebt)} written off.`,
    `Of those liquidated ${both} of ${came} were predicted, and of those predicted ${both} of ${foreseen} were liquidated.`,
    ...(takenError === undefined
      ? []
      : [
          `What was taken was predicted ${takenError < 0 ? 'too low' : 'too high'} by ${percent(Math.abs(takenError))}: ${dollars(foreseenTaken)} against ${dollars(taken)}.`,
        ]),
    ...(open.length > 0
      ? [`What was taken at ${open.join(', ')} has no price in the book: it is in no sum of what was taken.`]
      : []),
    ...(happened.flags.length > 0
      ? [
          `${count(happened.flags.length, 'flag')} of oracles stood in that time, ${standing} of them critical.`,
        ]
      : ['No flag of an oracle stood in that time, or none was kept.']),
    'What happened is facts of the chain: to check them, index it and make the replay anew.',
  ];
}

function incidentFigures({ book }: MadeOf, happened: Happened, replay: Replayed): ReportFigure[] {
  const { predicted, atAnswers, events } = replay;
  const foresaw = originOf(book, 'simulate of libs/cascade, under the moves that came');
  const without = originOf(
    book,
    'simulate of libs/cascade, under the moves that came, in markets without an end',
  );
  const facts = { at: { chainId: book.chainId, block: happened.to.block }, source: 'facts of the chain' };
  const held = { ...facts, source: 'the prediction held against facts of the chain' };
  const round = 'USD, at the oracle prices of the round in which it happened';
  const then = 'USD, at the oracle prices of the venue when it happened';
  const many = 'a number of them';
  const error = 'ratio, 1 = all of it: (predicted − happened) ÷ happened';
  const { both, foreseen, came, precision, recall, repaid, repaidShare, taken, takenError } = matched(replay);
  const badDebt = sumOf(events, (event) => event.badDebtUsd);
  const figure =
    (origin: typeof foresaw, name: string, label: string) => (value: number | undefined, unit: string) =>
      figureOf(origin, { name, label, value, unit });
  return [
    figure(foresaw, 'predictedAccounts', 'Accounts liquidated, predicted')(foreseen, many),
    figure(facts, 'happenedAccounts', 'Accounts liquidated, happened')(came, many),
    figure(held, 'matchedAccounts', 'Accounts liquidated, both')(both, many),
    figure(held, 'recall', 'Share of those liquidated that was predicted')(recall, 'ratio'),
    figure(held, 'precision', 'Share of those predicted that was liquidated')(precision, 'ratio'),
    figure(
      held,
      'repaidShare',
      'Share of what was repaid that was repaid for accounts predicted',
    )(repaidShare, 'ratio'),
    figure(foresaw, 'predictedRepaidUsd', 'Debt repaid, predicted')(predicted.repaidUsd, round),
    figure(without, 'atAnswersRepaidUsd', 'The same if sales moved no price')(atAnswers.repaidUsd, round),
    figure(facts, 'happenedRepaidUsd', 'Debt repaid, happened')(repaid, then),
    figure(
      foresaw,
      'predictedSeizedUsd',
      'Collateral taken, predicted',
    )(predicted.liquidatedUsd, `${round}, a protocol’s fee included`),
    figure(
      without,
      'atAnswersSeizedUsd',
      'The same if sales moved no price',
    )(atAnswers.liquidatedUsd, `${round}, a protocol’s fee included`),
    figure(
      facts,
      'happenedSeizedUsd',
      'Collateral taken, happened',
    )(taken, `${then}, without a protocol’s fee, of venues where all that was taken has a price`),
    figure(held, 'takenError', 'Error of taken')(takenError, `${error}, of the same venues`),
    figure(
      foresaw,
      'predictedBadDebtUsd',
      'Bad debt, predicted',
    )(predicted.badDebtUsd, 'USD, at the final market prices, before funds'),
    figure(facts, 'happenedBadDebtUsd', 'Bad debt written off, happened')(badDebt, then),
    figure(
      foresaw,
      'predictedShortfallUsd',
      'Shortfall of accounts left open, predicted',
    )(predicted.shortfallUsd, 'USD, at the final market prices; no fact of a chain'),
    figure(
      foresaw,
      'predictedStuckUsd',
      'Due and stuck, predicted',
    )(predicted.stuckUsd, 'USD, at the oracle prices of the venue'),
    figure(facts, 'liquidations', 'Liquidations')(events.length, many),
    figure(facts, 'blocks', 'Blocks')(happened.to.block - book.block, many),
    figure(facts, 'seconds', 'Time')(happened.to.time - book.time, 'seconds'),
  ];
}
