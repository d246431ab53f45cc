import {
  DEFAULT_RULES,
  type Delay,
  type DelaySkill,
  type Examination,
  type FeedPolicy,
  type Flag,
} from '@undertow/lag';
import { table } from '../text-table.ts';
import { minute, share, span } from './words.ts';

/** What was found of an oracle, for a terminal. */
export function lagText(found: Examination): string {
  const { from, to, answers, flags } = found;
  const parts = [
    `${minute(from)} to ${minute(to)} UTC, ${answers.toLocaleString('en-US')} ${answers === 1 ? 'answer' : 'answers'}\n`,
    ruleText(found),
    keptText(found),
    delayText(found.delay),
    skillText(found.delaySkill),
    foretoldText(found),
    flagsText(flags),
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function ruleText({ policy, isLearnedElsewhere }: Examination): string {
  const { threshold, heartbeatSeconds, clocks } = policy;
  if (threshold === undefined && heartbeatSeconds === undefined)
    return 'Rule      not known: too few answers\n';
  const where = isLearnedElsewhere ? 'learned on answers outside this time' : 'learned on this time itself';
  const parts = [
    threshold === undefined ? 'no move brings an answer' : `a move of ${share(threshold)} brings an answer`,
    ...clocks.map(clockWords),
    heartbeatSeconds !== undefined && `longest time without one ${span(heartbeatSeconds)}`,
  ].filter((part) => part !== false);
  return `Rule      ${parts.join('\n          ')}\n          (${where})\n`;
}

function clockWords({ periodSeconds, phaseSeconds }: FeedPolicy['clocks'][number]): string {
  const at = new Date(phaseSeconds * 1_000).toISOString();
  return periodSeconds === 86_400
    ? `one every day at ${at.slice(11, 19)} UTC, whatever came before`
    : `one every ${span(periodSeconds)}, ${at.slice(periodSeconds > 3_600 ? 11 : 14, 19)} after the full one, whatever came before`;
}

/** How it kept that rule: what it missed, and which jumps of the market it followed. */
function keptText({ missed, jumps }: Examination): string {
  if (!missed) return '';
  const number = (value: number) => value.toLocaleString('en-US');
  const { missed: absent, came } = missed;
  const head =
    absent === 0
      ? 'Missed    none that it asked for\n'
      : `Missed    ${number(absent)} that it asked for, beside ${number(came)} that came\n`;
  if (!jumps) return head;
  const { jumps: all, followed, coverage } = jumps;
  const tail =
    coverage === undefined
      ? 'Jumps     none of the market that asked an answer\n'
      : `Jumps     ${number(followed)} of ${number(all)} of the market were followed in time: a coverage of ${share(coverage, 1)}\n`;
  return `${head}${tail}`;
}

/** Cells of the longest bar. */
const WIDEST = 40;

function delayText(delay: Delay | undefined): string {
  if (!delay) return 'Delay     cannot be told: oracle or market never moved, or too little time\n';
  const { delaySeconds, bandSeconds, error, errorWithoutDelay, curve } = delay;
  const [low, high] = bandSeconds;
  const without = errorWithoutDelay === undefined ? '' : `, ${share(errorWithoutDelay)} without a delay`;
  const most = Math.max(...curve.map((point) => point.error));
  const rows = curve
    .filter((_, row) => row % 3 === 0)
    .map((point) => [
      span(point.shiftSeconds),
      share(point.error),
      '█'.repeat(Math.max(1, Math.round((point.error / most) * WIDEST))),
    ]);
  const step = curve[1]!.shiftSeconds - curve[0]!.shiftSeconds;
  const isShort = high < step;
  return [
    isShort
      ? `Delay     under ${span(step)}, the least that was tried`
      : `Delay     ${span(delaySeconds)}; 90 % of redrawn samples say ${span(low)} to ${span(high)}`,
    `          median distance from the market then ${share(error)}${without}\n`,
    table(['market earlier by', 'distance', ''], rows, [0, 2]),
    '',
  ].join('\n');
}

/** The delay as a prediction: what it is worth on times on which it was not learned. */
function skillText(found: DelaySkill | undefined): string {
  if (!found) return '';
  const { parts, error, errorWithoutDelay, skill } = found;
  const rows = parts.map((part) => [
    minute(part.from).slice(0, 10),
    span(part.delaySeconds),
    share(part.error),
    share(part.errorWithoutDelay),
  ]);
  const sum = ['all', '', share(error), share(errorWithoutDelay)];
  return [
    `Delay out of sample: skill ${skillWords(skill)} against the naive assumption that there is none\n`,
    table(['left out from', 'learned on the rest', 'distance with it', 'without'], [...rows, sum]),
    '',
  ].join('\n');
}

const skillWords = (skill: number | undefined): string => (skill === undefined ? '–' : skill.toFixed(2));

function foretoldText({ foretold, answers, isLearnedElsewhere }: Examination): string {
  if (!foretold) return '';
  const { expected, matched, inStep, naive, naiveInStep } = foretold;
  const row = (
    name: string,
    answered: number | undefined,
    { recall, precision }: typeof matched,
    skill = '',
  ) => [
    name,
    answered === undefined ? '' : answered.toLocaleString('en-US'),
    share(recall, 1),
    share(precision, 1),
    skill,
  ];
  const rows = [
    row('its rule, from the market alone', expected.length, matched),
    row('naive: threshold of closes, heartbeat', naive.expected, naive.matched, skillWords(naive.skill)),
    row('its rule, told each answer that came', undefined, inStep),
    row(
      'naive, told each answer that came',
      naiveInStep.expected,
      naiveInStep.matched,
      skillWords(naiveInStep.skill),
    ),
  ];
  const where = isLearnedElsewhere
    ? 'out of sample'
    : 'on the time that it was learned on, so that it is no test';
  return `Foretold, ${where}; ${answers.toLocaleString('en-US')} came\n\n${table(
    [
      'by',
      'answers',
      'of those that came\nwithin 60 s',
      'of those\nforetold',
      'skill of the rule\nagainst it',
    ],
    rows,
  )}\n`;
}

/** Flags that a terminal shows; JSON has all. */
const SHOWN = 12;

function flagsText(flags: readonly Flag[]): string {
  if (flags.length === 0) return 'Flags     none\n';
  const critical = flags.filter(({ severity }) => severity === 'critical');
  const worstFirst = [...flags].sort((a, b) => badness(b) - badness(a));
  const rows = worstFirst
    .slice(0, SHOWN)
    .map(({ kind, severity, start, end, peak, peakTime }) => [
      severity,
      kind,
      minute(start),
      end === undefined ? 'still' : minute(end),
      `${peakText(kind, peak)} at ${minute(peakTime)}`,
    ]);
  const hidden = flags.length - rows.length;
  const more = hidden > 0 ? `… and ${hidden} more: --json has all\n` : '';
  const head = `Flags     ${flags.length}, of them ${critical.length} critical\n`;
  return `${head}\n${table(['severity', 'kind', 'from', 'to', 'worst'], rows, [0, 1, 2, 3, 4])}\n${more}`;
}

/** How far a flag went beyond its critical line, so that flags of different kinds can be put in order. */
function badness({ kind, peak }: Flag): number {
  const rule = DEFAULT_RULES.find((one) => one.kind === kind)!;
  // Where low is bad the line is 0: what is below it counts as so many times the line that warns.
  return rule.bad === 'high' ? peak / rule.criticalAt : 1 - peak / rule.raiseAt;
}

/** Kinds whose measure is a multiple, and of what; all others are shares. */
const MULTIPLES: Readonly<Partial<Record<Flag['kind'], string>>> = { stuck: 'heartbeat', slow: 'threshold' };

function peakText(kind: Flag['kind'], peak: number): string {
  const of = MULTIPLES[kind];
  return of === undefined ? share(peak) : `${peak.toFixed(1)} × ${of}`;
}
