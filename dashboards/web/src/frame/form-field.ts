import { element, type Piece } from '../markup/element.ts';

/** A control of a form under its label. */
export const formField = (name: string, label: string, control: Piece): Piece =>
  element('label', { class: 'field', key: name }, element('span', {}, label), control);

/** A choice of a few; what an address says and nobody knows is listed too, so that it is seen. */
export function choiceField<Name extends string>(
  name: Name,
  label: string,
  {
    value,
    options,
  }: { readonly value: string; readonly options: readonly (readonly [value: string, words: string])[] },
): Piece {
  const listed = options.some(([one]) => one === value) ? options : [...options, [value, value] as const];
  return formField(
    name,
    label,
    element(
      'select',
      { name, value },
      listed.map(([one, words]) => element('option', { value: one, key: one }, words)),
    ),
  );
}
