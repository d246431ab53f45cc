import { valueText, type Advice } from '@undertow/advice';
import type { Book } from '@undertow/book';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf, type Origin, type Wanted } from '../table.ts';
import { distributionTables } from './distribution-tables.ts';
import { TITLES } from './parameter-titles.ts';

const USD = 'USD of one scenario';
const SHORTFALL = 'USD, expected shortfall at the confidence that is asked for';
const POWER = 'USD that can be borrowed against the market: collateral × value';

/** Advices as tables. */
export function proposalTables(book: Book, advices: readonly Advice[]): ReportTable[] {
  const origin = originOf(book, 'adviseOne of libs/advice');
  return [
    specificationTable(advices, origin),
    evidenceTable(advices, origin),
    wordsTable(advices, origin),
    madeDueTable(advices, origin),
    bindingTable(advices, origin),
    checksTable(advices, origin),
    missingTable(advices, origin),
    ...distributionTables(advices, origin),
  ];
}

interface OfParameter {
  readonly parameter: Advice['parameter'];
}

/** Of which parameter a row is. */
const PARAMETER: readonly Wanted<OfParameter>[] = [
  { name: 'venue', label: 'Venue', of: ({ parameter }) => parameter.venue },
  {
    name: 'label',
    label: 'Market',
    of: ({ parameter: { market, label } }) => (market === '' ? 'all' : label),
  },
  { name: 'parameter', label: 'Parameter', of: ({ parameter }) => TITLES[parameter.kind] },
];

function specificationTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(advices, {
    name: 'specification',
    title: 'Specification',
    origin,
    columns: [
      ...PARAMETER,
      {
        name: 'currentText',
        label: 'Current',
        of: ({ current, parameter }) => (current ? valueText(parameter.kind, current.value) : 'none'),
      },
      { name: 'recommended', label: 'Recommended', of: recommendedText },
      {
        name: 'current',
        label: 'Current value',
        unit: 'a ratio, units or USD, see unit',
        of: ({ current }) => current?.value,
      },
      {
        name: 'advised',
        label: 'Recommended value',
        unit: 'a ratio, units or USD, see unit',
        of: ({ advised }) => advised?.value,
      },
      { name: 'unit', label: 'Unit', of: ({ advised, current }) => (advised ?? current)?.unit },
      field('verdict', 'Verdict'),
      { name: 'boundBy', label: 'Set by', of: ({ boundBy }) => boundBy },
      field('adviceHash', 'Hash of the advice'),
    ],
  });
}

/** `–` = unchanged, as forums write it. */
function recommendedText({ verdict, advised, parameter }: Advice): string {
  if (verdict === 'keep') return '–';
  if (verdict === 'out-of-reach') return 'none found';
  return advised === undefined ? 'unknown' : valueText(parameter.kind, advised.value);
}

function evidenceTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(
    advices.flatMap(({ parameter, evidence }) => (evidence ? [{ parameter, ...evidence }] : [])),
    {
      name: 'evidence',
      title: 'What each change costs and gives, all else as it is',
      origin,
      columns: [
        ...PARAMETER,
        {
          name: 'shortfallNow',
          label: 'Loss now',
          unit: SHORTFALL,
          of: ({ before }) => before.expectedShortfallUsd,
        },
        {
          name: 'shortfallThen',
          label: 'Loss then',
          unit: SHORTFALL,
          of: ({ after }) => after?.expectedShortfallUsd,
        },
        {
          name: 'shortfallIfNobodyActs',
          label: 'Loss if no owner acts',
          unit: SHORTFALL,
          of: ({ afterIfNobodyActs }) => afterIfNobodyActs?.expectedShortfallUsd,
        },
        { name: 'low', label: '95 % of it, low', unit: SHORTFALL, of: ({ after }) => after?.interval?.low },
        { name: 'high', label: 'high', unit: SHORTFALL, of: ({ after }) => after?.interval?.high },
        {
          name: 'powerNow',
          label: 'Borrowing power now',
          unit: POWER,
          of: ({ borrowingPower }) => borrowingPower?.beforeUsd,
        },
        {
          name: 'powerThen',
          label: 'Borrowing power then',
          unit: POWER,
          of: ({ borrowingPower }) => borrowingPower?.afterUsd,
        },
        {
          name: 'dueThen',
          label: 'Accounts due by the change alone',
          unit: 'a number of them',
          of: ({ madeDue }) => madeDue?.accounts,
        },
        {
          name: 'liquidatedThen',
          label: 'Liquidated by the change alone',
          unit: 'USD, with no price moved',
          of: ({ madeDue }) => madeDue?.liquidatedUsd,
        },
        {
          name: 'isMonotone',
          label: 'No larger value was safer',
          unit: 'yes or no',
          of: ({ isMonotone }) => isMonotone,
        },
        {
          name: 'isLowerBound',
          label: 'Loss then is a lower bound',
          unit: 'yes or no',
          of: ({ after }) => after?.isLowerBound,
        },
      ],
    },
  );
}

function wordsTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(advices, {
    name: 'words',
    title: 'Why, parameter by parameter',
    origin,
    columns: [
      ...PARAMETER,
      { name: 'words', label: 'Why', unit: 'sentences', of: ({ words }) => words.join(' ') },
    ],
  });
}

function madeDueTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(
    advices.flatMap(({ parameter, evidence }) =>
      (evidence?.madeDue?.largest ?? []).map((account) => ({ parameter, ...account })),
    ),
    {
      name: 'madeDue',
      title: 'Accounts that a change alone would let be liquidated',
      origin,
      columns: [
        ...PARAMETER,
        field('owner', 'Owner'),
        field('debtUsd', 'Debt'),
        field('healthBefore', 'Health now'),
        field('healthAfter', 'Health then'),
      ],
    },
  );
}

function bindingTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(
    advices.flatMap(({ parameter, evidence }) =>
      (evidence?.binding ?? []).map((one) => ({ parameter, ...one })),
    ),
    {
      name: 'binding',
      title: 'Scenarios that bind',
      origin,
      columns: [
        ...PARAMETER,
        field('scenario', 'Scenario', 'number of it in the plan, from 0'),
        { name: 'moves', label: 'Moves', of: ({ moves }) => moves.join(', ') },
        field('lossUsd', 'Loss', USD),
      ],
      most: 300,
    },
  );
}

function checksTable(advices: readonly Advice[], origin: Origin): ReportTable {
  return tableOf(
    advices.flatMap(({ parameter, checks }) => checks.map((one) => ({ parameter, ...one }))),
    {
      name: 'checks',
      title: 'Published formulas beside it',
      origin,
      columns: [
        ...PARAMETER,
        field('name', 'Formula'),
        {
          name: 'value',
          label: 'Says',
          unit: 'a ratio, units, USD or a level, see unit',
          of: ({ value }) => value,
        },
        field('unit', 'Unit'),
        { name: 'why', label: 'Not computed, because', of: ({ why }) => why },
        field('source', 'Source'),
      ],
    },
  );
}

/** What is missing, each once: most of it is the same for all. */
function missingTable(advices: readonly Advice[], origin: Origin): ReportTable {
  const all = advices.flatMap(({ missing }) => missing);
  const once = new Map(all.map((one) => [`${one.name}\n${one.why}\n${one.follows}`, one]));
  return tableOf([...once.values()], {
    name: 'missing',
    title: 'What is missing, and what follows',
    origin,
    columns: [
      field('name', 'What'),
      field('why', 'Why', 'sentences'),
      field('follows', 'Follows', 'sentences'),
    ],
  });
}
