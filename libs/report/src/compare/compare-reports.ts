import { attributed } from '@undertow/advice';
import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import type { ReportBundle } from '../bundle.ts';
import { canonicalText } from '../canonical.ts';
import type { ReportContent, ReportFigure, ReportQuestion } from '../content.ts';
import {
  COMPARED_INPUTS,
  type ComparedInput,
  type ComparedReport,
  type Comparison,
  type FigureChange,
  type MovedBy,
} from './comparison.ts';
import { inputChanges } from './input-changes.ts';
import { mixedBook } from './mixed-book.ts';
import { shapleyShares } from './shapley-shares.ts';
import { differenceOf, tableChanges } from './table-changes.ts';

/** A report, and the book that it was made of where that is at hand. */
export interface ReportAtHand {
  readonly bundle: ReportBundle;
  readonly book: Book | undefined;
}

/** What the report before would be with some inputs of the report after: its book, or undefined where it cannot be. */
export interface Exchange {
  readonly inputs: readonly ComparedInput[];
  readonly book: Book | undefined;
  readonly question: ReportQuestion;
}

/**
 * The reports that have to be computed to say which input moved what: that before with prices, depth, terms, accounts or question of that
 * after. An input that is the same is not among them. Empty where a book is not at hand.
 *
 * @param which `alone`: one input at a time; `all`: every choice of some of them, 2 to the power of the inputs that changed, less two.
 */
export function* exchangesOf(
  before: ReportAtHand,
  after: ReportAtHand,
  which: 'alone' | 'all',
): Generator<Exchange> {
  const [from, to] = [before.book, after.book];
  if (from === undefined || to === undefined) return;
  const [own, other] = [before.bundle.content.question, after.bundle.content.question];
  const exchange = (inputs: readonly ComparedInput[]): Exchange => {
    const side = (input: ComparedInput) => (inputs.includes(input) ? to : from);
    const book = mixedBook({
      accounts: side('accounts'),
      prices: side('prices'),
      depth: side('depth'),
      terms: side('terms'),
    });
    return { inputs, book, question: inputs.includes('question') ? other : own };
  };
  const isOther = (input: ComparedInput) =>
    input === 'question'
      ? canonicalText(own) !== canonicalText(other)
      : exchange([input]).book?.hash !== from.hash;
  const changed = COMPARED_INPUTS.filter(isOther);
  // With one input there is nothing between the two reports.
  if (changed.length === 1) yield { inputs: changed, book: to, question: other };
  else
    for (const inputs of which === 'alone' ? changed.map((one) => [one]) : choicesOf(changed))
      yield exchange(inputs);
}

/** Every choice of some inputs, but none and all. */
const choicesOf = (inputs: readonly ComparedInput[]): ComparedInput[][] =>
  Array.from({ length: Math.max(0, 2 ** inputs.length - 2) }, (_, at) =>
    inputs.filter((_input, place) => ((at + 1) >> place) & 1),
  );

/** By `exchangeKey`: what was computed for an exchange; undefined where the mixed book could not be, or the report refused it. */
export type Exchanged = ReadonlyMap<string, ReportContent | undefined>;

/** What names an exchange: its inputs in their order. */
export const exchangeKey = (inputs: readonly ComparedInput[]): string =>
  COMPARED_INPUTS.filter((input) => inputs.includes(input)).join(' ');

/**
 * What two reports of one kind say otherwise: figures by name, rows of tables by what names them, and, where both books are at hand and
 * `exchanged` has what `exchangesOf` asked for, which input moved which figure.
 *
 * @throws BadDataError for reports of other kinds or engines, whose figures are not of one sort.
 */
export function compareReports(
  before: ReportAtHand,
  after: ReportAtHand,
  exchanged: Exchanged | undefined,
): Comparison {
  const [from, to] = [before.bundle.content, after.bundle.content];
  refuseUnlike(from, to);
  const books =
    before.book === undefined || after.book === undefined
      ? undefined
      : { before: before.book, after: after.book };
  const figures = figureChanges(from, to, exchanged);
  return {
    kind: from.kind,
    before: headOf(before.bundle),
    after: headOf(after.bundle),
    inputs: inputChanges(before.bundle, after.bundle, books),
    figures,
    sameFigures: to.figures.filter(({ name }) => figures.every((change) => change.name !== name)).length,
    tables: tableChanges(from.tables, to.tables),
    notes: notesOf(from, to, exchanged),
  };
}

function refuseUnlike(from: ReportContent, to: ReportContent): void {
  if (from.kind !== to.kind)
    throw new BadDataError(
      `one report is a ${from.kind} and the other a ${to.kind}: their figures are not of one sort. Compare reports of one kind.`,
    );
  if (from.engine !== to.engine)
    throw new BadDataError(
      `one report was made by engine "${from.engine}" and the other by "${to.engine}", which give other numbers for the same inputs. Make one of them anew by the engine of the other.`,
    );
}

const headOf = ({ id, content }: ReportBundle): ComparedReport => ({
  id,
  subject: content.subject,
  blocks: content.blocks,
  engine: content.engine,
  software: content.software,
  seed: content.seed,
});

function figureChanges(
  from: ReportContent,
  to: ReportContent,
  exchanged: Exchanged | undefined,
): FigureChange[] {
  const names = [...new Set([...from.figures, ...to.figures].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [was, now] = [named(from, name), named(to, name)];
    if (was !== undefined && now !== undefined && Object.is(was.value, now.value) && was.unit === now.unit)
      return [];
    const { label, unit } = (now ?? was)!;
    const [before, after] = [was?.value ?? null, now?.value ?? null];
    const difference = was?.unit === now?.unit ? differenceOf(before, after) : null;
    return [
      {
        ...{ name, label, unit, before, after, difference },
        moved: difference === null || exchanged === undefined ? null : movedBy(name, { from, to }, exchanged),
      },
    ];
  });
}

const named = ({ figures }: ReportContent, name: string): ReportFigure | undefined =>
  figures.find((figure) => figure.name === name);

/** What of a figure each input moved: by Shapley where every choice of inputs was computed, else each alone. */
function movedBy(
  name: string,
  { from, to }: { readonly from: ReportContent; readonly to: ReportContent },
  exchanged: Exchanged,
): MovedBy | null {
  const changed = changedInputs(exchanged);
  const valueOf = (inputs: readonly ComparedInput[]): number | undefined => {
    const content =
      inputs.length === 0 ? from : inputs.length === changed.length ? to : exchanged.get(exchangeKey(inputs));
    const value = content && named(content, name)?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const shares = hasAllChoices(exchanged) ? shapleyShares(changed, valueOf) : undefined;
  if (shares !== undefined)
    return {
      parts: COMPARED_INPUTS.map((input) => ({ input, change: shares.get(input) ?? 0 })),
      interaction: 0,
    };
  return movedAlone(changed, valueOf);
}

const changedInputs = (exchanged: Exchanged): ComparedInput[] => {
  const found = [...exchanged.keys()].flatMap((key) => key.split(' '));
  return COMPARED_INPUTS.filter((input) => found.includes(input));
};

const hasAllChoices = (exchanged: Exchanged): boolean => {
  const { length } = changedInputs(exchanged);
  return length > 1 && exchanged.size === 2 ** length - 2 && [...exchanged.values()].every(Boolean);
};

/** By `attributed` of libs/advice, which says what moved an advice. */
function movedAlone(
  changed: readonly ComparedInput[],
  valueOf: (inputs: readonly ComparedInput[]) => number | undefined,
): MovedBy | null {
  const side = (whose: 'before' | 'after') =>
    Object.fromEntries(
      COMPARED_INPUTS.map((input) => [input, changed.includes(input) ? whose : 'before']),
    ) as Record<ComparedInput, string>;
  const whole = attributed({ before: side('before'), after: side('after') }, COMPARED_INPUTS, (inputs) =>
    valueOf(COMPARED_INPUTS.filter((input) => inputs[input] === 'after')),
  );
  if (whole === undefined) return null;
  const changes = new Map(whole.parts.map(({ input, change }) => [input, change]));
  return {
    parts: COMPARED_INPUTS.map((input) => ({ input, change: changes.get(input) ?? null })),
    interaction: whole.interaction,
  };
}

function notesOf(from: ReportContent, to: ReportContent, exchanged: Exchanged | undefined): string[] {
  const [was, now] = [from.blocks[0]!, to.blocks[0]!];
  const unknown = [...(exchanged ?? [])].flatMap(([key, content]) =>
    content === undefined ? [key.replaceAll(' ', ' with ')] : [],
  );
  return [
    ...(was.chainId === now.chainId ? [] : ['The two reports are of other chains.']),
    ...(exchanged === undefined
      ? [NOT_COMPUTED]
      : changedInputs(exchanged).length > 1
        ? [partsNote(exchanged)]
        : []),
    ...(unknown.length > 0
      ? [
          `With ${unknown.join(', ')} exchanged nothing could be computed, because the books do not fit together there: that is in the interaction.`,
        ]
      : []),
  ];
}

const NOT_COMPUTED =
  'Which input moved which figure was not computed: it takes both books (book.json beside each report).';

const partsNote = (exchanged: Exchanged): string =>
  hasAllChoices(exchanged)
    ? `Each part is what exchanging that input does, averaged over all orders in which the inputs can be exchanged (Shapley): the parts add up to the difference. ${exchanged.size} reports were computed for that.`
    : `Each part is what one input of the later report alone does to the earlier one, all others as they were, in this order: ${COMPARED_INPUTS.join(', ')}. The interaction is the rest, so that all add up to the difference.`;
