import type { CureOption, RequiredCure } from '@undertow/calls';
import { coverageText } from '../coverage-text.ts';
import { heightText } from '../height-text.ts';
import { decimal, table, usd } from '../text-table.ts';
import { lengthText, measureName, measureText, rungText } from './call-words.ts';
import type { Checked, WouldBeCalled } from './checked.ts';

/** Who would be called, as text for a terminal; at most so many of them. */
export function checkText(checked: Checked, most: number): string {
  const { book, policy, calls, unmeasured } = checked;
  const cases = new Set(calls.map(({ caseId }) => caseId)).size;
  const shown = calls.slice(0, most);
  const lines = [
    `${heightText(book)}, prices as the venues have them: ${countText(checked, cases)}`,
    `Policy ${policy.name} by ${measureName(policy.measure)}: ${policy.rungs.map((rung) => rungText(rung, policy.measure)).join('; ')}; cured at ${measureText(policy.measure, policy.cureTarget)}.`,
    ...(shown.length === 0 ? [] : ['', callTable(checked, shown)]),
    ...(calls.length > shown.length
      ? [`… and ${calls.length - shown.length} more: --most shows them, --json has all.`]
      : []),
    ...(calls.length === 0
      ? []
      : [
          '',
          'Each way cures by itself, at the amounts of this block: interest until it lands comes on top.',
        ]),
    ...unmeasuredLines(unmeasured),
    coverageText(book.coverage),
  ];
  return `${lines.join('\n')}\n`;
}

function countText({ book, calls }: Checked, cases: number): string {
  const { count } = book.accounts;
  if (calls.length === 0) return `none of ${count} accounts with a debt has reached a rung.`;
  const owners = cases === calls.length ? '' : `, of ${cases} ${cases === 1 ? 'owner' : 'owners'}`;
  return `${calls.length} of ${count} accounts with a debt ${calls.length === 1 ? 'has' : 'have'} reached a rung${owners}.`;
}

const callTable = ({ policy }: Checked, shown: readonly WouldBeCalled[]): string =>
  table(
    ['Rung', 'Owner', 'At', 'Measured', 'Debt USD', 'Answer within', 'What cures it'],
    shown.map(({ account, name, breach }) => {
      const rung = policy.rungs.find((one) => one.name === breach.rung)!;
      const { measured, debtUsd } = breach.facts;
      const by =
        rung.deadlineSeconds === undefined ? NO_DEADLINE[rung.action] : lengthText(rung.deadlineSeconds);
      return [
        ...[
          rung.name,
          name ?? account.owner,
          account.venue,
          measureText(policy.measure, measured),
          usd(debtUsd),
        ],
        ...[by, cureText(breach.required)],
      ];
    }),
    [0, 1, 2, 5, 6],
  );

const NO_DEADLINE = { warn: 'only warned', call: 'no deadline', liquidate: 'at once' } as const;

function cureText({ options, notes, isFullClose }: RequiredCure): string {
  const words = options.map((option) => optionText(option));
  if (isFullClose) return [`the whole debt: ${words.join(' and ')}`].join('\n');
  return [...words, ...notes].join('\n') || 'nothing is known that does';
}

const optionText = ({ kind, asked, decimals, symbol, askedUsd }: CureOption): string =>
  `${kind === 'repay' ? 'repay' : 'add'} ${decimal(BigInt(asked), decimals)} ${symbol} (${usd(askedUsd)} USD)`;

function unmeasuredLines(unmeasured: Checked['unmeasured']): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of unmeasured) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(
    ([reason, count]) =>
      `Not measured, and so not called: ${count} ${count === 1 ? 'account' : 'accounts'}, as ${reason}.`,
  );
}
