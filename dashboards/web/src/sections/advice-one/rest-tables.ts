import { amount, percent, usd } from '../../format/number.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import type { Piece } from '../../markup/element.ts';
import type { Evidence, OneAdvice } from './load.ts';

/** What published formulas say beside an advice. */
export function checksTable(state: State, checks: OneAdvice['checks']): Piece {
  if (checks.length === 0) return undefined;
  return table(
    checks,
    {
      id: 'advice-checks',
      caption: 'What published formulas say',
      columns: [
        { name: 'Formula', value: ({ name }) => name },
        {
          ...{ name: 'Says', unit: 'count' },
          value: ({ value }) => value,
          cell: ({ value, unit }) => (value === null ? '–' : inUnit(value, unit)),
          also: [{ name: 'Counted in', value: ({ unit }) => unit }],
        },
        { name: 'Why not', value: ({ why }) => why },
        { name: 'Source', value: ({ source }) => source },
      ],
      keyOf: ({ name }) => name,
    },
    state,
  );
}

const inUnit = (value: number, unit: string): string =>
  unit === 'ratio' ? percent(value, 2) : unit === 'usd' ? usd(value) : amount(value);

/** The scenarios that lose most. */
export function bindingTable(state: State, binding: Evidence['binding']): Piece {
  if (binding.length === 0) return undefined;
  return table(
    binding,
    {
      id: 'advice-binding',
      caption: 'Scenarios that bind',
      columns: [
        { name: 'Scenario', unit: 'count', value: ({ scenario }) => scenario },
        { name: 'Lost', unit: 'USD', value: ({ lossUsd }) => lossUsd },
        { name: 'Moves', value: ({ moves }) => moves.join(', ') },
      ],
      keyOf: ({ scenario }) => scenario,
    },
    state,
  );
}

/** What the advice was made of. */
export function inputsTable(state: State, inputs: OneAdvice['inputs']): Piece {
  if (inputs.length === 0) return undefined;
  return table(
    inputs,
    {
      id: 'advice-inputs',
      caption: 'What it was made of',
      columns: [
        { name: 'Input', value: ({ name }) => name },
        {
          name: 'Value',
          value: ({ number, text }) => number ?? text,
          cell: ({ number, text, unit }) => (number === null ? (text ?? '–') : inUnit(number, unit)),
          also: [{ name: 'Counted in', value: ({ unit }) => unit }],
        },
        {
          name: 'Source',
          value: ({ source }) => source,
          also: [{ name: 'Hash', value: ({ hash }) => hash }],
        },
      ],
      keyOf: ({ name, source }) => `${name} ${source}`,
    },
    state,
  );
}
