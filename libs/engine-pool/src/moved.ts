import { movedSteps, parameterKey, type AdviceMadeOf, type Parameter } from '@undertow/advice';
import { BadDataError } from '@undertow/units';
import { advise, type Advised } from './advise.ts';
import type { EnginePool } from './engine-pool.ts';
import { sharedBook } from './shared-book.ts';
import { sharedQuestion } from './shared-question.ts';

/** What advices of the past were made of, and the newest. */
export interface MovedBetween {
  readonly before: AdviceMadeOf;
  readonly after: AdviceMadeOf;
  /** Whose values moved: each input that has changed is advised anew for these. */
  readonly parameters: readonly Parameter[];
  /** Block of the newest. Default 0. */
  readonly block?: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of every input that is done. */
  readonly told?: ((done: number, all: number) => void) | undefined;
}

/** By `parameterKey`, what each changed input leads to by itself; undefined where that has no value. */
export type AloneByParameter = ReadonlyMap<
  string,
  readonly { readonly input: string; readonly value: number | undefined }[]
>;

/**
 * What each input that has changed does by itself, of several parameters at once: one run of advices for each input, over whose scenarios the
 * parameters share what they need.
 *
 * @throws BadDataError for a question that is none; the reason of the signal once that is aborted.
 */
export async function movedAlone(
  pool: EnginePool,
  { before, after, parameters, block = 0, signal, told }: MovedBetween,
): Promise<AloneByParameter> {
  const alone = new Map(
    parameters.map((parameter) => [
      parameterKey(parameter),
      [] as { input: string; value: number | undefined }[],
    ]),
  );
  const steps = parameters.length === 0 ? [] : movedSteps(before, after);
  for (const [at, { input, book, asked }] of steps.entries()) {
    const of = { book: await sharedBook(book), question: sharedQuestion({ asked }), block };
    const { advices } = await advise(pool, of, { wanted: { parameters }, signal }).catch(nothingMeant);
    const values = new Map(
      advices.map(({ parameter, advised }) => [parameterKey(parameter), advised?.value]),
    );
    for (const [key, list] of alone) list.push({ input, value: values.get(key) });
    told?.(at + 1, steps.length);
  }
  return alone;
}

/** The parameters may not be there, and terms of one time may not fit the accounts of another. */
function nothingMeant(cause: unknown): Pick<Advised, 'advices'> {
  if (cause instanceof BadDataError) return { advices: [] };
  throw cause;
}
