import { depthToMove, type Book } from '@undertow/book';
import type { AdviceInput, AdviceMissing } from '../advice/advice.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { LargestAccount } from '../search/hard-bound.ts';
import { termOf } from '../search/ladder.ts';
import { findInput, type GivenName } from '../study/given-input.ts';
import { moveScales } from '../study/plan-for-advice.ts';
import { hashOfPlan } from '../study/hashes.ts';
import type { Study } from '../study/study.ts';
import { concentrationOf } from './concentration.ts';

/** What an advice used, with value, unit and source, and what it would have used. */
export interface InputsFound {
  readonly inputs: readonly AdviceInput[];
  readonly missing: readonly AdviceMissing[];
}

/** The fall by which depth is told where the market has no bonus. */
const DEFAULT_FALL = 0.05;

/** What follows where an input is not there. */
const FOLLOWS: Readonly<Record<GivenName, string>> = {
  'realised-volatility': 'there is no SmartLTV beside the advice',
  'implied-volatility': 'moves are as large as the plan’s, also where options expect larger ones',
  'oracle-lag': 'the toxicity line takes the oracle to be on time',
  supplied: 'the cap counts only what accounts with debt supply',
  borrowed: 'the cap counts only what the book’s accounts borrow',
  'optimal-use': 'there is no borrow cap by the rate curve beside the advice',
  'auction-share': 'the net incentive takes no part of the bonus to be bid away',
  'hourly-returns': 'there is no threshold by one-hour falls beside the advice',
};

/** The inputs of a place: book and plan, depth, volatilities, concentration, lag, liquidators, and what was given. */
export function inputsOf(
  study: Study,
  place: ParameterPlace,
  largest: LargestAccount | undefined,
): InputsFound {
  const { book, swept, asked } = study;
  const inputs: AdviceInput[] = [
    {
      name: 'book',
      value: `block ${book.block}`,
      unit: 'block',
      source: `chain ${book.chainId}`,
      hash: book.hash,
    },
  ];
  if (swept)
    inputs.push({
      name: 'scenarios',
      value: swept.scenarios.length,
      unit: 'scenarios',
      source: swept.plan.kind,
      hash: hashOfPlan(swept.plan),
    });
  inputs.push(...liquidators(study));
  const missing: AdviceMissing[] = [];
  if (largest) {
    const [depth, lacking] = depthOf(study, place, largest);
    inputs.push(...depth);
    missing.push(...lacking);
  }
  const concentration = concentrationOf(book, place);
  if (concentration)
    inputs.push(
      { name: 'largest owner', value: concentration.largest, unit: 'share', source: 'the book' },
      { name: 'five largest owners', value: concentration.largestFive, unit: 'share', source: 'the book' },
    );
  for (const { name, of } of wantedOf(study, place, largest)) {
    const found = findInput(asked.given ?? [], { name, of, time: study.time });
    if (found.input) inputs.push(givenAs(found.input));
    else missing.push({ name: `${name} of ${of}`, why: found.why, follows: FOLLOWS[name] });
  }
  for (const [factor, scale] of moveScales(asked, study.time))
    inputs.push({
      name: `moves of ${factor} × implied ÷ realised`,
      value: scale,
      unit: 'factor',
      source: 'the two above',
    });
  return { inputs, missing };
}

function liquidators({ swept, asked }: Study): AdviceInput[] {
  const policy = swept?.plan.policies?.liquidators ?? { kind: 'rational', gasUsd: 0 };
  const source = (asked.gasUsd ?? asked.capacityUsd) ? 'asked' : 'the plan';
  return [
    { name: 'liquidators', value: policy.kind, unit: 'policy', source },
    ...('gasUsd' in policy ? [{ name: 'gas per call', value: policy.gasUsd, unit: 'USD', source }] : []),
    ...(policy.kind === 'capital'
      ? [{ name: 'liquidator capacity per round', value: policy.capitalUsd, unit: 'USD', source }]
      : []),
  ];
}

function depthOf(
  study: Study,
  place: ParameterPlace,
  { collateral }: LargestAccount,
): [AdviceInput[], AdviceMissing[]] {
  const { book } = study;
  const { symbol } = book.assets[collateral]!;
  const fall = termOf({ study, place }, 'liquidationBonus') || DEFAULT_FALL;
  const found = depthToMove(book, collateral, [-Math.min(fall, 0.99)])?.[0];
  const sources = book.depth[collateral]?.sources.join(', ');
  const percent = `${Number((100 * fall).toPrecision(4))} %`;
  if (found)
    return [
      [{ name: `depth of ${symbol} to −${percent}`, value: found.usd, unit: 'USD', source: sources ?? '' }],
      [],
    ];
  const isTied = book.assets[collateral]!.tie.kind !== 'none';
  const follows = isTied
    ? 'it is sold through what it is tied to; caps and SmartLTV, which need depth of its own, are not computed'
    : 'nobody buys what is seized of it: no cap, no SmartLTV, and a toxicity line without slippage';
  return [[], [{ name: `depth of ${symbol}`, why: 'the book knows no market of it', follows }]];
}

function givenAs({
  name,
  of,
  value,
  source,
  hash,
}: NonNullable<ReturnType<typeof findInput>['input']>): AdviceInput {
  const units: Readonly<Record<GivenName, string>> = {
    'realised-volatility': 'per day',
    'implied-volatility': 'per day',
    'oracle-lag': 'seconds',
    supplied: 'units',
    borrowed: 'units',
    'optimal-use': 'ratio',
    'auction-share': 'ratio',
    'hourly-returns': 'windows',
  };
  const shown = typeof value === 'number' ? value : value.length;
  return {
    name: `${name} of ${of}`,
    value: shown,
    unit: units[name],
    source,
    ...(hash !== undefined && { hash }),
  };
}

/** What a place would use of what can be given. */
export function wantedOf(
  { book }: Pick<Study, 'book'>,
  { parameter }: ParameterPlace,
  largest: LargestAccount | undefined,
): { readonly name: GivenName; readonly of: string }[] {
  const { kind, venue, market } = parameter;
  const there = `${venue} ${market}`;
  if (kind === 'supplyCap') return [{ name: 'supplied', of: there }];
  if (kind === 'borrowCap')
    return [
      { name: 'borrowed', of: there },
      { name: 'optimal-use', of: there },
    ];
  if (!largest) return [];
  const symbol = book.assets[largest.collateral]!.symbol;
  const factor = factorOf(book, largest);
  const lag = { name: 'oracle-lag', of: symbol } as const;
  if (kind === 'liquidationBonus') return [lag, { name: 'auction-share', of: venue }];
  if (kind !== 'liquidationThreshold') return [{ name: 'implied-volatility', of: factor }];
  return [
    { name: 'realised-volatility', of: factor },
    { name: 'implied-volatility', of: factor },
    lag,
    { name: 'hourly-returns', of: factor },
  ];
}

/** What a plan moves the collateral of an account by. */
export const factorOf = ({ assets, references }: Book, { collateral }: LargestAccount): string =>
  references[assets[collateral]!.reference]!.symbol;
