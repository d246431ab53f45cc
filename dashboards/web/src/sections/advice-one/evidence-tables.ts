import { count, health, percent, usd } from '../../format/number.ts';
import { link } from '../../frame/link.ts';
import { accountPath } from '../../frame/paths.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import type { Markup, Piece } from '../../markup/element.ts';
import type { AdviceLosses, MadeDue } from './load.ts';

/** Losses before a change and after it, as an advice and a judgement have them. */
export interface LossesBeforeAfter {
  readonly before: AdviceLosses;
  readonly after: AdviceLosses | null;
  readonly afterIfNobodyActs: AdviceLosses | null;
}

/** Which table, and of what change: two of them may stand on one page. */
interface Named {
  readonly id: string;
  /** Such as `the advised change`. */
  readonly of: string;
}

interface LossRow {
  readonly under: string;
  readonly losses: AdviceLosses;
}

/** The rows that are known. */
export function lossRows({ before, after, afterIfNobodyActs }: LossesBeforeAfter): readonly LossRow[] {
  return [
    { under: 'Present terms', losses: before },
    ...(after ? [{ under: 'The change', losses: after }] : []),
    ...(afterIfNobodyActs ? [{ under: 'The change, if no owner acts', losses: afterIfNobodyActs }] : []),
  ];
}

/** What is lost before and after. */
export function lossesTable(state: State, evidence: LossesBeforeAfter, { id, of }: Named): Markup {
  const end = (value: number | null) => (value === null ? '?' : usd(Math.max(0, value)));
  return table(
    lossRows(evidence),
    {
      id,
      caption: `Losses before and after ${of}, over the scenarios`,
      isInOrder: true,
      columns: [
        { name: 'Under', value: ({ under }) => under },
        {
          ...{ name: 'ES', unit: 'USD' },
          value: ({ losses }) => losses.expectedShortfallUsd,
          cell: ({ losses }) =>
            `${losses.isLowerBound ? 'at least ' : ''}${usd(losses.expectedShortfallUsd)}`,
          also: [{ name: 'ES is at least', value: ({ losses }) => (losses.isLowerBound ? 'yes' : 'no') }],
        },
        {
          ...{ name: 'ES from', unit: 'USD' },
          title: 'Lower end of its 95\u202f% interval',
          value: ({ losses: { interval } }) => interval?.low,
          cell: ({ losses: { interval } }) => (interval ? end(interval.low) : '–'),
        },
        {
          ...{ name: 'ES to', unit: 'USD' },
          title: 'Upper end of its 95\u202f% interval',
          value: ({ losses: { interval } }) => interval?.high,
          cell: ({ losses: { interval } }) => (interval ? end(interval.high) : '–'),
        },
        { name: 'VaR', unit: 'USD', value: ({ losses }) => losses.valueAtRiskUsd },
        { name: 'Mean', unit: 'USD', value: ({ losses }) => losses.meanUsd },
        { name: 'Largest', unit: 'USD', value: ({ losses }) => losses.greatestUsd },
        {
          ...{ name: 'Scenarios', unit: 'count' },
          value: ({ losses }) => losses.scenarios,
          cell: ({ losses }) => `${count(losses.scenarios)} of ${count(losses.of)}`,
          also: [{ name: 'Of', unit: 'count', value: ({ losses }) => losses.of }],
        },
      ],
      keyOf: ({ under }) => under,
    },
    state,
  );
}

/** What is not exceeded in a share of the scenarios, side by side; of a change of which only the worst scenarios were run it is not known. */
export function quantilesTable(state: State, { before, after }: LossesBeforeAfter): Piece {
  const afterAt = new Map(after?.quantiles?.map(({ level, usd: loss }) => [level, loss]));
  if (!before.quantiles) return undefined;
  return table(
    before.quantiles,
    {
      id: 'advice-quantiles',
      caption: 'Not exceeded in a share of the scenarios',
      columns: [
        { name: 'Share', unit: 'ratio', value: ({ level }) => level, cell: ({ level }) => percent(level) },
        { name: 'Now', unit: 'USD', value: ({ usd: loss }) => loss },
        { name: 'As advised', unit: 'USD', value: ({ level }) => afterAt.get(level) },
      ],
      keyOf: ({ level }) => level,
    },
    state,
  );
}

/** The largest accounts that a change alone lets be liquidated. */
export function madeDueTable(state: State, { largest }: MadeDue, { id, of }: Named): Markup {
  return table(
    largest,
    {
      id,
      caption: `The largest accounts that ${of} alone makes liquidatable`,
      columns: [
        {
          name: 'Owner',
          value: ({ owner }) => owner,
          cell: ({ owner }) => link(state, accountPath(owner), { title: owner }, `${owner.slice(0, 10)}…`),
        },
        { name: 'Market', value: ({ market }) => market },
        { name: 'Owes', unit: 'USD', value: ({ debtUsd }) => debtUsd },
        {
          ...{ name: 'Health now', unit: 'health' },
          value: ({ healthBefore }) => healthBefore,
          cell: ({ healthBefore }) => health(healthBefore),
        },
        {
          ...{ name: 'Health then', unit: 'health' },
          value: ({ healthAfter }) => healthAfter,
          cell: ({ healthAfter }) => health(healthAfter),
        },
      ],
      keyOf: ({ owner, market }) => `${owner} ${market}`,
    },
    state,
  );
}
