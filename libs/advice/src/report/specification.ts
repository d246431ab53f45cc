import { PARAMETER_KINDS, type ParameterKind } from '../parameters/parameter.ts';
import type { Advice } from '../advice/advice.ts';
import { valueText } from '../advice/advice-value.ts';
import { inertMarkdown } from './inert-markdown.ts';

/** What forums call the parameters. */
export const KIND_TITLES: Readonly<Record<ParameterKind, string>> = {
  liquidationThreshold: 'Liquidation Threshold',
  loanToValue: 'LTV',
  liquidationBonus: 'Liquidation Bonus',
  supplyCap: 'Supply Cap',
  borrowCap: 'Borrow Cap',
  closeFactor: 'Close Factor',
  maintenanceMargin: 'Maintenance Margin',
  fundSize: 'Fund',
};

/**
 * The specification table that forums expect, as Markdown: one row per venue and market, the present and the recommended value of each
 * parameter that some row has; `–` = unchanged, `none found` = no value holds, `unknown` = something is missing, empty = the venue has no
 * such parameter. Numbers in full. Empty where there are no advices.
 */
export function specification(advices: readonly Advice[]): string {
  const kinds = PARAMETER_KINDS.filter((kind) =>
    advices.some(({ parameter, verdict }) => parameter.kind === kind && verdict !== 'not-a-parameter'),
  );
  const rows = new Map<string, Advice[]>();
  for (const advice of advices) {
    const key = `${advice.parameter.venue} ${advice.parameter.market}`;
    rows.set(key, [...(rows.get(key) ?? []), advice]);
  }
  if (kinds.length === 0) return '';
  const head = [
    'Instance',
    'Asset',
    ...kinds.flatMap((kind) => [`Current ${KIND_TITLES[kind]}`, `Recommended ${KIND_TITLES[kind]}`]),
  ];
  const body = [...rows.values()]
    .map((own) => rowOf(own, kinds))
    .filter((cells) => cells.slice(2).some((cell) => cell !== ''));
  return [head, head.map(() => '---'), ...body]
    .map((cells) => `| ${cells.map(inertMarkdown).join(' | ')} |`)
    .join('\n');
}

function rowOf(own: readonly Advice[], kinds: readonly ParameterKind[]): string[] {
  const { venue, market, label } = own[0]!.parameter;
  const cells = kinds.flatMap((kind) => {
    const advice = own.find(({ parameter }) => parameter.kind === kind);
    return advice ? cellsOf(advice) : ['', ''];
  });
  return [venue, market === '' ? 'all' : label, ...cells];
}

function cellsOf({ parameter: { kind }, verdict, current, advised }: Advice): [string, string] {
  if (verdict === 'not-a-parameter') return ['', ''];
  const now = current === undefined ? 'none' : valueText(kind, current.value);
  if (verdict === 'keep') return [now, '–'];
  if (verdict === 'out-of-reach') return [now, 'none found'];
  return [now, advised === undefined ? 'unknown' : valueText(kind, advised.value)];
}
