import { usdText, valueText, type Advice, type AdviceCheck, type AdviceLosses } from '@undertow/advice';
import { money, NOTHING } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';

/** Rows that are printed of a list. */
const [MOST_DUE, MOST_BINDING, MOST_STEPS] = [8, 5, 12];

/** The evidence of one advice: losses before and after, who becomes due, the path, what published formulas say, what binds. */
export function evidenceText(advice: Advice, width: number): string {
  const { parameter, words, path } = advice;
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const title = `${parameter.kind} of ${parameter.label}, ${parameter.venue}`.toUpperCase();
  const rest = words.slice(1).filter((sentence) => !sentence.startsWith('WARNING'));
  return [
    `${title}\n${prose(rest.join(' '))}`,
    lossesTable(advice.evidence),
    madeDueTable(advice.evidence?.madeDue),
    (advice.moved?.words ?? []).map(prose).join('\n'),
    path && path.steps.length > 0 ? stepsText(advice, prose) : '',
    checksText(advice.checks, prose),
    bindingText(advice.evidence, prose),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Losses under the present terms and others, side by side. */
export function lossesTable(
  evidence:
    | {
        readonly before?: AdviceLosses;
        readonly after?: AdviceLosses;
        readonly afterIfNobodyActs?: AdviceLosses;
      }
    | undefined,
): string {
  if (!evidence?.before) return '';
  const { before, after, afterIfNobodyActs } = evidence;
  const rows = [
    { name: 'now', losses: before },
    ...(after ? [{ name: 'then', losses: after }] : []),
    ...(afterIfNobodyActs ? [{ name: 'then, if nobody acts', losses: afterIfNobodyActs }] : []),
  ];
  return figureTable(rows, {
    title: 'Losses over the scenarios, USD',
    columns: [
      { head: '', of: ({ name }) => name },
      {
        head: 'ES',
        of: ({ losses }) => `${losses.isLowerBound ? '≥ ' : ''}${money(losses.expectedShortfallUsd)}`,
      },
      { head: '95 % interval', of: ({ losses }) => intervalText(losses) },
      { head: 'VaR', of: ({ losses }) => money(losses.valueAtRiskUsd ?? 0) },
      { head: 'Mean', of: ({ losses }) => money(losses.meanUsd ?? 0) },
      { head: 'Largest', of: ({ losses }) => money(losses.greatestUsd) },
      { head: 'Scenarios', of: ({ losses }) => `${losses.scenarios} of ${losses.of}`, isWords: true },
    ],
  });
}

function intervalText({ interval }: AdviceLosses): string {
  if (!interval) return NOTHING;
  const end = (value: number | undefined) => (value === undefined ? '?' : money(Math.max(0, value)));
  return `${end(interval.low)} to ${end(interval.high)}`;
}

type MadeDue = NonNullable<NonNullable<Advice['evidence']>['madeDue']>;

/** Whom the change alone lets be liquidated. */
export function madeDueTable(madeDue: MadeDue | undefined): string {
  return figureTable(madeDue?.largest ?? [], {
    title: 'Made liquidatable, largest debt first',
    columns: [
      { head: 'Owner', of: ({ owner }) => owner },
      { head: 'Debt USD', of: ({ debtUsd }) => money(debtUsd) },
      { head: 'Health\nbefore', of: ({ healthBefore }) => healthBefore.toFixed(3) },
      { head: 'Health\nafter', of: ({ healthAfter }) => Math.min(healthAfter, 0.999).toFixed(3) },
    ],
    most: MOST_DUE,
  });
}

function stepsText({ parameter, path }: Advice, prose: (text: string) => string): string {
  const { steps, words } = path!;
  const drawn = figureTable(steps, {
    title: 'Path',
    columns: [
      { head: 'From', of: ({ time }) => isoMinute(time) },
      { head: 'Set to', of: ({ value }) => valueText(parameter.kind, value) },
      { head: 'Expires', of: ({ expires }) => (expires === undefined ? NOTHING : isoMinute(expires)) },
    ],
    most: MOST_STEPS,
  });
  return [drawn, ...words.map(prose)].join('\n');
}

const isoMinute = (time: number) => new Date(time * 1_000).toISOString().slice(0, 16).replace('T', ' ');

function checksText(checks: readonly AdviceCheck[], prose: (text: string) => string): string {
  if (checks.length === 0) return '';
  const lines = checks.map(({ name, value, unit, why, source }) =>
    value === undefined
      ? `- ${name}: not computed, as ${why}`
      : `- ${name}: ${checkValue(value, unit)} (${source})`,
  );
  return ['Published formulas beside it', ...lines.map(prose)].join('\n');
}

function checkValue(value: number, unit: AdviceCheck['unit']): string {
  if (unit === 'ratio') return `${(100 * value).toFixed(2)} %`;
  if (unit === 'usd') return usdText(value);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 });
}

function bindingText(evidence: Advice['evidence'], prose: (text: string) => string): string {
  const lines = (evidence?.binding ?? [])
    .filter(({ lossUsd }) => lossUsd > 0)
    .slice(0, MOST_BINDING)
    .map(({ scenario, lossUsd, moves }) =>
      prose(`- ${money(lossUsd)} USD in scenario ${scenario}: ${moves.join(', ')}`),
    );
  return lines.length === 0 ? '' : ['Scenarios that bind', ...lines].join('\n');
}
