import type { AssetDepth, Book } from '@undertow/book';
import { adviseOne } from '../advice/advise-one.ts';
import { parameterKey, type Parameter } from '../parameters/parameter.ts';
import { parametersOf } from '../parameters/parameters-of.ts';
import type { Asked } from '../study/asked.ts';
import { openStudy } from '../study/study.ts';
import { attributed, type Attribution } from './attribution.ts';

/** What an advice was made of, at one time. */
export interface AdviceMadeOf {
  readonly book: Book;
  readonly asked: Asked;
}

/** The inputs of an advice that are changed one at a time, in this order. */
export const MOVED_BY = [
  'accounts and prices',
  'depth',
  'scenarios',
  'volatilities and lags',
  'liquidators',
  'tolerance and confidence',
] as const;

/**
 * What moved the advised value since the last advice, by input, see `attributed`; an advice out of reach has no value. Each input that has
 * changed costs one more study.
 *
 * Where the two books differ in their assets their depth cannot be exchanged: it is then a part of `accounts and prices`.
 */
export function adviceMoved(
  before: AdviceMadeOf,
  after: AdviceMadeOf,
  parameter: Parameter,
): Attribution | undefined {
  const sharesAssets =
    before.book.assets.length === after.book.assets.length &&
    before.book.assets.every(({ address }, row) => after.book.assets[row]!.address === address);
  const partsOf = ({ book, asked }: AdviceMadeOf) => ({
    'accounts and prices': book,
    depth: sharesAssets ? book.depth : undefined,
    scenarios: asked.plan,
    'volatilities and lags': {
      given: asked.given,
      horizonSeconds: asked.horizonSeconds,
      time: asked.time ?? book.time,
    },
    liquidators: { gasUsd: asked.gasUsd, capacityUsd: asked.capacityUsd },
    'tolerance and confidence': { tolerance: asked.tolerance, confidence: asked.confidence },
  });
  type Parts = ReturnType<typeof partsOf>;
  const [from, to] = [partsOf(before), partsOf(after)];
  // Equal parts are one and the same, so that they are not run again.
  const same = Object.fromEntries(
    MOVED_BY.map((name) => [
      name,
      JSON.stringify(plain(from[name])) === JSON.stringify(plain(to[name])) ? from[name] : to[name],
    ]),
  ) as Parts;
  return attributed<Parts>({ before: from, after: same }, MOVED_BY, (parts) =>
    valueOf(parts, { asked: after.asked, parameter }),
  );
}

/** What two parts are compared by: of a book its hash. */
const plain = (part: unknown): unknown =>
  typeof part === 'object' && part !== null && 'hash' in part
    ? part.hash
    : Array.isArray(part)
      ? part.map(
          (one: AssetDepth | undefined) =>
            one && { ...one, sqrtPrice: [...(one.sqrtPrice ?? [])], liquidity: [...(one.liquidity ?? [])] },
        )
      : part;

type PartsOf = Record<(typeof MOVED_BY)[number], unknown>;

function valueOf(
  parts: PartsOf,
  { asked, parameter }: { readonly asked: Asked; readonly parameter: Parameter },
): number | undefined {
  const own = parts['accounts and prices'] as Book;
  const depth = parts.depth as Book['depth'] | undefined;
  // A book with another's depth is only tried, see `candidateOf`.
  const book =
    depth === undefined || depth === own.depth
      ? own
      : { ...own, depth, hash: `${own.hash} with another depth` };
  const question = defined({
    ...asked,
    plan: parts.scenarios as Asked['plan'],
    ...(parts['volatilities and lags'] as object),
    ...(parts.liquidators as object),
    ...(parts['tolerance and confidence'] as object),
  });
  const place = parametersOf(book).find((one) => parameterKey(one.parameter) === parameterKey(parameter));
  return place && adviseOne(openStudy(book, question), place).advised?.value;
}

/** An `Asked` without fields that are there and undefined; a plan may be. */
function defined(asked: object): Asked {
  return Object.fromEntries(
    Object.entries(asked).filter(([name, value]) => value !== undefined || name === 'plan'),
  ) as unknown as Asked;
}
