import type { Advice } from '../advice/advice.ts';
import { signedOff } from '../advice/no-advice.ts';
import { valueText } from '../advice/advice-value.ts';
import type { MovedRecord } from './moved-record.ts';

/** The advice before, and what it would have been with each changed input by itself. */
export interface MovedFrom {
  readonly before: Advice;
  /** Its block. */
  readonly block: number;
  /** By input, the value that it alone leads to; undefined where that has none. Or why they are not known. */
  readonly alone: readonly { readonly input: string; readonly value: number | undefined }[] | string;
}

/**
 * What moved an advised value since the advice before, input by input; undefined where one of the two has no value, and where it stands.
 * What an input does together with others, and one under which there is no value, is in the interaction.
 */
export function movedOf(
  { parameter, advised }: Pick<Advice, 'parameter' | 'advised'>,
  { before, block, alone }: MovedFrom,
): MovedRecord | undefined {
  if (!advised || !before.advised) return undefined;
  const [from, to] = [before.advised.value, advised.value];
  if (from === to) return undefined;
  const text = (value: number) => valueText(parameter.kind, value);
  const was = `Since the advice at block ${block.toLocaleString('en-US')} the value went from ${text(from)} to ${text(to)}`;
  const head = { block, bookHash: before.bookHash, before: from, after: to };
  if (typeof alone === 'string')
    return { ...head, parts: [], words: [`${was}; by what is not known: ${alone}.`] };
  const parts = alone.flatMap(({ input, value }) =>
    value === undefined ? [] : [{ input, change: value - from }],
  );
  const interaction = parts.reduce((rest, { change }) => rest - change, to - from);
  const signed = (change: number) =>
    `${change < 0 ? '−' : '+'}${parameter.kind === 'fundSize' || advised.unit !== 'ratio' ? text(Math.abs(change)) : `${(100 * Math.abs(change)).toFixed(2)} points`}`;
  const isSeen = (change: number) => Math.abs(change) > 1e-9 * Math.max(Math.abs(from), Math.abs(to));
  const told = parts
    .filter(({ change }) => isSeen(change))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .map(({ input, change }) => `${input} ${signed(change)}`);
  const still = parts.filter(({ change }) => !isSeen(change)).map(({ input }) => input);
  const without = alone.filter(({ value }) => value === undefined).map(({ input }) => input);
  return {
    ...head,
    parts,
    interaction,
    words: [
      `${was}: ${[...told, ...(isSeen(interaction) ? [`together beyond that ${signed(interaction)}`] : [])].join(', ')}.`,
      ...(still.length > 0 ? [`By themselves these move nothing: ${still.join(', ')}.`] : []),
      ...(without.length > 0
        ? [
            `With ${without.join(', ')} alone there is no value within the tolerance: it is in what they do together.`,
          ]
        : []),
    ],
  };
}

/** An advice that says what moved it; with a hash of its own. */
export const withMoved = ({ adviceHash: _, ...advice }: Advice, moved: MovedRecord): Advice =>
  signedOff({ ...advice, moved });
