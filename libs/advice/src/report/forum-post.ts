import { isoDay } from '@undertow/book';
import type { Advice, AdviceLosses } from '../advice/advice.ts';
import type { Together } from '../advice/advise-all.ts';
import { usdText, valueText } from '../advice/advice-value.ts';
import { inertMarkdown } from './inert-markdown.ts';
import { KIND_TITLES, specification } from './specification.ts';

/** What a post is made of. */
export interface PostOf {
  readonly advices: readonly Advice[];
  readonly together?: Together | undefined;
  /** The moment of the advice, unix seconds. */
  readonly time: number;
}

/**
 * Advices as a post for a governance forum, Markdown: what to change in plain words, the specification table, then the evidence of each
 * change, what is missing, and the hashes by which anybody finds the same inputs.
 */
export function forumPost({ advices, together, time }: PostOf): string {
  const changed = advices.filter(({ verdict }) => verdict === 'raise' || verdict === 'lower');
  const parts = [
    `# Parameter recommendations, ${isoDay(time)}`,
    ['## Summary', '', ...summary(advices, together)].join('\n'),
    ...section('Specification', specification(advices)),
    ...changed.map(evidenceOf),
    ...section('What is missing', missingOf(advices)),
    ...section('How this can be checked', hashesOf(advices)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const section = (title: string, text: string): string[] => (text === '' ? [] : [`## ${title}\n\n${text}`]);

function summary(advices: readonly Advice[], together: Together | undefined): string[] {
  const many = (verdict: Advice['verdict']) => advices.filter((one) => one.verdict === verdict).length;
  const warnings = advices.flatMap(({ words }) => words.filter((sentence) => sentence.startsWith('WARNING')));
  const changed = advices.filter(({ verdict }) => verdict === 'raise' || verdict === 'lower');
  const counts = [
    [many('keep'), 'stay as they are'],
    [many('out-of-reach'), 'have no value that keeps the loss within the tolerance'],
    [many('unknown'), 'cannot be advised, because something is missing'],
  ] as const;
  return [
    ...changed.map(({ words }) => `- ${inertMarkdown(words[0] ?? '')}`),
    ...(changed.length === 0 ? ['- Nothing is to be changed.'] : []),
    ...warnings.map((sentence) => `- **${inertMarkdown(sentence)}**`),
    ...(together ? [`- ${together.words}`] : []),
    ...counts.flatMap(([count, what]) =>
      count === 0 ? [] : [`- ${count} of ${advices.length} parameters ${what}.`],
    ),
  ];
}

function evidenceOf(advice: Advice): string {
  const { parameter, words, evidence, path, checks, boundBy } = advice;
  const { before, after, afterIfNobodyActs, madeDue, borrowingPower } = evidence ?? {};
  const title = `## ${KIND_TITLES[parameter.kind]} of ${inertMarkdown(parameter.label)}, ${inertMarkdown(parameter.venue)}`;
  const losses =
    before &&
    table([
      ['', 'now', 'recommended', 'if nobody acts'],
      ['---', '---', '---', '---'],
      ['Expected shortfall', shortfall(before), shortfall(after), shortfall(afterIfNobodyActs)],
      ['95 % interval', intervalText(before), intervalText(after), intervalText(afterIfNobodyActs)],
      ['Largest loss', usdText(before.greatestUsd), after ? usdText(after.greatestUsd) : '', ''],
      ['Borrowing power', usdOf(borrowingPower?.beforeUsd), usdOf(borrowingPower?.afterUsd), ''],
    ]);
  const due =
    madeDue && madeDue.accounts > 0
      ? `Made liquidatable by the change alone:\n\n${table([
          ['Owner', 'Debt', 'Health now', 'Health then'],
          ['---', '---', '---', '---'],
          ...madeDue.largest.map(({ owner, debtUsd, healthBefore, healthAfter }) => [
            owner,
            usdText(debtUsd),
            healthBefore.toFixed(3),
            healthAfter.toFixed(3),
          ]),
        ])}`
      : undefined;
  const beside = checks.map(({ name, value, why, unit }) =>
    value === undefined
      ? `- ${name}: not computed, ${why}`
      : `- ${name}: ${unit === 'ratio' ? `${(100 * value).toFixed(2)} %` : Number(value.toPrecision(6))}`,
  );
  const steps = path?.steps
    .map(({ time, value }) => `${isoDay(time)}: ${valueText(parameter.kind, value)}`)
    .join('; ');
  return [
    title,
    inertMarkdown(words.join(' ')),
    ...(boundBy ? [`Set by: ${boundBy}.`] : []),
    ...(losses ? [losses] : []),
    ...(due ? [due] : []),
    ...(beside.length > 0 ? [`Published formulas beside it:\n\n${beside.join('\n')}`] : []),
    ...(steps ? [`Steps: ${steps}.`] : []),
  ].join('\n\n');
}

const table = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.map(inertMarkdown).join(' | ')} |`).join('\n');

const usdOf = (usd: number | undefined): string => (usd === undefined ? '' : usdText(usd));

const shortfall = (losses: AdviceLosses | undefined): string =>
  losses === undefined
    ? ''
    : `${losses.isLowerBound ? 'at least ' : ''}${usdText(losses.expectedShortfallUsd)}`;

function intervalText(losses: AdviceLosses | undefined): string {
  const { low, high } = losses?.interval ?? {};
  if (low === undefined && high === undefined) return '';
  return `${low === undefined ? 'unknown' : usdText(Math.max(0, low))} to ${high === undefined ? 'unknown' : usdText(high)}`;
}

function missingOf(advices: readonly Advice[]): string {
  const lines = advices.flatMap(({ missing }) =>
    missing.map(({ name, why, follows }) => `- ${name}: ${why}; ${follows}.`),
  );
  return [...new Set(lines.map(inertMarkdown))].join('\n');
}

function hashesOf(advices: readonly Advice[]): string {
  const [first] = advices;
  if (!first) return '';
  const { bookHash, planHash, inputsHash, asked } = first;
  const tolerance =
    asked.toleranceUsd === undefined
      ? `${100 * (asked.toleranceShare ?? 0)} % of the market’s debt`
      : usdText(asked.toleranceUsd);
  return [
    `- Tolerance: ${tolerance}, of losses ${asked.lossesOf}, expected shortfall at ${100 * asked.confidence} %; owners: ${asked.behaviour}.`,
    `- Book: \`${bookHash}\``,
    ...(planHash === undefined ? [] : [`- Plan: \`${planHash}\``]),
    `- Inputs: \`${inputsHash}\``,
    ...advices.map(
      ({ parameter: { kind, venue, label }, adviceHash }) =>
        `- ${inertMarkdown(`${venue} ${label} ${kind}`)}: \`${adviceHash}\``,
    ),
  ].join('\n');
}
