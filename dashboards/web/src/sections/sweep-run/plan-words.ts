import { count, counted, percent } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { writeDuration } from '../sweep-plan/duration.ts';
import type { SweepPlan } from '../sweep-plan/plan.ts';

/** What scenarios a plan has, in a sentence without its number of them. */
export function planInWords(plan: SweepPlan): string {
  const { kind, axes = [], isProduct, factors = [], model, seed } = plan;
  if (kind === 'grid') {
    const lines = axes.map(({ what, moves }) => `${what} ${rangeOf(moves)}`);
    return `a grid: ${lines.join(isProduct ? ' with ' : '; ')}${isProduct && axes.length > 1 ? ', every combination' : ''}`;
  }
  const of =
    factors.length > 6
      ? `${factors.slice(0, 5).join(', ')} and ${factors.length - 5} more`
      : factors.join(', ');
  if (kind === 'historical')
    return `what ${of} did in windows of ${writeDuration(plan.horizonSeconds ?? 0)} of the past, once more`;
  const drawn =
    model?.kind === 'student-t'
      ? `from a Student-t with ${degreesOf(model.degreesOfFreedom ?? 0)} degrees of freedom (${deviationsOf(plan)} over the horizon)`
      : `by filtered historical simulation, paths of ${counted(model?.steps ?? 0, 'step')}`;
  return `moves of ${of}, drawn ${drawn}, seed ${seed ?? 0}`;
}

/** What else all its scenarios have in common; nothing where they are as the engine does it by itself. */
export function sharedInWords({ policies, depthFactor, volatilityMove }: SweepPlan): string {
  const parts: string[] = [];
  const { liquidators, oracles, depositors } = policies ?? {};
  if (liquidators)
    parts.push(
      [
        `liquidators: ${liquidators.kind}`,
        ...(liquidators.gasUsd ? [`gas $${count(liquidators.gasUsd)}`] : []),
        ...(liquidators.capitalUsd ? [`$${count(liquidators.capitalUsd)} a round`] : []),
      ].join(', '),
    );
  if (oracles) parts.push(`oracles follow ${oracles === 'within' ? 'after every call' : 'between rounds'}`);
  if (depositors) parts.push(`stability-pool depositors ${depositors}`);
  if (depthFactor !== undefined) parts.push(`depth × ${depthFactor}`);
  if (volatilityMove !== undefined) parts.push(`volatility ${percent(volatilityMove)}`);
  return parts.join('; ');
}

/** Whose prices a plan was estimated from; nothing of one that was not. */
export function sourcesInWords({ priceSources = [] }: SweepPlan): string {
  const told = priceSources.map(
    ({ what, source, prices, from, to }) =>
      `${what} of ${source.startsWith('feed ') ? `the ${source}` : source}, ${counted(prices, 'price')} from ${minute(from)} to ${minute(to)}`,
  );
  return told.length === 0 ? '' : `Estimated from stored prices: ${told.join('; ')}.`;
}

const rangeOf = (moves: readonly number[]): string =>
  moves.length > 5
    ? `${percent(moves[0])} to ${percent(moves.at(-1))} in ${moves.length} moves`
    : moves.map((one) => percent(one)).join(', ');

const degreesOf = (degrees: number) => Number(degrees.toPrecision(3)).toString();

/** One standard deviation of each of the first factors. */
function deviationsOf({ factors = [], model }: SweepPlan): string {
  const known = factors
    .slice(0, 4)
    .map((what, at) => `${what} ${percent(Math.sqrt(model?.covariance?.[at]?.[at] ?? 0))}`);
  return `one standard deviation: ${known.join(', ')}${factors.length > 4 ? ' …' : ''}`;
}
