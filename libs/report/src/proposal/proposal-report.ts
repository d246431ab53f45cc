import { adviseAll, openStudy, parametersOf, together, type Advice, type Together } from '@undertow/advice';
import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { coverageFigures, coverageSentence, inputTables } from '../book-tables.ts';
import type { ProposalAsked, ReportContent, ReportFigure, ReportQuestion } from '../content.ts';
import { blockWords, commonPart, originOf, type MadeOf } from '../made-of.ts';
import { figureOf } from '../table.ts';
import { count } from '../words.ts';
import { proposalTables } from './proposal-tables.ts';

export type ProposalQuestion = Extract<ReportQuestion, { readonly kind: 'proposal' }>;

/** What somebody says of a proposal; what is left out is told in `proposalAsked`. */
export type ProposalWanted = Pick<ProposalAsked, 'plan'> &
  Partial<Omit<ProposalAsked, 'plan' | 'tolerance'>> & {
    readonly tolerance: Omit<ProposalAsked['tolerance'], 'of'> &
      Partial<Pick<ProposalAsked['tolerance'], 'of'>>;
  };

/** A question with nothing left to defaults, so that a later program with others asks the same. */
export const proposalAsked = ({
  plan,
  confidence = 0.99,
  tolerance: { most, of },
  behaviour = 'keep-health',
  stepBps = 50,
  confirm = 'all',
  mostAccounts = 4_000,
}: ProposalWanted): ProposalAsked => ({
  plan,
  confidence,
  tolerance: { most, of: of ?? (most.kind === 'share' ? 'added' : 'all-venues') },
  behaviour,
  stepBps,
  confirm,
  mostAccounts,
});

/** Advices, and what all changes come to together. */
export interface Advised {
  readonly advices: readonly Advice[];
  readonly together: Together | undefined;
}

/** How far advices are. */
export interface AdvicesDone {
  readonly done: number;
  readonly all: number;
}

/**
 * The advices that a proposal asks for, one after the other: after each the caller may tell of it, or stop.
 *
 * @throws BadDataError where the book has no such venue, or nothing that can be advised there, and as `openStudy` does.
 */
export function* advicesOf(
  book: Book,
  { asked, venues, parameters }: ProposalQuestion,
): Generator<AdvicesDone, Advised> {
  const unknown = venues?.find((venue) => !book.venues.some(({ id }) => id === venue));
  if (unknown !== undefined)
    throw new BadDataError(
      `the book has no venue "${unknown}"; it has ${book.venues.map(({ id }) => id).join(', ')}`,
    );
  const places = parametersOf(book).filter(
    ({ parameter, absent }) =>
      absent === undefined &&
      (venues === null || venues.includes(parameter.venue)) &&
      (parameters === null || parameters.includes(parameter.kind)),
  );
  if (places.length === 0)
    throw new BadDataError('there is no such parameter at these venues: name other venues or parameters');
  const study = openStudy(book, asked);
  const advices: Advice[] = [];
  for (const { done, all, advice } of adviseAll(study, { places })) {
    advices.push(advice);
    yield { done, all };
  }
  return { advices, together: together(study, advices) };
}

/** Which parameters would hold, as a report for a vote. */
export function proposalReport(made: MadeOf, question: ProposalQuestion, advised: Advised): ReportContent {
  const { book } = made;
  const { plan } = question.asked;
  return {
    ...commonPart(made),
    kind: 'proposal',
    subject: `Parameter recommendations for ${question.venues?.join(', ') ?? 'all venues'} on ${blockWords(book)}`,
    question,
    seed: plan.kind === 'monte-carlo' ? plan.seed : null,
    summary: [...sentences(advised), coverageSentence(book)],
    figures: [...proposalFigures(made, question, advised), ...coverageFigures(book)],
    tables: [...proposalTables(book, advised.advices), ...inputTables(book)],
  };
}

const isChanged = ({ verdict }: Advice) => verdict === 'raise' || verdict === 'lower';

function sentences({ advices, together: all }: Advised): string[] {
  const changed = advices.filter(isChanged);
  const many = (verdict: Advice['verdict']) => advices.filter((one) => one.verdict === verdict).length;
  const [kept, open, unknown] = [many('keep'), many('out-of-reach'), many('unknown')];
  return [
    ...changed.map(({ words, parameter }) => `At ${parameter.venue}: ${words[0]!}`),
    ...(changed.length === 0 ? ['No change is advised.'] : []),
    ...advices.flatMap(({ words }) => words.filter((one) => one.startsWith('WARNING'))),
    ...(all ? [all.words] : []),
    ...(kept > 0
      ? [
          `${count(kept, 'parameter')} ${kept === 1 ? 'stays' : 'stay'} as ${kept === 1 ? 'it is' : 'they are'}.`,
        ]
      : []),
    ...(open > 0
      ? [`For ${count(open, 'parameter')} no value was found that keeps the loss within the tolerance.`]
      : []),
    ...(unknown > 0
      ? [`${count(unknown, 'parameter')} cannot be advised, because something is missing.`]
      : []),
  ];
}

function proposalFigures(
  { book }: MadeOf,
  { asked }: ProposalQuestion,
  { advices, together: all }: Advised,
): ReportFigure[] {
  const origin = originOf(book, 'adviseOne of libs/advice');
  const every = originOf(book, 'together of libs/advice, all changes at once');
  const { most, of } = asked.tolerance;
  const many = 'a number of them';
  const usd = `USD, expected shortfall at ${asked.confidence * 100} %, of losses ${of}`;
  const before = advices.find(({ evidence }) => evidence)?.evidence?.before;
  return [
    figureOf(origin, {
      name: 'tolerance',
      label: 'What may be lost',
      value: most.kind === 'usd' ? most.usd : most.share,
      unit: most.kind === 'usd' ? usd : 'ratio',
    }),
    figureOf(origin, {
      name: 'confidence',
      label: 'Confidence',
      value: asked.confidence,
      unit: 'ratio of scenarios',
    }),
    figureOf(origin, { name: 'advised', label: 'Parameters advised', value: advices.length, unit: many }),
    figureOf(origin, {
      name: 'changed',
      label: 'To be changed',
      value: advices.filter(isChanged).length,
      unit: many,
    }),
    ...(before
      ? [
          figureOf(origin, {
            name: 'lossUsdMean',
            label: 'Loss now, mean',
            value: before.meanUsd,
            unit: 'USD of one scenario',
          }),
          figureOf(origin, {
            name: 'lossUsdGreatest',
            label: 'Loss now, greatest',
            value: before.greatestUsd,
            unit: 'USD of one scenario',
          }),
        ]
      : []),
    ...(all
      ? [
          figureOf(every, {
            name: 'togetherNowUsd',
            label: 'Expected shortfall of all venues now',
            value: all.before.expectedShortfallUsd,
            unit: usd,
          }),
          figureOf(every, {
            name: 'togetherThenUsd',
            label: 'The same after all changes',
            value: all.after.expectedShortfallUsd,
            unit: usd,
          }),
        ]
      : []),
  ];
}
