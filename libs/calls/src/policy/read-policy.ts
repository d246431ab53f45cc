import { BadDataError } from '@undertow/units';
import type { z } from 'zod';
import { isHealthier } from './healthier.ts';
import { policySchema, type Policy } from './policy.ts';

/**
 * A policy from JSON.
 *
 * @throws BadDataError that lists all that is wrong with it, each by its place.
 */
export function readPolicy(value: unknown): Policy {
  const read = policySchema.safeParse(value);
  const problems = read.success ? contradictions(read.data) : read.error.issues.map(issueText);
  if (problems.length > 0 || !read.success)
    throw new BadDataError(`this is no margin call policy:\n${problems.map((one) => `  ${one}`).join('\n')}`);
  return read.data;
}

const issueText = ({ path, message }: z.core.$ZodIssue): string => `${placeOf(path)}: ${message}`;

function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'the policy' : text.replace(/^\./, '');
}

/** What the parts of a policy say against each other. */
function contradictions(policy: Policy): string[] {
  return [...ladderProblems(policy), ...targetProblems(policy), ...otherProblems(policy)];
}

function ladderProblems({ rungs, measure }: Policy): string[] {
  const better = measure === 'loanToValue' ? 'above' : 'below';
  return rungs.flatMap((rung, place) => {
    const here = `rungs[${place}]`;
    const problems: string[] = [];
    if (rungs.findIndex(({ name }) => name === rung.name) < place)
      problems.push(`${here}.name: "${rung.name}" is the name of another rung: give each its own`);
    if (rung.action !== 'call' && rung.deadlineSeconds !== undefined)
      problems.push(
        `${here}.deadlineSeconds: only a rung that calls has a deadline, and this one's action is "${rung.action}"`,
      );
    const before = rungs[place - 1];
    if (!before) return problems;
    if (!isHealthier(measure, before.at, rung.at))
      problems.push(
        `${here}.at: ${rung.at} must be ${better} the ${before.at} of rungs[${place - 1}], as rungs go from the mildest to the worst: these overlap`,
      );
    if (ACTIONS.indexOf(rung.action) < ACTIONS.indexOf(before.action))
      problems.push(
        `${here}.action: "${rung.action}" comes after "${before.action}": a worse rung cannot ask for less`,
      );
    const [sooner, later] = [rung.deadlineSeconds, before.deadlineSeconds];
    if (rung.action === 'call' && later !== undefined && (sooner === undefined || sooner > later))
      problems.push(
        `${here}.deadlineSeconds: ${sooner === undefined ? 'no deadline' : `${sooner} s`} is later than the ${later} s of rungs[${place - 1}]: a worse rung can only shorten a deadline`,
      );
    return problems;
  });
}

const ACTIONS = ['warn', 'call', 'liquidate'];

/** Also of warnings, which would otherwise be given and taken back at every look. */
function targetProblems({ rungs, measure, cureTarget }: Policy): string[] {
  if (rungs.every(({ action }) => action === 'warn'))
    return ['rungs: none of them calls or liquidates, so that no call would ever be made'];
  const [mildest] = rungs;
  return !mildest || isHealthier(measure, cureTarget, mildest.at)
    ? []
    : [
        `cureTarget: ${cureTarget} must be ${measure === 'loanToValue' ? 'below' : 'above'} the ${mildest.at} of rungs[0], the mildest: a call would end where it begins`,
      ];
}

function otherProblems({
  measure,
  horizonSeconds,
  quietHours,
  reminders,
  rungs,
  channels,
}: Policy): string[] {
  const problems: string[] = [];
  if (measure === 'deviations' && horizonSeconds === undefined)
    problems.push('horizonSeconds: standard deviations are over a horizon: give its seconds, such as 86400');
  if (measure !== 'deviations' && horizonSeconds !== undefined)
    problems.push(`horizonSeconds: it means nothing where the measure is "${measure}": leave it out`);
  if (quietHours && quietHours.from === quietHours.to)
    problems.push('quietHours: they begin when they end: give two times, or leave them out');
  const calling = rungs.filter(({ action }) => action === 'call');
  const longest = Math.max(0, ...calling.map(({ deadlineSeconds }) => deadlineSeconds ?? Infinity));
  if (reminders && reminders.everySeconds >= longest)
    problems.push(
      `reminders.everySeconds: the first of them comes after ${reminders.everySeconds} s, when every deadline has passed`,
    );
  for (const [audience, names] of Object.entries(channels))
    if (new Set(names).size < names.length)
      problems.push(
        `channels.${audience}: a channel is named twice, and whoever is there would be told twice`,
      );
  return problems;
}
