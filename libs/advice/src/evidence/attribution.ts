import { BadDataError } from '@undertow/units';

/** Why a value moved from one time to another. */
export interface Attribution {
  readonly before: number;
  readonly after: number;
  /** By input, what it alone does to the value before, all others as they were. */
  readonly parts: readonly { readonly input: string; readonly change: number }[];
  /** What the inputs do together beyond that. Parts and this add up to the whole change. */
  readonly interaction: number;
}

/**
 * What moved a value, input by input: each is changed by itself, in a fixed order, from what all were to what all are; what is left is what
 * they do together. The parts and the interaction add up to the change, in floats too: the interaction is the rest.
 *
 * @param order the names of all inputs, each once: the order of the parts.
 * @param valueOf a pure function of all inputs; undefined where they give no value.
 * @returns undefined where there is no value before or after. An input alone under which there is none has no part: it is in the interaction.
 * @throws BadDataError for an order that is not that of the inputs.
 */
export function attributed<Inputs extends Readonly<Record<string, unknown>>>(
  { before, after }: { readonly before: Inputs; readonly after: Inputs },
  order: readonly (keyof Inputs & string)[],
  valueOf: (inputs: Inputs) => number | undefined,
): Attribution | undefined {
  const names = Object.keys(before).sort();
  if ([...order].sort().join('\n') !== names.join('\n'))
    throw new BadDataError(`the order must name each of the inputs once: ${names.join(', ')}`);
  const [from, to] = [valueOf(before), valueOf(after)];
  if (from === undefined || to === undefined) return undefined;
  const parts = order.flatMap((input) => {
    if (Object.is(before[input], after[input])) return [{ input, change: 0 }];
    const alone = valueOf({ ...before, [input]: after[input] });
    return alone === undefined ? [] : [{ input, change: alone - from }];
  });
  const interaction = parts.reduce((rest, { change }) => rest - change, to - from);
  return { before: from, after: to, parts, interaction };
}
