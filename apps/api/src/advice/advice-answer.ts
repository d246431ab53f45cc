import {
  forumPost,
  type Advice,
  type AdviceInput,
  type ParameterUnit,
  type Together,
} from '@undertow/advice';
import type { AdviceOfRun } from '@undertow/store';
import type { AdviceRun } from './advice-runs.ts';

/** An input as the schema has it: a number or words. */
interface InputAnswer extends Omit<AdviceInput, 'value'> {
  readonly number: number | undefined;
  readonly text: string | undefined;
}

/** What became of a parameter's advice since the one before it. */
interface MovedAnswer {
  readonly run: string;
  readonly block: number;
  readonly advised:
    { readonly value: number; readonly unit: ParameterUnit; readonly bps?: number } | undefined;
  /** Names of inputs that are not what they were. */
  readonly inputs: readonly string[];
}

/** An advice as the schema has it. */
export interface AdviceAnswer extends Omit<Advice, 'inputs'> {
  readonly inputs: readonly InputAnswer[];
  readonly run: string;
  readonly block: number;
  readonly endedAt: number;
  readonly since: MovedAnswer | undefined;
}

/** Writes a stored advice as the schema has it, beside the one before it where there is one. */
export function adviceAnswer(of: AdviceOfRun, before?: AdviceOfRun): AdviceAnswer {
  const { inputs, ...advice } = JSON.parse(of.content) as Advice;
  return {
    ...advice,
    inputs: inputs.map(({ value, ...input }) => ({
      ...input,
      number: typeof value === 'number' ? value : undefined,
      text: typeof value === 'string' ? value : undefined,
    })),
    run: of.run,
    block: of.block,
    endedAt: of.endedAt,
    since: before && since({ ...advice, inputs }, before),
  };
}

function since(advice: Advice, { run, block, content }: AdviceOfRun): MovedAnswer {
  const before = JSON.parse(content) as Advice;
  const named = (of: Advice) =>
    new Map<string, string>([
      ['plan', of.planHash ?? ''],
      ['what was asked', JSON.stringify(of.asked)],
      ['present value', JSON.stringify(of.current ?? '')],
      ...of.inputs.map(({ name, value, hash }): [string, string] => [name, hash ?? String(value)]),
    ]);
  const [from, to] = [named(before), named(advice)];
  const inputs = [...new Set([...from.keys(), ...to.keys()])].filter(
    (name) => from.get(name) !== to.get(name),
  );
  return { run, block, advised: before.advised, inputs };
}

/** A run as the schema has it. */
export interface AdviceRunAnswer extends Omit<AdviceRun, 'together' | 'advices' | 'asked'> {
  readonly asked: unknown;
  readonly together: Omit<Together, 'overrides'> | undefined;
  readonly advices: readonly AdviceAnswer[];
  readonly post: string | undefined;
}

/** Writes a run as the schema has it; a post of it where it is done. */
export function adviceRunAnswer(run: AdviceRun, time: number | undefined): AdviceRunAnswer {
  const together = run.together === undefined ? undefined : (JSON.parse(run.together) as Together);
  const endedAt = run.endedAt ?? run.startedAt;
  const whole = run.advices.map(({ content }) => JSON.parse(content) as Advice);
  return {
    ...run,
    asked: JSON.parse(run.asked) as unknown,
    together,
    advices: run.advices.map(({ content }) =>
      adviceAnswer({ run: run.id, block: run.block, endedAt, content }),
    ),
    post: run.state === 'done' ? forumPost({ advices: whole, together, time: time ?? endedAt }) : undefined,
  };
}
